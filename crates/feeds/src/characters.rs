//! The characters of a file one by one, with their line numbers, from a buffer of a few kilobytes.

use std::io::{ErrorKind, Read};

use crate::charset::{Decoder, HEAD_BYTES};
use crate::error::StatementError;
use crate::limits::STATEMENT_BYTES_MAX;

const CHUNK_BYTES: usize = 8 * 1024;

/// A stream of characters. Every kind of line end (CR, LF, CRLF) is given as `'\n'`.
pub(crate) struct Characters<R> {
    reader: R,
    decoder: Decoder,
    bytes_read: u64,
    exhausted: bool,
    /// Decoded and not yet given, from `position` on.
    text: String,
    position: usize,
    line: u64,
}

impl<R: Read> Characters<R> {
    /// Reads the head of the file and decides on its character set.
    pub(crate) fn open(mut reader: R) -> Result<Self, StatementError> {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        reader.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        let (mut decoder, mark_bytes) = Decoder::for_head(&head);
        let mut text = String::new();
        decoder.decode(&head[mark_bytes..], false, &mut text);
        Ok(Self {
            reader,
            decoder,
            bytes_read: head.len() as u64,
            exhausted: false,
            text,
            position: 0,
            line: 1,
        })
    }

    /// The line, counted from 1, of the character that comes next.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The next character, which stays next.
    pub(crate) fn peek(&mut self) -> Result<Option<char>, StatementError> {
        loop {
            if let Some(character) = self.text[self.position..].chars().next() {
                return Ok(Some(character));
            }
            if self.exhausted {
                return Ok(None);
            }
            self.fill()?;
        }
    }

    /// The next character.
    pub(crate) fn next(&mut self) -> Result<Option<char>, StatementError> {
        let Some(character) = self.peek()? else {
            return Ok(None);
        };
        self.position += character.len_utf8();
        if character != '\r' && character != '\n' {
            return Ok(Some(character));
        }
        if character == '\r' && self.peek()? == Some('\n') {
            self.position += 1;
        }
        self.line += 1;
        Ok(Some('\n'))
    }

    fn fill(&mut self) -> Result<(), StatementError> {
        let mut chunk = [0; CHUNK_BYTES];
        let count = loop {
            match self.reader.read(&mut chunk) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.bytes_read += count as u64;
        if self.bytes_read > STATEMENT_BYTES_MAX {
            return Err(StatementError::TooLarge);
        }
        self.exhausted = count == 0;
        self.text.clear();
        self.position = 0;
        self.decoder.decode(&chunk[..count], self.exhausted, &mut self.text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() -> Result<(), StatementError> {
        let mut characters = Characters::open(&b"a\r\nb\rc\n\nd"[..])?;
        let mut read = Vec::new();
        loop {
            let line = characters.line();
            match characters.next()? {
                Some('\n') => {}
                Some(character) => read.push((character, line)),
                None => break,
            }
        }
        assert_eq!(read, [('a', 1), ('b', 2), ('c', 3), ('d', 5)]);
        Ok(())
    }
}
