//! The list of transactions: what it finds, in which order, page by page; and what is done with several entries at once.

use books::Error;
use books::documents::{
    DocumentFilter, DocumentKind, DocumentSort, DocumentState, Marks, Whom, document_list, document_totals,
};
use books::journal::{
    JournalDone, JournalInput, Selected, SelectedSum, journal_create_issued, journal_done, journal_issue_selected,
    journal_save_draft, journal_selected_sums, journal_void_selected,
};
use books::locks::lock_set;
use ledger::money::Currency;
use tenancy::{Cx, Direction, Page, Role, Seek};
use testkit::Kit;
use time::Date;
use time::macros::date;

use crate::fixture::{company, contact, document, entry, fields, issued, key, message, post};

const DAY: Date = date!(2026 - 03 - 02);
const NEWEST: (DocumentSort, Direction) = (DocumentSort::Date, Direction::Descending);

fn legs(amount: i64) -> [(&'static str, i64); 2] {
    [("Rent", amount), ("Business Checking", -amount)]
}

/// The ids of the first page under a filter.
async fn listed(cx: &Cx, filter: &DocumentFilter) -> Vec<i64> {
    let page = document_list(cx, filter, NEWEST.0, NEWEST.1, &Seek::First, 100).await;
    page.expect("a page").rows.into_iter().map(|row| row.id).collect()
}

/// The ids of all pages of two, read forward, and read back again from the end.
async fn both_ways(cx: &Cx, sort: DocumentSort, direction: Direction) -> Vec<i64> {
    both_ways_of(cx, &DocumentFilter::default(), sort, direction).await
}

async fn both_ways_of(cx: &Cx, filter: &DocumentFilter, sort: DocumentSort, direction: Direction) -> Vec<i64> {
    let page = async |seek: &Seek| {
        document_list(cx, filter, sort, direction, seek, 2)
            .await
            .expect("a page")
    };
    let mut pages = vec![page(&Seek::First).await];
    while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
        assert!(pages.len() < 20, "the pages come to an end");
        pages.push(page(&Seek::After(next)).await);
    }
    for at in (1..pages.len()).rev() {
        let previous = pages[at].previous.clone().expect("a page before this one");
        assert_eq!(page(&Seek::Before(previous)).await.rows, pages[at - 1].rows);
    }
    assert_eq!(pages[0].previous, None);
    pages.into_iter().flat_map(|page| page.rows).map(|row| row.id).collect()
}

async fn draft(cx: &Cx, date: Date, change: impl FnOnce(&mut JournalInput)) -> i64 {
    let mut input = entry(cx, date, &legs(300)).await;
    change(&mut input);
    journal_save_draft(cx, &input, &key()).await.expect("a draft").id
}

