//! An aggregate of OFX: an element with fields and with parts that are aggregates themselves.

use crate::tokenizer::Tag;

/// The most that is kept of one name in one aggregate: an empty one, and two that differ, which is
/// enough to see that it is ambiguous.
const REPEATS_KEPT: usize = 3;

/// The value of a field and the line of its tag.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) line: u64,
}

/// An aggregate with the fields and parts that the reader uses.
#[derive(Debug, Clone)]
pub(crate) struct Aggregate {
    pub(crate) name: String,
    pub(crate) line: u64,
    /// What a bank wrote in place of fields: `<CURRENCY>USD`. Empty otherwise.
    text: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) parts: Vec<Aggregate>,
}

impl Aggregate {
    pub(crate) fn new(tag: Tag, text: String) -> Self {
        Self {
            name: tag.name,
            line: tag.line,
            text,
            fields: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// The first field of a name that has a value.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.name == name && !field.value.is_empty())
    }

    /// The value of a field; empty where the field is missing or empty.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.field(name).map_or("", |field| &field.value)
    }

    /// The value of a field, or the text that stands in place of all fields.
    pub(crate) fn value_or_text(&self, name: &str) -> &str {
        self.field(name).map_or(&self.text, |field| &field.value)
    }

    /// A second value of a field, if it differs from the first.
    pub(crate) fn other_value(&self, name: &str) -> Option<&Field> {
        let first = self.field(name)?;
        self.fields
            .iter()
            .find(|field| field.name == name && !field.value.is_empty() && field.value != first.value)
    }

    /// The line of a field, empty or not, or of the aggregate where there is no such field.
    pub(crate) fn line_of(&self, name: &str) -> u64 {
        self.fields
            .iter()
            .find(|field| field.name == name)
            .map_or(self.line, |field| field.line)
    }

    /// The first part of a name.
    pub(crate) fn part(&self, name: &str) -> Option<&Aggregate> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The parts of a name.
    pub(crate) fn parts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Aggregate> {
        self.parts.iter().filter(move |part| part.name == name)
    }

    /// Keeps a field, unless it says again what is kept already.
    pub(crate) fn keep_field(&mut self, field: Field) {
        let mut same_name = self.fields.iter().filter(|kept| kept.name == field.name);
        let is_known = same_name.clone().any(|kept| kept.value == field.value);
        if !is_known && same_name.nth(REPEATS_KEPT - 1).is_none() {
            self.fields.push(field);
        }
    }

    /// Keeps a part.
    pub(crate) fn keep_part(&mut self, part: Aggregate) {
        if self.parts(&part.name).count() < REPEATS_KEPT {
            self.parts.push(part);
        }
    }
}
