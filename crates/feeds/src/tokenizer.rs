//! Tags and text: what SGML (OFX 1) and XML (OFX 2) have in common, so that one tokenizer serves
//! both.

use std::collections::VecDeque;
use std::io::Read;

use crate::characters::Characters;
use crate::error::{Fault, StatementError};
use crate::limits::TAG_BYTES_MAX;
use crate::text::Text;

/// The name of an element, in capitals, and the line of its tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) line: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    Open(Tag),
    Close(Tag),
    /// Never empty, trimmed, entities and CDATA resolved.
    Text(String),
    /// `<?name …?>`, the name in capitals.
    Declaration(String),
}

/// Tokens from a stream; holds one tag and one text at most.
pub(crate) struct Tokenizer<R> {
    characters: Characters<R>,
    /// Tokens read behind a text that goes first; a tag that closes itself counts two.
    ready: VecDeque<Token>,
}

impl<R: Read> Tokenizer<R> {
    pub(crate) fn open(reader: R) -> Result<Self, StatementError> {
        Ok(Self {
            characters: Characters::open(reader)?,
            ready: VecDeque::new(),
        })
    }

    /// The line that reading has come to.
    pub(crate) fn line(&self) -> u64 {
        self.characters.line()
    }

    /// The next token, or nothing at the end of the file.
    pub(crate) fn next_token(&mut self) -> Result<Option<Token>, StatementError> {
        let mut text = Text::default();
        while self.ready.is_empty() {
            match self.characters.next()? {
                None => break,
                Some('<') => self.markup(&mut text)?,
                Some(character) => self.push(&mut text, character)?,
            }
        }
        match text.finish() {
            Some(text) => Ok(Some(Token::Text(text))),
            None => Ok(self.ready.pop_front()),
        }
    }

    fn push(&self, text: &mut Text, character: char) -> Result<(), StatementError> {
        text.push(character)
            .map_err(|fault| fault.at(self.characters.line()).into())
    }

    /// What follows a `<`: a tag, a declaration, a comment, a CDATA section, or text that happens
    /// to contain `<`.
    fn markup(&mut self, text: &mut Text) -> Result<(), StatementError> {
        match self.characters.peek()? {
            Some('?') => self.declaration(),
            Some('!') => self.comment_or_literal(text),
            Some(character) if character == '/' || character.is_ascii_alphabetic() => self.tag(text),
            _ => self.push(text, '<'),
        }
    }

    fn tag(&mut self, text: &mut Text) -> Result<(), StatementError> {
        let line = self.characters.line();
        let mut inside = String::new();
        while inside.len() < TAG_BYTES_MAX {
            match self.characters.peek()? {
                None | Some('<') => break,
                Some(character) => {
                    self.characters.next()?;
                    inside.push(character);
                    if character == '>' {
                        break;
                    }
                }
            }
        }
        let tokens = inside.strip_suffix('>').and_then(|inside| tag_tokens(inside, line));
        if let Some(tokens) = tokens {
            self.ready.extend(tokens);
            return Ok(());
        }
        // No tag after all, but text such as `A<B` or `<name@example.com>`.
        for character in std::iter::once('<').chain(inside.chars()) {
            self.push(text, character)?;
        }
        Ok(())
    }

    fn declaration(&mut self) -> Result<(), StatementError> {
        let mut name = String::new();
        let mut name_ended = false;
        self.characters.next()?;
        while let Some(character) = self.characters.next()? {
            if character == '>' {
                break;
            }
            name_ended |= !is_name_character(character) || name.len() >= TAG_BYTES_MAX;
            if !name_ended {
                name.push(character.to_ascii_uppercase());
            }
        }
        self.ready.push_back(Token::Declaration(name));
        Ok(())
    }

    fn comment_or_literal(&mut self, text: &mut Text) -> Result<(), StatementError> {
        const COMMENT: &str = "!--";
        const LITERAL: &str = "![CDATA[";
        let mut opening = String::new();
        while let Some(character) = self.characters.next()? {
            opening.push(character);
            if opening == COMMENT {
                return self.until_doubled('-', |_| Ok(()));
            }
            if opening == LITERAL {
                return self.until_doubled(']', |character| text.push_literal(character));
            }
            if !COMMENT.starts_with(&opening) && !LITERAL.starts_with(&opening) {
                break;
            }
        }
        // A document type or the like: nothing in it is of use.
        let mut ended = opening.ends_with('>');
        while !ended {
            ended = matches!(self.characters.next()?, None | Some('>'));
        }
        Ok(())
    }