#[test]
fn each_filter_lets_through_what_it_says() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let january = post(&cx, date!(2026 - 01 - 15), &legs(1000)).await;
        let mut input = entry(
            &cx,
            DAY,
            &[("Utilities", 300), ("Accounts Payable @ Cedar Water", -300)],
        )
        .await;
        input.memo = "Water, 100% in part".to_owned();
        input.reference = "PO 2231".to_owned();
        input.marks.adjusting = true;
        let water = journal_create_issued(&cx, &input, &key()).await.expect("issued").id;
        let other = draft(&cx, date!(2026 - 03 - 05), |input| {
            input.lines[0].description = "Shop window".to_owned();
        })
        .await;
        let all = DocumentFilter::default();
        assert_eq!(listed(&cx, &all).await, [other, water, january]);
        let text = |text: &str| DocumentFilter {
            text: Some(text.to_owned()),
            ..all.clone()
        };
        for (filter, found) in [
            (text("WATER"), vec![water]),
            (text("window"), vec![other]),
            (text("100%"), vec![water]),
            (text("1%0"), vec![]),
            (text("je-1"), vec![january]),
            (text("2"), vec![water]),
            (text("po 22"), vec![water]),
            (text("wa"), vec![]),
            (
                DocumentFilter {
                    state: Some(DocumentState::Draft),
                    ..all.clone()
                },
                vec![other],
            ),
            (
                DocumentFilter {
                    kind: Some(DocumentKind::Expense),
                    ..all.clone()
                },
                vec![],
            ),
            (
                DocumentFilter {
                    kind: Some(DocumentKind::JournalEntry),
                    to: Some(DAY),
                    ..all.clone()
                },
                vec![water, january],
            ),
            (
                DocumentFilter {
                    from: Some(DAY),
                    to: Some(DAY),
                    ..all.clone()
                },
                vec![water],
            ),
            (
                DocumentFilter {
                    least: Some(1000),
                    ..all.clone()
                },
                vec![january],
            ),
            (
                DocumentFilter {
                    least: Some(300),
                    most: Some(300),
                    ..all.clone()
                },
                vec![other, water],
            ),
            (
                DocumentFilter {
                    adjusting: true,
                    ..all.clone()
                },
                vec![water],
            ),
            (
                DocumentFilter {
                    entered_by: Some("DANA@".to_owned()),
                    ..all.clone()
                },
                vec![other, water, january],
            ),
            (
                DocumentFilter {
                    entered_by: Some("sam".to_owned()),
                    ..all.clone()
                },
                vec![],
            ),
            (
                DocumentFilter {
                    account_id: Some(crate::fixture::account(&cx, "Utilities").await),
                    ..all.clone()
                },
                vec![water],
            ),
            (
                DocumentFilter {
                    contact_id: Some(contact(&cx, "Cedar Water").await),
                    ..all.clone()
                },
                vec![water],
            ),
        ] {
            assert_eq!(listed(&cx, &filter).await, found, "{filter:?}");
        }
        let totals = document_totals(&cx, &all, 100).await.expect("totals");
        assert_eq!((totals.rows, totals.more, totals.sum), (3, false, Some(1600)));
        let totals = document_totals(&cx, &all, 2).await.expect("totals");
        assert_eq!((totals.rows, totals.more), (2, true));
    });
}

#[test]
fn what_is_typed_to_break_out_of_the_statement_is_looked_for_and_not_found() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(&cx, DAY, &legs(1000)).await;
        for text in [
            "'; drop table document; --",
            "$1",
            "{}",
            "\\",
            "%",
            "_____",
            "') or true --",
            "\u{10FFFF}",
        ] {
            let filter = DocumentFilter {
                text: Some(text.to_owned()),
                entered_by: Some(text.to_owned()),
                ..DocumentFilter::default()
            };
            assert_eq!(listed(&cx, &filter).await, Vec::<i64>::new(), "{text}");
        }
        assert_eq!(listed(&cx, &DocumentFilter::default()).await, [id]);
    });
}

#[test]
fn every_order_is_paged_both_ways_and_what_has_no_number_comes_last() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut ids = Vec::new();
        for (day, amount) in [(2, 500), (2, 500), (9, 100), (1, 700), (2, 500)] {
            ids.push(post(&cx, DAY.replace_day(day).expect("a day"), &legs(amount)).await);
        }
        let drafts = [
            draft(&cx, date!(2026 - 01 - 01), |_| ()).await,
            draft(&cx, date!(2026 - 12 - 31), |_| ()).await,
        ];
        let by = async |sort, direction| both_ways(&cx, sort, direction).await;
        let (up, down) = (Direction::Ascending, Direction::Descending);
        assert_eq!(
            by(DocumentSort::Date, down).await,
            [drafts[1], ids[2], ids[4], ids[1], ids[0], ids[3], drafts[0]]
        );
        assert_eq!(
            by(DocumentSort::Number, up).await,
            [ids[0], ids[1], ids[2], ids[3], ids[4], drafts[0], drafts[1]]
        );
        assert_eq!(
            by(DocumentSort::Number, down).await,
            [ids[4], ids[3], ids[2], ids[1], ids[0], drafts[1], drafts[0]]
        );
        assert_eq!(
            by(DocumentSort::Amount, up).await,
            [ids[2], drafts[0], drafts[1], ids[0], ids[1], ids[4], ids[3]]
        );
        // Entries are with nobody as a whole: all of them are without a name.
        assert_eq!(by(DocumentSort::Name, down).await.len(), 7);
    });
}

