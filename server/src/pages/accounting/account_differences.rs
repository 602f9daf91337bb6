//! An account as it is saved beside what was typed of it, in words that can be compared and read.

use app::forms::{Choice, FormState, find_choice};
use app::view::accounting::account::kind_parse;
use app::view::difference::Difference;
use ledger::accounts::{CashFlow, DetailType};

/// The fields of the form, in its order, as people call them.
const FIELDS: [(&str, &str); 8] = [
    ("kind", "Type and detail type"),
    ("number", "Number"),
    ("name", "Name"),
    ("parent", "Subaccount of"),
    ("description", "Description"),
    ("tax_line", "Tax line"),
    ("cash_flow", "Statement of cash flows"),
    ("active", "Active"),
];

/// What differs in `typed`; whether it is active only where the form `asks_active`.
pub(super) fn differences(
    saved: &FormState,
    typed: &FormState,
    parents: &[Choice],
    asks_active: bool,
) -> Vec<Difference> {
    FIELDS
        .into_iter()
        .filter(|(field, _)| asks_active || *field != "active")
        .map(|(field, what)| Difference {
            what: what.to_owned(),
            before: words(saved, field, parents),
            after: words(typed, field, parents),
        })
        .filter(|difference| difference.before != difference.after)
        .collect()
}

/// What a form says in a field; none where it says nothing.
fn words(form: &FormState, field: &str, parents: &[Choice]) -> Option<String> {
    let value = form.value(field).trim();
    let words = match field {
        "active" => if form.has("active") { "yes" } else { "no" }.to_owned(),
        "kind" => kind_words(value),
        "parent" => find_choice(parents, value).map_or_else(|_| value.to_owned(), Choice::label),
        "cash_flow" if value.is_empty() => "As its type says".to_owned(),
        "cash_flow" => CashFlow::parse(value).map_or_else(|_| value.to_owned(), |part| part.name().to_owned()),
        _ => value.to_owned(),
    };
    Some(words).filter(|words| !words.is_empty())
}

fn kind_words(kind: &str) -> String {
    match kind_parse(kind) {
        Some((account_type, "")) => account_type.name().to_owned(),
        Some((account_type, detail_type)) => {
            format!(
                "{}: {}",
                account_type.name(),
                DetailType::words(account_type, detail_type)
            )
        }
        None => kind.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_is_typed_as_it_is_saved_differs_in_nothing() {
        let parents = [Choice {
            id: 7,
            number: Some("6000".to_owned()),
            name: "Travel".to_owned(),
        }];
        let saved = FormState::new("a")
            .with("kind", "expense/Travel")
            .with("number", "6010")
            .with("name", "Air")
            .with("parent", "6000 Travel")
            .with("cash_flow", "")
            .with("active", "yes");
        let same = saved.clone().replaced("parent", " 6000 ").replaced("name", "Air ");
        assert!(differences(&saved, &same, &parents, true).is_empty());
        let typed = FormState::new("b")
            .with("kind", "expense/Travel")
            .with("number", "")
            .with("name", "Air")
            .with("parent", "6000 Travel")
            .with("cash_flow", "financing");
        let told: Vec<_> = differences(&saved, &typed, &parents, true)
            .into_iter()
            .map(|told| {
                (
                    told.what,
                    told.before.unwrap_or_default(),
                    told.after.unwrap_or_default(),
                )
            })
            .collect();
        let expected = [
            ("Number", "6010", ""),
            ("Statement of cash flows", "As its type says", "Financing activities"),
            ("Active", "yes", "no"),
        ];
        assert_eq!(
            told,
            expected.map(|(what, before, after)| (what.to_owned(), before.to_owned(), after.to_owned()))
        );
        assert_eq!(
            differences(&saved, &typed, &parents, false).len(),
            2,
            "a system account is not asked"
        );
    }
}
