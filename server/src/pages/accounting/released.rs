//! What comes loose when a document is voided: amounts of others that are applied to it.

use books::settlements::AppliedAmounts;
use ledger::money::{Currency, format_amount};

/// `1,000.00 of JE-7 and 50.00 of JE-9`; none where nothing is applied.
pub(crate) fn applied_words(applied: &AppliedAmounts, currency: Currency) -> Option<String> {
    let mut named: Vec<String> = applied
        .named
        .iter()
        .map(|applied| {
            let document = &applied.document;
            let name = match &document.number {
                Some(number) => number.clone(),
                None => format!("the {}", document.kind.name().to_lowercase()),
            };
            format!("{} of {name}", format_amount(applied.amount, currency))
        })
        .collect();
    let others = usize::try_from(applied.in_all)
        .unwrap_or_default()
        .saturating_sub(named.len());
    if others > 0 {
        named.push(format!("amounts of {others} more"));
    }
    let last = named.pop()?;
    Some(match named.is_empty() {
        true => last,
        false => format!("{} and {last}", named.join(", ")),
    })
}

/// What voiding makes open again, in a sentence; none where nothing is applied. `to` is what is voided: `it`, `them`.
pub(crate) fn released_words(applied: &AppliedAmounts, to: &str, currency: Currency) -> Option<String> {
    let words = applied_words(applied, currency)?;
    let (is, becomes) = match applied.in_all {
        1 => ("is", "becomes"),
        _ => ("are", "become"),
    };
    Some(format!("{words} that {is} applied to {to} {becomes} open again."))
}

#[cfg(test)]
mod tests {
    use books::documents::DocumentKind;
    use books::settlements::{Applied, SettledDocument};

    use super::*;

    fn applied(amounts: &[i64], in_all: i64) -> AppliedAmounts {
        let named = (7..).zip(amounts).map(|(id, amount)| Applied {
            document: SettledDocument {
                id,
                kind: DocumentKind::JournalEntry,
                number: Some(format!("JE-{id}")),
            },
            amount: *amount,
        });
        AppliedAmounts {
            named: named.collect(),
            in_all,
        }
    }

    #[test]
    fn what_comes_loose_is_named_and_the_rest_counted() {
        let words = |applied: &AppliedAmounts| released_words(applied, "it", Currency::USD);
        assert_eq!(words(&AppliedAmounts::default()), None);
        assert_eq!(
            words(&applied(&[100_000], 1)).as_deref(),
            Some("1,000.00 of JE-7 that is applied to it becomes open again.")
        );
        let mut opening = applied(&[84_000], 1);
        opening.named[0].document.kind = DocumentKind::OpeningEntry;
        opening.named[0].document.number = None;
        assert_eq!(
            words(&opening).as_deref(),
            Some("840.00 of the opening entry that is applied to it becomes open again.")
        );
        assert_eq!(
            words(&applied(&[100_000, 5_000], 2)).as_deref(),
            Some("1,000.00 of JE-7 and 50.00 of JE-8 that are applied to it become open again.")
        );
        assert_eq!(
            words(&applied(&[100, 200, 300], 12)).as_deref(),
            Some(
                "1.00 of JE-7, 2.00 of JE-8, 3.00 of JE-9 and amounts of 9 more that are applied to it become open again."
            )
        );
    }
}