/// Says of an entry that it is with somebody as a whole, as documents of other kinds do.
async fn with_whole(kit: &Kit, cx: &Cx, id: i64, contact_id: i64) {
    let mut tx = kit.superuser(cx).await.begin().await.expect("a superuser enters");
    sqlx::query_scalar!("select set_config('search_path', $1, true)", cx.tenant().id.schema())
        .fetch_one(&mut *tx)
        .await
        .expect("the company's schema");
    sqlx::query!("alter table revision disable trigger user")
        .execute(&mut *tx)
        .await
        .expect("a superuser can");
    sqlx::query!(
        "update revision set contact_id = $1 where document_id = $2 and retired_in is null",
        contact_id,
        id
    )
    .execute(&mut *tx)
    .await
    .expect("a superuser can");
    tx.commit().await.expect("kept");
}

#[test]
fn what_has_the_same_name_or_none_is_in_the_order_it_was_entered_on_every_page() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let vendors = ["Zephyr Couriers", "ann's Rides", "Cedar Property"];
        let mut by_vendor = Vec::new();
        for name in vendors {
            by_vendor.push(contact(&cx, name).await);
        }
        let mut ids = Vec::new();
        for _ in 0..9 {
            ids.push(post(&cx, DAY, &legs(100)).await);
        }
        for (n, id) in ids.iter().enumerate() {
            if let Some(vendor) = by_vendor.get(n % 4) {
                with_whole(kit, &cx, *id, *vendor).await;
            }
        }
        let of = |at: &[usize]| at.iter().map(|n| ids[*n]).collect::<Vec<_>>();
        let up = both_ways(&cx, DocumentSort::Name, Direction::Ascending).await;
        assert_eq!(up, of(&[1, 5, 2, 6, 0, 4, 8, 3, 7]));
        let down = both_ways(&cx, DocumentSort::Name, Direction::Descending).await;
        assert_eq!(down, of(&[8, 4, 0, 6, 2, 5, 1, 7, 3]));
    });
}

#[test]
fn a_word_that_many_entries_have_is_listed_in_every_order_as_a_rare_one_is() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let vendors = [contact(&cx, "Zephyr Couriers").await, contact(&cx, "ann's Rides").await];
        let mut ids = Vec::new();
        for n in 0..12_u8 {
            let words = if n % 3 == 0 { "Wheel 5% \u{c9}t\u{e9}" } else { "Saddle" };
            let day = DAY.replace_day(1 + n * 7 % 12).expect("a day");
            let amount = 100 * i64::from(1 + n * 5 % 12);
            let mut input = entry(&cx, day, &legs(amount)).await;
            match n % 2 == 0 {
                true => input.memo = words.to_owned(),
                false => input.lines[1].description = words.to_owned(),
            }
            // Half of them have a number, and some are with somebody as a whole.
            let saved = match n % 4 < 2 {
                true => journal_create_issued(&cx, &input, &key()).await,
                false => journal_save_draft(&cx, &input, &key()).await,
            };
            let id = saved.expect("an entry").id;
            if n % 5 < 2 {
                with_whole(kit, &cx, id, vendors[usize::from(n % 2)]).await;
            }
            ids.push(id);
        }
        let text = |text: &str| DocumentFilter {
            text: Some(text.to_owned()),
            ..DocumentFilter::default()
        };
        let wheels: Vec<i64> = ids.iter().copied().step_by(3).collect();
        let all = DocumentFilter::default();
        for sort in [
            DocumentSort::Date,
            DocumentSort::Number,
            DocumentSort::Amount,
            DocumentSort::Name,
        ] {
            for direction in [Direction::Ascending, Direction::Descending] {
                let mut expected = both_ways_of(&cx, &all, sort, direction).await;
                assert_eq!(expected.len(), 12);
                expected.retain(|id| wheels.contains(id));
                for typed in ["WHEEL 5% \u{e9}T", "wheel"] {
                    let found = both_ways_of(&cx, &text(typed), sort, direction).await;
                    assert_eq!(found, expected, "{typed} {sort:?} {direction:?}");
                }
            }
        }
        let counted = document_totals(&cx, &text("saddle"), 100).await.expect("totals");
        assert_eq!((counted.rows, counted.sum), (8, Some(5_600)));
        assert_eq!(listed(&cx, &text("wheels")).await, Vec::<i64>::new());
    });
}

