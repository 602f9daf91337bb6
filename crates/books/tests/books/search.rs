//! Search: what somebody remembers of a document, a name or an account finds it.

use books::accounts::{AccountChange, account_get, account_update};
use books::documents::{DocumentFilter, DocumentSort, document_list};
use books::journal::journal_create_issued;
use books::search::{Found, SEARCH_GROUP_MAX, search_books};
use tenancy::{Cx, Direction, Seek};
use time::macros::date;

use crate::fixture::{company, contact, entry, key, post};

async fn found(cx: &Cx, text: &str) -> Found {
    search_books(cx, text).await.expect("a search")
}

fn ids(documents: &[books::search::FoundDocument]) -> Vec<i64> {
    documents.iter().map(|document| document.id).collect()
}

fn names(found: &Found) -> Vec<&str> {
    found.contacts.iter().map(|contact| contact.name.as_str()).collect()
}

fn accounts(found: &Found) -> Vec<&str> {
    found.accounts.iter().map(|account| account.name.as_str()).collect()
}

#[test]
fn a_document_is_found_by_its_number_its_reference_its_words_and_its_amounts() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let legs = [("Rent", 140_000), ("Utilities", 3217), ("Business Checking", -143_217)];
        let mut input = entry(&cx, date!(2026 - 03 - 02), &legs).await;
        input.memo = "Shop at the river".to_owned();
        input.reference = "INV/77-A".to_owned();
        input.lines[1].description = "Water, 100% metered".to_owned();
        let shop = journal_create_issued(&cx, &input, &key()).await.expect("issued").id;
        let other = post(
            &cx,
            date!(2026 - 03 - 03),
            &[("Rent", 500), ("Business Checking", -500)],
        )
        .await;
        for number in ["JE-1", "je-1", "1", " JE-1 "] {
            assert_eq!(ids(&found(&cx, number).await.numbers), [shop], "{number}");
        }
        assert_eq!(ids(&found(&cx, "je-").await.numbers), [shop, other]);
        assert_eq!(ids(&found(&cx, "inv/77").await.numbers), [shop]);
        for amount in ["1,432.17", "1432.17", "$1,432.17", "-1432.17", "32.17", "1400"] {
            assert_eq!(ids(&found(&cx, amount).await.amounts), [shop], "{amount}");
        }
        assert_eq!(ids(&found(&cx, "$5").await.amounts), [other]);
        let river = found(&cx, "RIVER").await.words;
        assert_eq!(ids(&river), [shop]);
        assert_eq!(river[0].words.as_deref(), Some("Shop at the river"));
        let metered = found(&cx, "100% met").await.words;
        assert_eq!(metered[0].words.as_deref(), Some("Water, 100% metered"));
    });
}

#[test]
fn what_like_would_take_for_a_sign_of_its_own_is_a_character() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        post(
            &cx,
            date!(2026 - 03 - 03),
            &[("Rent", 500), ("Business Checking", -500)],
        )
        .await;
        contact(&cx, "Hollis Hardware").await;
        for text in [
            "%%%",
            "___",
            "\\\\\\",
            "'; drop table contact; --",
            "",
            "   ",
            "\0",
            "Holl%ware",
        ] {
            let found = found(&cx, text).await;
            let few = (ids(&found.numbers), ids(&found.words), names(&found).len());
            assert_eq!(few, (vec![], vec![], 0), "{text}");
        }
        // A text of any length is looked for by its beginning.
        assert_eq!(found(&cx, &"x".repeat(100_000)).await, Found::default());
    });
}

#[test]
fn names_that_begin_so_come_before_those_that_hold_it_and_those_that_are_misspelled_come_last() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        for name in [
            "Big Hollis & Sons",
            "Hollis Hardware",
            "McHollis",
            "Cedar Property",
            "Hollins Labs",
        ] {
            contact(&cx, name).await;
        }
        let hollis = found(&cx, "hollis").await;
        assert_eq!(
            names(&hollis)[..3],
            ["Hollis Hardware", "Big Hollis & Sons", "McHollis"]
        );
        // Two letters are looked for at the beginning alone.
        assert_eq!(names(&found(&cx, "ce").await), ["Cedar Property"]);
        assert_eq!(names(&found(&cx, "is").await), Vec::<&str>::new());
        assert!(names(&found(&cx, "Holis Hardware").await).contains(&"Hollis Hardware"));
        assert!(names(&found(&cx, "cedr property").await).contains(&"Cedar Property"));
    });
}

