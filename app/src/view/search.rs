//! What a search found, group by group: on its page and in the dialog alike.

use serde::{Deserialize, Serialize};

/// Longest text that is looked for.
pub const QUERY_CHARS_MAX: u32 = 100;

/// The search of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchView {
    /// What was looked for.
    pub query: String,
    /// What was found; a group without hits is not there.
    pub groups: Vec<SearchGroup>,
    /// The list of all transactions with the text; none for an empty one.
    pub everything: Option<String>,
}

impl SearchView {
    /// The hits of all groups in the order they are shown.
    pub fn hits(&self) -> impl Iterator<Item = &SearchHit> {
        self.groups.iter().flat_map(|group| &group.hits)
    }

    /// Whether this is the answer to what is typed now, and not to an earlier text.
    pub fn answers(&self, typed: &str) -> bool {
        let wanted = typed.trim().chars().take(QUERY_CHARS_MAX as usize);
        self.query.chars().eq(wanted)
    }

    /// The address of the hit that stands first.
    pub fn first(&self) -> Option<&str> {
        self.hits().next().map(|hit| hit.href.as_str())
    }

    /// What is said aloud when the results change.
    pub fn spoken(&self) -> String {
        match self.hits().count() {
            0 => "Nothing found".to_owned(),
            1 => "1 result".to_owned(),
            count => format!("{count} results"),
        }
    }
}

/// Hits of a sort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchGroup {
    /// `Customers and vendors`.
    pub title: String,
    /// The best first.
    pub hits: Vec<SearchHit>,
}

/// Something that was found, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchHit {
    /// Its address.
    pub href: String,
    /// What it is called.
    pub title: Vec<Piece>,
    /// More about it: a memo, a line's words.
    pub detail: Vec<Piece>,
    /// What it is and its day: `Journal entry · Oct 31, 2026`.
    pub aside: String,
    /// Its amount, formatted.
    pub amount: Option<String>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The part.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_hit: bool,
}

/// Longest text before what was found in it; of a longer one its end.
const BEFORE_CHARS_MAX: usize = 40;
/// Longest text of a hit altogether.
const TEXT_CHARS_MAX: usize = 140;

/// A text in parts, with every place of `query` in it marked, in whatever case. A long text begins shortly before the first.
pub fn marked(text: &str, query: &str) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let small = |c: char| c.to_lowercase().next().unwrap_or(c);
    let text_small: Vec<char> = chars.iter().copied().map(small).collect();
    let wanted: Vec<char> = query.trim().chars().map(small).collect();
    let is_at = |at: usize| !wanted.is_empty() && text_small[at..].starts_with(&wanted);
    let first = (0..chars.len()).find(|at| is_at(*at)).unwrap_or_default();
    let start = match first {
        0..=BEFORE_CHARS_MAX => 0,
        _ => first - BEFORE_CHARS_MAX,
    };
    let end = chars.len().min(start + TEXT_CHARS_MAX);
    let mut pieces = Vec::new();
    let mut plain = String::new();
    if start > 0 {
        plain.push('…');
    }
    let mut at = start;
    while at < end {
        if is_at(at) {
            push(&mut pieces, &mut plain, false);
            let mut hit: String = chars[at..at + wanted.len()].iter().collect();
            push(&mut pieces, &mut hit, true);
            at += wanted.len();
        } else {
            plain.push(chars[at]);
            at += 1;
        }
    }
    if at < chars.len() {
        plain.push('…');
    }
    push(&mut pieces, &mut plain, false);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &mut String, is_hit: bool) {
    if !text.is_empty() {
        pieces.push(Piece {
            text: std::mem::take(text),
            is_hit,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece.is_hit {
                true => format!("[{}]", piece.text),
                false => piece.text.clone(),
            })
            .collect()
    }

    #[test]
    fn only_the_answer_to_what_is_typed_now_is_one() {
        let of = |query: &str| SearchView {
            query: query.to_owned(),
            ..SearchView::default()
        };
        assert!(of("bal").answers(" bal "));
        assert!(!of("").answers("bal") && !of("ba").answers("bal") && !of("bal").answers(""));
        let long = "x".repeat(QUERY_CHARS_MAX as usize + 5);
        assert!(of(&long[..QUERY_CHARS_MAX as usize]).answers(&long));
    }

    #[test]
    fn every_place_of_the_text_is_marked_in_whatever_case() {
        assert_eq!(read(&marked("Rent, and more rent", "rent")), "[Rent], and more [rent]");
        assert_eq!(read(&marked("Größe", "GRÖß")), "[Größ]e");
        assert_eq!(read(&marked("Rent", "")), "Rent");
        assert_eq!(read(&marked("Rent", "lease")), "Rent");
        assert_eq!(read(&marked("", "x")), "");
    }

    #[test]
    fn a_long_text_begins_shortly_before_what_was_found() {
        let text = format!("{}needle{}", "a".repeat(100), "b".repeat(300));
        let shown = read(&marked(&text, "needle"));
        assert!(shown.starts_with("…aaaa") && shown.ends_with("bbb…"), "{shown}");
        assert!(shown.contains("[needle]") && shown.chars().count() < TEXT_CHARS_MAX + 10);
    }
}