#[test]
fn a_page_goes_on_where_the_last_one_ended_whatever_was_entered_meanwhile() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut ids = Vec::new();
        for day in 1..=4 {
            ids.push(post(&cx, DAY.replace_day(day).expect("a day"), &legs(100)).await);
        }
        let all = DocumentFilter::default();
        let page = async |seek: &Seek| {
            document_list(&cx, &all, NEWEST.0, NEWEST.1, seek, 2)
                .await
                .expect("a page")
        };
        let Page { rows, next, .. } = page(&Seek::First).await;
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[3], ids[2]]);
        let newer = post(&cx, date!(2026 - 06 - 01), &legs(100)).await;
        let second = page(&Seek::After(next.expect("a next page"))).await;
        assert_eq!(
            second.rows.iter().map(|row| row.id).collect::<Vec<_>>(),
            [ids[1], ids[0]]
        );
        // On the way back the first page is full, and begins with what came meanwhile.
        let back = page(&Seek::Before(second.previous.expect("a page before"))).await;
        assert_eq!(back.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[3], ids[2]]);
        let first = page(&Seek::Before(back.previous.expect("a page before"))).await;
        assert_eq!(first.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [newer, ids[3]]);
        assert_eq!(first.previous, None);
    });
}

fn seen(id: i64) -> Selected {
    Selected { id, version: 1 }
}

#[test]
fn an_entry_is_listed_with_the_name_that_its_lines_agree_on_and_with_several_where_they_do_not() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let owed = "Accounts Payable @ Cedar Water";
        for legs in [
            vec![("Rent", 300), ("Business Checking", -300)],
            vec![("Utilities", 300), (owed, -200), (owed, -100)],
            vec![
                ("Utilities", 300),
                (owed, -200),
                ("Accounts Payable @ Hollis Hardware", -100),
            ],
        ] {
            post(&cx, DAY, &legs).await;
        }
        let all = DocumentFilter::default();
        let (sort, up) = (DocumentSort::Number, Direction::Ascending);
        let page = document_list(&cx, &all, sort, up, &Seek::First, 100)
            .await
            .expect("a page");
        let whom: Vec<Whom> = page.rows.into_iter().map(|row| row.contact).collect();
        assert_eq!(whom, [Whom::Nobody, Whom::One("Cedar Water".to_owned()), Whom::Several]);
    });
}

#[test]
fn selected_drafts_are_issued_in_the_order_of_their_days() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let late = draft(&cx, date!(2026 - 03 - 20), |_| ()).await;
        let early = draft(&cx, date!(2026 - 03 - 10), |_| ()).await;
        let selected = [seen(late), seen(early)];
        let request = key();
        let posted = journal_issue_selected(&cx, &selected, &request).await.expect("issued");
        assert_eq!(posted.drafts_posted, 2);
        assert_eq!(document(&cx, early).await.number.as_deref(), Some("JE-1"));
        assert_eq!(document(&cx, late).await.number.as_deref(), Some("JE-2"));
        // Sent twice, it is done once.
        let again = journal_issue_selected(&cx, &selected, &request)
            .await
            .expect("the first answer");
        assert_eq!(again, posted);
        let told = journal_done(&cx, &request).await.expect("an answer");
        assert_eq!(told, Some(JournalDone::Posted(2)));
        assert_eq!(
            journal_done(&cx, &key()).await.expect("an answer"),
            None,
            "no such request"
        );
    });
}

#[test]
fn one_draft_that_refuses_keeps_all_of_them_drafts_and_every_refusal_is_at_its_row() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let good = draft(&cx, DAY, |_| ()).await;
        let unbalanced = draft(&cx, DAY, |input| input.lines[0].amount = 400).await;
        let posted = post(&cx, DAY, &legs(100)).await;
        let stale = draft(&cx, DAY, |_| ()).await;
        let selected = [
            seen(good),
            seen(unbalanced),
            seen(posted),
            Selected { id: stale, version: 7 },
            seen(i64::MAX),
        ];
        let refused = journal_issue_selected(&cx, &selected, &key()).await;
        let mut at = fields(refused);
        at.sort();
        let mut wanted = [unbalanced, posted, stale, i64::MAX].map(|id| format!("select.{id}"));
        wanted.sort();
        assert_eq!(at, wanted);
        assert_eq!(document(&cx, good).await.state, DocumentState::Draft);
        // No number was used up.
        assert_eq!(issued(&cx, DAY, &legs(100)).await.number.as_deref(), Some("JE-2"));
    });
}