#[test]
fn accounts_are_found_by_name_and_number_and_inactive_ones_say_so() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        assert_eq!(accounts(&found(&cx, "checking").await), ["Business Checking"]);
        assert!(accounts(&found(&cx, "insurence").await).contains(&"Insurance"));
        let id = crate::fixture::account(&cx, "Utilities").await;
        let account = account_get(&cx, id).await.expect("an account");
        let change = AccountChange {
            number: "6490".to_owned(),
            active: false,
            ..AccountChange::of(&account)
        };
        account_update(&cx, id, &change, &key()).await.expect("changed");
        let by_number = found(&cx, "649").await;
        assert_eq!(accounts(&by_number), ["Utilities"]);
        assert!(!by_number.accounts[0].active);
    });
}

#[test]
fn a_group_is_short_and_the_newest_documents_are_in_it() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut last = 0;
        for day in 1..=12 {
            let date = date!(2026 - 03 - 01).replace_day(day).expect("a day");
            let mut input = entry(&cx, date, &[("Rent", 500), ("Business Checking", -500)]).await;
            input.memo = "Weekly rent".to_owned();
            last = journal_create_issued(&cx, &input, &key()).await.expect("issued").id;
        }
        let found = found(&cx, "weekly").await;
        assert_eq!(found.words.len(), SEARCH_GROUP_MAX as usize);
        assert_eq!(found.words[0].id, last);
        let found = search_books(&cx, "5.00").await.expect("a search");
        assert_eq!(
            (found.amounts.len(), found.amounts[0].id),
            (SEARCH_GROUP_MAX as usize, last)
        );
    });
}

#[test]
fn an_amount_or_a_number_and_words_find_what_has_both() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let rent = async |day: u8, amount: i64, memo: &str, who: &str| {
            let date = date!(2026 - 03 - 01).replace_day(day).expect("a day");
            let expense = format!("Rent @ {who}");
            let mut input = entry(&cx, date, &[(&expense, amount), ("Business Checking", -amount)]).await;
            input.memo = memo.to_owned();
            input.reference = format!("R-{day}");
            journal_create_issued(&cx, &input, &key()).await.expect("issued").id
        };
        let march = rent(1, 320_000, "Shop, March", "Cedar Property").await;
        let april = rent(2, 320_000, "Shop, April", "Cedar Property").await;
        rent(3, 320_000, "Yard", "Alder Yards").await;
        rent(4, 310_000, "Shop, old rent", "Cedar Property").await;
        let both = async |text: &str| ids(&found(&cx, text).await.both);
        for text in ["3200 cedar", "cedar 3,200.00", " CEDAR   $3200 ", "3200 prop ceda"] {
            assert_eq!(both(text).await, [april, march], "{text}");
        }
        assert_eq!(both("3200 cedar march").await, [march], "every word has to be there");
        assert_eq!(
            both("r-2 cedar").await,
            [april],
            "a reference counts as the number does"
        );
        assert_eq!(both("je-1 shop").await, [march]);
        assert_eq!(both("3200 zebra").await, Vec::<i64>::new());
        assert_eq!(
            both("cedar property").await,
            Vec::<i64>::new(),
            "without a figure it is words alone"
        );
        assert_eq!(both("3200 %").await, Vec::<i64>::new(), "a sign of LIKE is a character");
    });
}

#[test]
fn the_list_finds_documents_by_the_names_on_them_and_on_their_lines() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let sale = [
            ("Accounts Receivable @ Hollis Hardware", 5000),
            ("Sales of Services", -5000),
        ];
        let sold = post(&cx, date!(2026 - 03 - 03), &sale).await;
        let rent = [("Rent @ Cedar Property", 500), ("Business Checking", -500)];
        post(&cx, date!(2026 - 03 - 04), &rent).await;
        let listed = async |text: &str| -> Vec<i64> {
            let filter = DocumentFilter {
                text: Some(text.to_owned()),
                ..DocumentFilter::default()
            };
            let (sort, way) = (DocumentSort::Date, Direction::Descending);
            let page = document_list(&cx, &filter, sort, way, &Seek::First, 100).await;
            page.expect("a page").rows.into_iter().map(|row| row.id).collect()
        };
        for text in ["hollis", "HARDWARE", "ollis hard", "ho"] {
            assert_eq!(listed(text).await, [sold], "{text}");
        }
        assert_eq!(
            listed("ar").await,
            Vec::<i64>::new(),
            "two letters are looked for at the beginning alone"
        );
    });
}
