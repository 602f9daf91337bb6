//! The bytes of a statement file as text.
//!
//! A header declares the character set, and banks often declare one and send another: mostly they
//! declare Windows-1252 and send UTF-8. So a byte order mark and the pattern of UTF-16 win over
//! any declaration. Files said to be in Windows-1252, ISO-8859-1, ASCII or UTF-8, or saying
//! nothing, are read as UTF-8 wherever the bytes are valid UTF-8 and as Windows-1252 elsewhere.
//! Any other declared set is believed.

use encoding_rs::{CoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file is searched for a declaration of its character set, in bytes.
pub(crate) const HEAD_BYTES: usize = 4_096;

/// Turns chunks of bytes into text, in order.
pub(crate) enum Decoder {
    /// UTF-8 where it is valid, Windows-1252 elsewhere; holds the start of a sequence that a chunk
    /// cut in two.
    Utf8OrWindows1252 { cut: Vec<u8> },
    /// A set that the file declares or that its first bytes show.
    Known(encoding_rs::Decoder),
}

impl Decoder {
    /// The decoder for a file that starts with `head`, and the length of its byte order mark.
    pub(crate) fn for_head(head: &[u8]) -> (Self, usize) {
        let (encoding, mark_bytes) = match Encoding::for_bom(head) {
            Some(found) => found,
            None => (without_mark(head), 0),
        };
        let decoder = if encoding == UTF_8 || encoding == WINDOWS_1252 {
            Self::Utf8OrWindows1252 { cut: Vec::new() }
        } else {
            Self::Known(encoding.new_decoder_without_bom_handling())
        };
        (decoder, mark_bytes)
    }

    /// Appends the text of `bytes`; `last` says that no more will come.
    pub(crate) fn decode(&mut self, bytes: &[u8], last: bool, text: &mut String) {
        match self {
            Self::Utf8OrWindows1252 { cut } => {
                let mut joined = std::mem::take(cut);
                joined.extend_from_slice(bytes);
                *cut = decode_either(&joined, last, text);
            }
            Self::Known(decoder) => {
                let mut rest = bytes;
                loop {
                    // The worst case of any encoding is three bytes of UTF-8 for one.
                    text.reserve(rest.len() * 3 + 16);
                    let (result, read, _) = decoder.decode_to_string(rest, text, last);
                    rest = &rest[read..];
                    if result == CoderResult::InputEmpty {
                        break;
                    }
                }
            }
        }
    }
}

/// Appends what can be decided and gives back a sequence that the end of `bytes` cut in two.
fn decode_either(bytes: &[u8], last: bool, text: &mut String) -> Vec<u8> {
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        text.push_str(chunk.valid());
        let other = chunk.invalid();
        if !last && chunks.peek().is_none() && is_cut(other) {
            return other.to_vec();
        }
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(other).0);
    }
    Vec::new()
}

/// Whether more bytes could complete a character of UTF-8.
fn is_cut(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// The encoding of a file without a byte order mark.
fn without_mark(head: &[u8]) -> &'static Encoding {
    match head {
        [0, second, ..] if *second != 0 => UTF_16BE,
        [first, 0, ..] if *first != 0 => UTF_16LE,
        // Two bytes a character would show above, so a file that claims it does not have it.
        _ => declared(head)
            .filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
            .unwrap_or(UTF_8),
    }
}

/// The encoding that a header of OFX 1 (`ENCODING:`, `CHARSET:`) or an XML declaration names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_uppercase();
    let header = head.split("<OFX").next().unwrap_or_default();
    if let Some((_, after)) = header.split_once("ENCODING=") {
        return by_label(after.split(['"', '\'']).nth(1)?);
    }
    let encoding = header_value(header, "ENCODING:");
    if encoding == "UTF-8" || encoding == "UNICODE" {
        return Some(UTF_8);
    }
    by_label(header_value(header, "CHARSET:"))
}

/// The value of a key in a header of OFX 1, which some banks write without line ends:
/// `CHARSET:1252COMPRESSION:NONE`.
fn header_value<'a>(header: &'a str, key: &str) -> &'a str {
    let value = header
        .split_once(key)
        .map_or("", |(_, after)| after)
        .trim_start_matches(' ');
    let value = value.split(char::is_whitespace).next().unwrap_or_default();
    ["CHARSET:", "COMPRESSION:", "OLDFILEUID:", "NEWFILEUID:"]
        .iter()
        .filter_map(|next| value.split_once(next))
        .map(|(before, _)| before)
        .min_by_key(|before| before.len())
        .unwrap_or(value)
}

/// An encoding by its name, or by the number alone as headers of OFX 1 have it: 1252, 8859-1.
fn by_label(label: &str) -> Option<&'static Encoding> {
    ["", "windows-", "iso-"]
        .iter()
        .find_map(|prefix| Encoding::for_label(format!("{prefix}{label}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{ISO_8859_15, WINDOWS_1251};

    fn decoded_in_pieces(bytes: &[u8], piece: usize) -> String {
        let (mut decoder, mark) = Decoder::for_head(bytes);
        let mut text = String::new();
        for chunk in bytes[mark..].chunks(piece) {
            decoder.decode(chunk, false, &mut text);
        }
        decoder.decode(&[], true, &mut text);
        text
    }

    #[test]
    fn utf8_and_windows_1252_are_told_apart_byte_by_byte_wherever_chunks_are_cut() {
        for piece in 1..8 {
            assert_eq!(
                decoded_in_pieces(b"caf\xC3\xA9 caf\xE9 \x80 \xE2\x82\xAC", piece),
                "café café € €"
            );
        }
    }

    #[test]
    fn a_character_cut_by_the_end_of_the_file_is_read_as_windows_1252() {
        assert_eq!(decoded_in_pieces(b"caf\xC3", 2), "cafÃ");
    }

    #[test]
    fn utf16_is_known_by_its_mark_or_by_its_zero_bytes() {
        for (bytes, name) in [
            (&b"\xFF\xFE<\0\xE9\0"[..], "little endian, marked"),
            (&b"\xFE\xFF\0<\0\xE9"[..], "big endian, marked"),
            (&b"<\0\xE9\0"[..], "little endian"),
            (&b"\0<\0\xE9"[..], "big endian"),
        ] {
            assert_eq!(decoded_in_pieces(bytes, 3), "<é", "{name}");
        }
    }

    #[test]
    fn a_declared_set_is_found_in_either_header() {
        assert_eq!(
            declared(b"ENCODING:USASCII\r\nCHARSET:1251\r\n\r\n<OFX>"),
            Some(WINDOWS_1251)
        );
        assert_eq!(
            declared(b"ENCODING:USASCIICHARSET:8859-15COMPRESSION:NONE<OFX>"),
            Some(ISO_8859_15)
        );
        assert_eq!(
            declared(b"<?xml version='1.0' encoding='windows-1251'?><OFX>"),
            Some(WINDOWS_1251)
        );
        assert_eq!(declared(b"ENCODING:UTF-8\nCHARSET:1251\n<OFX>"), Some(UTF_8));
        assert_eq!(declared(b"<OFX>CHARSET:1251"), None);
        assert_eq!(declared(b"CHARSET:NONE\n<OFX>"), None);
    }
}