    /// Passes every character to `each` up to two `mark`s and a `>`, which end a comment or a
    /// CDATA section.
    fn until_doubled(
        &mut self,
        mark: char,
        mut each: impl FnMut(char) -> Result<(), Fault>,
    ) -> Result<(), StatementError> {
        let mut marks: usize = 0;
        while let Some(character) = self.characters.next()? {
            let ended = character == '>' && marks >= 2;
            let line = self.characters.line();
            let mut pass = |character| each(character).map_err(|fault| fault.at(line));
            if character == mark {
                // Only the last two can belong to the end.
                if marks == 2 {
                    pass(mark)?;
                } else {
                    marks += 1;
                }
                continue;
            }
            if ended {
                break;
            }
            for _ in 0..marks {
                pass(mark)?;
            }
            marks = 0;
            pass(character)?;
        }
        Ok(())
    }
}

/// The tokens of a tag, given without `<` and `>`; attributes are passed over.
fn tag_tokens(inside: &str, line: u64) -> Option<Vec<Token>> {
    let (closing, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let name_bytes = inside
        .find(|character| !is_name_character(character))
        .unwrap_or(inside.len());
    let (name, rest) = inside.split_at(name_bytes);
    let after_name = rest.chars().next();
    if name.is_empty() || after_name.is_some_and(|next| next != '/' && !next.is_whitespace()) {
        return None;
    }
    let tag = Tag {
        name: name.to_ascii_uppercase(),
        line,
    };
    Some(match (closing, rest.trim_end().ends_with('/')) {
        (true, _) => vec![Token::Close(tag)],
        (false, false) => vec![Token::Open(tag)],
        (false, true) => vec![Token::Open(tag.clone()), Token::Close(tag)],
    })
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::FIELD_BYTES_MAX;
    use proptest::prelude::*;

    /// Tokens in a short notation: `<A`, `>A`, `"text`, `?XML`.
    fn tokens(bytes: &[u8]) -> Result<Vec<String>, StatementError> {
        let mut tokenizer = Tokenizer::open(bytes)?;
        let mut tokens = Vec::new();
        while let Some(token) = tokenizer.next_token()? {
            tokens.push(match token {
                Token::Open(tag) => format!("<{}", tag.name),
                Token::Close(tag) => format!(">{}", tag.name),
                Token::Text(text) => format!("\"{text}"),
                Token::Declaration(name) => format!("?{name}"),
            });
        }
        Ok(tokens)
    }

    #[test]
    fn tags_of_every_shape_are_read() -> Result<(), StatementError> {
        assert_eq!(
            tokens(b"<a>x</a ><b/><c d='e'><F.g\n />")?,
            ["<A", "\"x", ">A", "<B", ">B", "<C", "<F.G", ">F.G"]
        );
        Ok(())
    }

    #[test]
    fn a_less_than_sign_that_opens_no_tag_is_text() -> Result<(), StatementError> {
        assert_eq!(
            tokens(b"<M>1 < 2<N>a <me@example.com> b")?,
            ["<M", "\"1 < 2", "<N", "\"a <me@example.com> b"]
        );
        assert_eq!(tokens(b"<M>A<B C\n<N>x")?, ["<M", "\"A<B C", "<N", "\"x"]);
        assert_eq!(tokens(b"<M>x<")?, ["<M", "\"x<"]);
        Ok(())
    }

    #[test]
    fn comments_and_declarations_are_passed_over_and_literals_are_not_interpreted() -> Result<(), StatementError> {
        assert_eq!(
            tokens(b"<?xml version='1'?><!DOCTYPE x><M>a<!-- <N> --- -->b<![CDATA[ <c> &amp; ]]]>d")?,
            ["?XML", "<M", "\"ab <c> &amp; ]d"]
        );
        Ok(())
    }

    #[test]
    fn a_tag_beyond_its_limit_is_text() -> Result<(), StatementError> {
        let long = format!("<A><{}>", "b".repeat(TAG_BYTES_MAX));
        assert_eq!(tokens(long.as_bytes())?.len(), 2);
        assert!(tokens(long.as_bytes())?[1].starts_with("\"<bbb"));
        Ok(())
    }

    /// Pieces of markup, of text, and of what is neither, some of them longer than any limit.
    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            prop::sample::select(vec![
                "<",
                ">",
                "</",
                "/>",
                "<?",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<!",
                "&",
                "&amp;",
                ";",
                " ",
                "\r\n",
                "A",
            ])
            .prop_map(|piece| piece.as_bytes().to_vec()),
            (
                prop::sample::select(b"<>&;-] xA\0\xC3\xFF".to_vec()),
                0..2 * FIELD_BYTES_MAX
            )
                .prop_map(|(byte, count)| vec![byte; count]),
            prop::collection::vec(any::<u8>(), 0..20),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_token_of_any_bytes_is_longer_than_its_limit(bytes in pieces()) {
            if let Ok(tokens) = tokens(&bytes) {
                prop_assert!(tokens.iter().all(|token| token.len() <= FIELD_BYTES_MAX + 1));
            }
        }
    }
}
