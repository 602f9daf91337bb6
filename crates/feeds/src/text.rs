//! The text between two tags: trimmed, on one line, with its entities resolved, within the length
//! limit.

use encoding_rs::WINDOWS_1252;

use crate::error::Fault;
use crate::limits::FIELD_BYTES_MAX;

/// No entity that is resolved is longer, from `&` to `;`.
const ENTITY_BYTES_MAX: usize = 10;

/// Collects the characters of one value.
///
/// White space and control characters at either end are dropped; inside, each is a space, and a
/// run of them with a line end is one space.
#[derive(Default)]
pub(crate) struct Text {
    value: String,
    /// White space seen since the last other character, not yet stored.
    gap: usize,
    gap_has_line_end: bool,
    /// Where in `value` an entity may begin: after the last resolved one, so that nothing is
    /// resolved twice.
    entities_from: usize,
}

impl Text {
    /// Adds a character of ordinary text.
    ///
    /// # Errors
    /// [`Fault::TooLong`] beyond [`FIELD_BYTES_MAX`].
    pub(crate) fn push(&mut self, character: char) -> Result<(), Fault> {
        self.store(character)?;
        if character == ';' {
            self.resolve_entity();
        }
        Ok(())
    }

    /// Adds a character of a CDATA section, where `&` means itself.
    ///
    /// # Errors
    /// [`Fault::TooLong`] beyond [`FIELD_BYTES_MAX`].
    pub(crate) fn push_literal(&mut self, character: char) -> Result<(), Fault> {
        self.store(character)?;
        self.entities_from = self.value.len();
        Ok(())
    }

    /// The value, or nothing where there was only white space.
    pub(crate) fn finish(mut self) -> Option<String> {
        // A no-break space that was written as an entity may stand at either end.
        self.value.truncate(self.value.trim_end().len());
        let leading = self.value.len() - self.value.trim_start().len();
        self.value.drain(..leading);
        (!self.value.is_empty()).then_some(self.value)
    }

    fn store(&mut self, character: char) -> Result<(), Fault> {
        if character.is_whitespace() || character.is_control() || character == '\u{FEFF}' {
            if !self.value.is_empty() {
                self.gap += 1;
                self.gap_has_line_end |= character == '\n';
            }
            return Ok(());
        }
        let spaces = if self.gap_has_line_end { 1 } else { self.gap };
        if self.value.len() + spaces + character.len_utf8() > FIELD_BYTES_MAX {
            return Err(Fault::TooLong { limit: FIELD_BYTES_MAX });
        }
        self.value.extend(std::iter::repeat_n(' ', spaces));
        self.value.push(character);
        self.gap = 0;
        self.gap_has_line_end = false;
        Ok(())
    }

    /// Replaces an entity that the value now ends with; what is no known entity stays as it was
    /// written (`AT&T; CO`).
    fn resolve_entity(&mut self) {
        let start = self
            .value
            .char_indices()
            .rev()
            .take(ENTITY_BYTES_MAX)
            .find(|(_, character)| *character == '&')
            .map(|(start, _)| start)
            .filter(|start| *start >= self.entities_from);
        let Some(start) = start else { return };
        let name = &self.value[start + 1..self.value.len() - 1];
        if let Some(character) = entity(name) {
            self.value.truncate(start);
            self.value.push(character);
            self.entities_from = self.value.len();
        }
    }
}

/// The character of an entity, given without `&` and `;`.
fn entity(name: &str) -> Option<char> {
    let code = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "nbsp" => return Some(' '),
        _ => {
            let digits = name.strip_prefix('#')?;
            match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => digits.parse().ok()?,
            }
        }
    };
    // As browsers do: these numbers were meant in Windows-1252 by whoever wrote them.
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        return WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    }
    let character = char::from_u32(code)?;
    Some(if character.is_control() || character.is_whitespace() {
        ' '
    } else {
        character
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let mut collected = Text::default();
        for character in text.chars() {
            collected.push(character).ok()?;
        }
        collected.finish()
    }

    #[test]
    fn entities_are_resolved_once() {
        assert_eq!(
            read("A&amp;B &lt;C&gt; caf&#233; &#xE9;").as_deref(),
            Some("A&B <C> café é")
        );
        assert_eq!(read("&amp;lt;").as_deref(), Some("&lt;"));
        assert_eq!(read("Joe&#146;s").as_deref(), Some("Joe’s"));
        assert_eq!(read("&nbsp;x&nbsp;y&nbsp;").as_deref(), Some("x y"));
    }

    #[test]
    fn what_is_no_entity_stays_as_written() {
        for text in [
            "AT&T",
            "AT&T;",
            "&unknown;",
            "&;",
            "a;b",
            "&#;",
            "&#x110000;",
            "&#xD800;",
        ] {
            assert_eq!(read(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn white_space_is_trimmed_and_line_ends_become_one_space() {
        assert_eq!(read(" \n a  b \n\t c\u{0}\u{FEFF} ").as_deref(), Some("a  b c"));
        assert_eq!(read(" \n\t"), None);
    }

    #[test]
    fn a_value_may_be_as_long_as_the_limit_and_no_longer() {
        assert_eq!(
            read(&"x".repeat(FIELD_BYTES_MAX)).map(|value| value.len()),
            Some(FIELD_BYTES_MAX)
        );
        assert_eq!(read(&"x".repeat(FIELD_BYTES_MAX + 1)), None);
        let spaced = format!("x{}", " ".repeat(FIELD_BYTES_MAX * 3));
        assert_eq!(read(&spaced).as_deref(), Some("x"));
    }
}
