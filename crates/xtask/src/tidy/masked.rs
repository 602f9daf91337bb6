//! Rust source without what only looks like code: comments, strings and characters become spaces, line by line as before.
//! Rules then find names by plain search.

/// Replaces comments and the contents of literals by spaces; newlines stay.
pub fn masked(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = skip_literal(bytes, at);
        for byte in &mut out[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end.max(at + 1);
    }
    // Bytes of a character outside ASCII stand only in comments and literals, which are spaces now, or in identifiers.
    String::from_utf8_lossy(&out).into_owned()
}

/// Where a comment or literal that begins at `at` ends; `at` itself when none begins there.
fn skip_literal(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    if rest.starts_with(b"//") {
        return at + position(rest, b"\n").unwrap_or(rest.len());
    }
    if rest.starts_with(b"/*") {
        return at + block_comment(rest);
    }
    if rest[0] == b'"' {
        return at + quoted(rest, b'"');
    }
    if rest[0] == b'\'' {
        return at + character(rest);
    }
    if rest[0] == b'r' && !at.checked_sub(1).is_some_and(|last| continues_name(bytes, last)) {
        return at + raw_string(rest);
    }
    at
}

/// `br"…"` and `cr"…"` are raw strings too: a `b` or `c` that itself begins a word does not make `r` part of a name.
fn continues_name(bytes: &[u8], last: usize) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    match bytes[last] {
        b'b' | b'c' => last > 0 && is_name(bytes[last - 1]),
        byte => is_name(byte),
    }
}

fn position(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// `'a'` and `'\n'` are characters; `'a` alone is a lifetime, which stays.
fn character(rest: &[u8]) -> usize {
    if rest.get(1) == Some(&b'\\') {
        return quoted(rest, b'\'');
    }
    let text = String::from_utf8_lossy(&rest[1..rest.len().min(5)]);
    let length = text.chars().next().map_or(0, char::len_utf8);
    if length > 0 && rest.get(1 + length) == Some(&b'\'') {
        length + 2
    } else {
        0
    }
}

fn raw_string(rest: &[u8]) -> usize {
    let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
    if rest.get(1 + hashes) != Some(&b'"') {
        return 0;
    }
    let open = hashes + 2;
    let mut close = vec![b'"'];
    close.resize(hashes + 1, b'#');
    position(&rest[open..], &close).map_or(rest.len(), |at| open + at + close.len())
}

/// For each line, whether it belongs to an item under `#[cfg(test)]`.
pub fn test_lines(masked: &str) -> Vec<bool> {
    let mut lines = Vec::new();
    let mut depth = 0_usize;
    let mut test_since: Option<usize> = None;
    let mut opened = false;
    for line in masked.lines() {
        if test_since.is_none() && line.trim_start().starts_with("#[cfg(test)]") {
            test_since = Some(depth);
            opened = false;
        }
        let mut is_test = test_since.is_some();
        for character in line.chars() {
            match character {
                '{' => {
                    depth += 1;
                    opened = true;
                }
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            // The item ends where its braces close, or at a semicolon when it has none.
            let ended = (opened && character == '}') || (!opened && character == ';');
            if ended && test_since == Some(depth) {
                test_since = None;
            }
        }
        is_test |= test_since.is_some();
        lines.push(is_test);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_masked_and_code_stays() {
        assert_eq!(masked("a(\"b\"); // c\nd"), "a(   );     \nd");
        assert_eq!(masked("a /* b /* c */ d */ e"), "a                   e");
        assert_eq!(masked(r#"x("\"unwrap()") y"#), "x(            ) y");
    }

    #[test]
    fn raw_strings_end_at_their_own_hashes() {
        assert_eq!(masked("r#\"a\"b\"# c"), "         c");
        assert_eq!(masked("br\"a\" c"), "b     c");
        assert_eq!(masked("var\"a\""), "var   ");
    }

    #[test]
    fn a_lifetime_is_not_a_character() {
        assert_eq!(masked("&'a str, '\"', 'é'"), "&'a str,    ,     ");
        assert_eq!(masked("'\\'' x"), "     x");
    }

    #[test]
    fn lines_of_a_test_module_are_known_and_the_code_after_it_is_not_in_it() {
        let source = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { c(); }\n}\nfn d() {}\n";
        assert_eq!(test_lines(source), [false, true, true, true, true, false]);
        assert_eq!(test_lines("#[cfg(test)]\nmod tests;\nfn a() {}"), [true, true, false]);
    }
}
