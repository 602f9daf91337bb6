//! Every text that explains: reports, pages, fields, the first steps, and the glossary. A page shows its own by
//! [`Explain`](crate::components::Explain), the Help page shows them all.
//!
//! A text marks a word of the glossary by brackets: `[lock]`, or `[locked](lock)` where it is bent. A test finds words that the
//! glossary does not have.

pub mod fields;
pub mod glossary;
pub mod pages;
pub mod reports;
pub mod start;

pub use fields::field;

/// A report or a page: what it says, how to read it, what to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its anchor on the Help page.
    pub anchor: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Paragraphs.
    pub says: &'static [&'static str],
    /// What to check on it.
    pub check: &'static [&'static str],
}

/// Where help is: in the company with this short name, or outside any.
pub fn help_path(slug: Option<&str>) -> String {
    match slug {
        Some(slug) => format!("/c/{slug}/help"),
        None => "/help".to_owned(),
    }
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// Words that lead to a word of the glossary.
    Link {
        /// What is read.
        words: &'a str,
        /// The anchor of the glossary's word.
        anchor: String,
    },
}

/// The anchor of a word of the glossary: `retained-earnings`.
pub fn anchor(word: &str) -> String {
    word.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

/// Takes a text apart at its brackets. A bracket that is not closed is read as it stands.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('[') {
        let Some((words, after)) = from.split_once(']') else {
            break;
        };
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        let bent = after.strip_prefix('(').and_then(|after| after.split_once(')'));
        let (word, after) = bent.unwrap_or((words, after));
        pieces.push(Piece::Link {
            words,
            anchor: anchor(word),
        });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::glossary::GLOSSARY;
    use super::*;

    fn texts() -> Vec<&'static str> {
        let topics = reports::REPORTS.into_iter().chain(pages::PAGES);
        let said = topics.flat_map(|topic| topic.says.iter().chain(topic.check).copied());
        let steps = start::STEPS.iter().map(|step| step.says);
        said.chain(steps).chain(GLOSSARY.iter().map(|term| term.says)).collect()
    }

    #[test]
    fn a_marked_word_is_a_link_and_may_be_bent() {
        assert_eq!(
            pieces("a [lock], [locked](lock) days [open"),
            [
                Piece::Words("a "),
                Piece::Link {
                    words: "lock",
                    anchor: "lock".to_owned()
                },
                Piece::Words(", "),
                Piece::Link {
                    words: "locked",
                    anchor: "lock".to_owned()
                },
                Piece::Words(" days [open"),
            ]
        );
    }

    #[test]
    fn every_marked_word_stands_in_the_glossary() {
        let words: BTreeSet<String> = GLOSSARY.iter().map(|term| anchor(term.word)).collect();
        for text in texts() {
            for piece in pieces(text) {
                if let Piece::Link { anchor, words: shown } = piece {
                    assert!(words.contains(&anchor), "“{shown}” in: {text}");
                }
            }
            assert!(!text.contains("  "), "{text}");
            assert!(!text.contains("issued"), "people read “posted” everywhere: {text}");
        }
    }

    #[test]
    fn a_word_that_the_glossary_has_leads_to_itself() {
        let words: BTreeSet<String> = GLOSSARY.iter().map(|term| anchor(term.word)).collect();
        for text in texts() {
            for piece in pieces(text) {
                if let Piece::Link {
                    words: shown,
                    anchor: to,
                } = piece
                {
                    let own = anchor(shown);
                    assert!(!words.contains(&own) || own == to, "“{shown}” leads to {to}: {text}");
                }
            }
        }
    }

    #[test]
    fn the_glossary_runs_from_a_to_z_and_every_anchor_of_the_help_page_is_its_own() {
        let words: Vec<_> = GLOSSARY.iter().map(|term| term.word).collect();
        assert!(words.is_sorted(), "{words:?}");
        let topics = reports::REPORTS
            .into_iter()
            .chain(pages::PAGES)
            .map(|topic| topic.anchor.to_owned());
        let anchors: Vec<_> = topics.chain(GLOSSARY.iter().map(|term| anchor(term.word))).collect();
        let own: BTreeSet<_> = anchors.iter().collect();
        assert_eq!(own.len(), anchors.len());
    }

    #[test]
    fn a_field_has_one_line_and_a_field_without_one_has_none() {
        assert!(field("journal", "memo").starts_with("Why"));
        assert_eq!(field("journal", "nothing"), "");
        let names: BTreeSet<_> = fields::FIELDS.iter().map(|help| help.field).collect();
        assert_eq!(names.len(), fields::FIELDS.len());
    }
}