#[test]
fn selected_entries_are_voided_for_one_reason_a_reversal_with_what_it_reversed() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let first = post(&cx, DAY, &legs(1000)).await;
        let reversal = books::journal::journal_reverse(&cx, first, DAY, &key())
            .await
            .expect("reversed")
            .id;
        let given_up = draft(&cx, DAY, |_| ()).await;
        let selected = [seen(first), seen(given_up), seen(reversal)];
        let refused = journal_void_selected(&cx, &selected, DAY, " ", &key()).await;
        assert_eq!(fields(refused), ["reason"]);
        let asked = journal_selected_sums(&cx, &selected).await.expect("what is asked");
        let request = key();
        let voided = journal_void_selected(&cx, &selected, DAY, "Entered twice", &request)
            .await
            .expect("voided");
        let told = journal_done(&cx, &request).await.expect("an answer");
        assert_eq!(told, Some(JournalDone::Voided(voided.clone())));
        let all = [SelectedSum {
            currency: Currency::USD,
            entries: 3,
            drafts: 1,
            total: 2 * 1000 + document(&cx, given_up).await.total,
        }];
        assert_eq!((asked.as_slice(), voided.as_slice()), (&all[..], &all[..]));
        let left = journal_selected_sums(&cx, &selected)
            .await
            .expect("nothing more to ask");
        assert_eq!(left, [], "what is void does not count");
        let other = post(&cx, DAY, &legs(700)).await;
        let listed = document_totals(&cx, &DocumentFilter::default(), 100)
            .await
            .expect("totals");
        assert_eq!((listed.rows, listed.sum), (4, Some(document(&cx, other).await.total)));
        for id in [first, reversal, given_up] {
            let document = document(&cx, id).await;
            assert_eq!(document.state, DocumentState::Void);
            assert_eq!(document.void_reason.as_deref(), Some("Entered twice"));
        }
    });
}

#[test]
fn an_entry_in_a_lock_that_reaches_to_today_keeps_all_selected_ones_in_force() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let locked = post(&cx, DAY, &legs(1000)).await;
        let open = post(&cx, date!(2026 - 04 - 02), &legs(1000)).await;
        lock_set(&cx, Some(date!(2026 - 03 - 31)), "March is closed", &key())
            .await
            .expect("locked");
        let selected = [seen(locked), seen(open)];
        let refused = journal_void_selected(&cx, &selected, date!(2026 - 03 - 31), "Entered twice", &key()).await;
        assert!(message(refused).contains("locked through"));
        assert_eq!(document(&cx, open).await.state, DocumentState::Issued);
        journal_void_selected(&cx, &selected, date!(2026 - 04 - 03), "Entered twice", &key())
            .await
            .expect("reversed after the lock");
    });
}

#[test]
fn nothing_more_than_a_page_and_nothing_at_all_is_taken_at_once_and_an_editor_takes_none() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        assert_eq!(fields(journal_issue_selected(&cx, &[], &key()).await), [""]);
        let many: Vec<Selected> = (1..=101).map(seen).collect();
        assert_eq!(
            fields(journal_void_selected(&cx, &many, DAY, "why", &key()).await),
            [""]
        );
        let editor = kit.with_role(&cx, Role::Editor);
        let refused = journal_issue_selected(&editor, &[seen(1)], &key()).await;
        assert!(matches!(refused, Err(Error::Tenancy(tenancy::Error::Forbidden))));
    });
}

#[test]
fn marks_and_words_of_a_line_are_in_the_list() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = draft(&cx, DAY, |input| {
            input.marks = Marks {
                adjusting: true,
                ..Marks::default()
            };
            input.lines[1].description = "Second line".to_owned();
        })
        .await;
        let page = document_list(&cx, &DocumentFilter::default(), NEWEST.0, NEWEST.1, &Seek::First, 1).await;
        let row = page.expect("a page").rows.remove(0);
        assert_eq!(
            (row.id, row.adjusting, row.words.as_deref()),
            (id, true, Some("Second line"))
        );
    });
}
