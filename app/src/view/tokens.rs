//! The colors of `style/tokens.css`, read from the file itself, and how well they stand out on each other (WCAG 2.2, 1.4.3).

/// The style sheet's tokens.
const FILE: &str = include_str!("../../../style/tokens.css");

/// A color in light and in dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// As `[red, green, blue]`.
    pub light: [u8; 3],
    /// As `[red, green, blue]`.
    pub dark: [u8; 3],
}

/// Something that is read or must be seen on a ground: the names of two tokens, and the contrast it needs, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The token in front.
    pub front: &'static str,
    /// The token behind.
    pub ground: &'static str,
    /// 450 for text, 300 for the edge of a control.
    pub least: u32,
}

const fn text(front: &'static str, ground: &'static str) -> Pair {
    Pair {
        front,
        ground,
        least: 450,
    }
}

const fn edge(front: &'static str, ground: &'static str) -> Pair {
    Pair {
        front,
        ground,
        least: 300,
    }
}

/// The pairs that pages use.
pub const PAIRS: [Pair; 28] = [
    text("ink", "paper"),
    text("ink", "surface"),
    text("ink", "sunken"),
    text("ink-2", "paper"),
    text("ink-2", "surface"),
    text("ink-2", "sunken"),
    text("ink-3", "surface"),
    text("accent-ink", "accent"),
    text("accent-ink", "accent-hover"),
    text("accent-text", "accent-soft"),
    text("accent-text", "surface"),
    text("accent-text", "paper"),
    text("ink", "accent-soft"),
    text("good", "paper"),
    text("good", "surface"),
    text("warn", "warn-soft"),
    text("ink", "warn-soft"),
    text("bad", "paper"),
    text("bad", "surface"),
    text("bad", "bad-soft"),
    text("ink", "bad-soft"),
    text("info", "info-soft"),
    text("ink", "info-soft"),
    edge("edge", "surface"),
    edge("accent", "paper"),
    edge("accent", "surface"),
    edge("bar-1", "surface"),
    edge("bar-3", "surface"),
];

/// The color of this token; none for a token that is no plain color.
pub fn shades(token: &str) -> Option<Shades> {
    let start = format!("  --{token}: light-dark(");
    let values = FILE.lines().find_map(|line| line.strip_prefix(&start))?;
    let (light, dark) = values.strip_suffix(");")?.split_once(", ")?;
    Some(Shades {
        light: rgb(light)?,
        dark: rgb(dark)?,
    })
}

/// The tokens that are plain colors, in the file's order.
pub fn color_tokens() -> Vec<&'static str> {
    FILE.lines()
        .filter_map(|line| line.strip_prefix("  --")?.split_once(": light-dark(#"))
        .map(|(token, _)| token)
        .collect()
}

/// The contrast of a pair in hundredths, in light and in dark: 450 is 4.5 to 1.
pub fn contrast(pair: Pair) -> Option<(u32, u32)> {
    let (front, ground) = (shades(pair.front)?, shades(pair.ground)?);
    Some((
        contrast_of(front.light, ground.light),
        contrast_of(front.dark, ground.dark),
    ))
}

/// `#14603c`
pub fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn rgb(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?;
    let full: String = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let part = |at: usize| u8::from_str_radix(full.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// By the formula of WCAG 2.2, rounded down. The only floating point here: it meets colors alone.
fn contrast_of(one: [u8; 3], other: [u8; 3]) -> u32 {
    let (one, other) = (luminance(one), luminance(other));
    let (bright, dim) = if one > other { (one, other) } else { (other, one) };
    let ratio = (bright + 0.05) / (dim + 0.05);
    // Between 100 and 2,100.
    (ratio * 100.0).floor() as u32
}

fn luminance(color: [u8; 3]) -> f64 {
    let [red, green, blue] = color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert_eq!(contrast_of([0, 0, 0], [255, 255, 255]), 2_100);
        assert_eq!(contrast_of([255, 255, 255], [255, 255, 255]), 100);
        assert_eq!(
            contrast_of([0x77, 0x77, 0x77], [255, 255, 255]),
            447,
            "the gray that just fails"
        );
    }

    #[test]
    fn every_pair_of_text_and_ground_can_be_read_in_light_and_dark() {
        for pair in PAIRS {
            let (light, dark) = contrast(pair).unwrap_or_else(|| panic!("{pair:?} names a token that is none"));
            assert!(light >= pair.least, "{pair:?}: {light} in light");
            assert!(dark >= pair.least, "{pair:?}: {dark} in dark");
        }
    }

    #[test]
    fn every_color_of_the_file_is_read_and_used_by_a_pair_or_is_decoration() {
        // Hairlines carry no meaning; the second bar stands beside its number.
        const DECORATION: [&str; 3] = ["rule", "rule-2", "bar-2"];
        for token in color_tokens() {
            assert!(shades(token).is_some(), "{token}");
            let is_paired = PAIRS.iter().any(|pair| pair.front == token || pair.ground == token);
            assert!(is_paired || DECORATION.contains(&token), "{token}");
        }
    }
}
