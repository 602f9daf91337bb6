//! Journal entries: drafts, numbers, and what makes an entry right.

use books::Error;
use books::contacts::{NewContact, contact_create};
use books::documents::{DocumentState, LINES_MAX, Marks};
use books::journal::{JournalInput, journal_create_issued, journal_issue, journal_save_draft, journal_update};
use tenancy::Role;
use time::Date;
use time::macros::date;

use crate::fixture::{
    END, amounts, balances, company, company_from, document, entry, fields, issued, key, line, message,
};

const DAY: Date = date!(2026 - 03 - 02);

#[test]
fn an_entry_is_posted_line_by_line_on_its_day_under_the_next_number() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let first = issued(&cx, DAY, &[("Rent", 120_000), ("Business Checking", -120_000)]).await;
        let second = issued(&cx, DAY, &[("Utilities", 8000), ("Business Checking", -8000)]).await;
        assert_eq!(
            (first.number.as_deref(), second.number.as_deref()),
            (Some("JE-1"), Some("JE-2"))
        );
        assert_eq!(
            balances(&cx, DAY).await,
            amounts(&[("Rent", 120_000), ("Utilities", 8000), ("Business Checking", -128_000)])
        );
        assert_eq!(balances(&cx, date!(2026 - 03 - 01)).await, amounts(&[]));
        let first = document(&cx, first.id).await;
        assert_eq!(
            (first.state, first.version, first.total, first.postings.len()),
            (DocumentState::Issued, 1, 120_000, 2)
        );
    });
}

#[test]
fn an_entry_whose_debits_exceed_its_credits_is_refused_with_both_sums() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let input = entry(&cx, DAY, &[("Rent", 120_000), ("Business Checking", -115_000)]).await;
        let result = journal_create_issued(&cx, &input, &key()).await;
        assert_eq!(
            message(result),
            "Debits are 1,200.00 and credits 1,150.00. They must be equal."
        );
    });
}

#[test]
fn every_problem_is_named_at_its_line_and_field() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut input = entry(
            &cx,
            DAY,
            &[
                ("Rent", 0),
                ("Accounts Receivable", 1000),
                ("Accounts Payable", -1000),
                ("Inventory", 500),
            ],
        )
        .await;
        input.lines[0].account_id = i64::MAX;
        input.lines[3].contact_id = Some(i64::MAX);
        input.lines[3].description = "x".repeat(1_001);
        input.memo = "x".repeat(4_001);
        input.reference = "x".repeat(101);
        let mut found = fields(journal_create_issued(&cx, &input, &key()).await);
        found.sort();
        let wanted = [
            "lines",
            "lines.0.account",
            "lines.0.amount",
            "lines.1.contact",
            "lines.2.contact",
            "lines.3.account",
            "lines.3.contact",
            "lines.3.description",
            "memo",
            "reference",
        ];
        assert_eq!(found, wanted);
    });
}

#[test]
fn a_receivable_line_takes_a_customer_and_a_payable_line_a_vendor() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let kind = |name: &str, customer| NewContact {
            name: name.to_owned(),
            customer,
            vendor: !customer,
        };
        let customer = contact_create(&cx, &kind("Ann's Rides", true), &key())
            .await
            .expect("a customer");
        let vendor = contact_create(&cx, &kind("Hollis Hardware", false), &key())
            .await
            .expect("a vendor");
        let mut input = entry(&cx, DAY, &[("Accounts Receivable", 1000), ("Accounts Payable", -1000)]).await;
        (input.lines[0].contact_id, input.lines[1].contact_id) = (Some(vendor), Some(customer));
        let refused = journal_create_issued(&cx, &input, &key()).await;
        assert_eq!(fields(refused), ["lines.0.contact", "lines.1.contact"]);
        let refused = journal_create_issued(&cx, &input, &key()).await;
        assert!(message(refused).starts_with("Hollis Hardware is not a customer."));
        (input.lines[0].contact_id, input.lines[1].contact_id) = (Some(customer), Some(vendor));
        journal_create_issued(&cx, &input, &key())
            .await
            .expect("the right way round");
    });
}

#[test]
fn numbers_have_no_gaps_after_entries_that_were_refused() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let good = [("Rent", 1000), ("Business Checking", -1000)];
        assert_eq!(issued(&cx, DAY, &good).await.number.as_deref(), Some("JE-1"));
        let unbalanced = entry(&cx, DAY, &[("Rent", 1000), ("Business Checking", -999)]).await;
        journal_create_issued(&cx, &unbalanced, &key())
            .await
            .expect_err("refused");
        let draft = journal_save_draft(&cx, &unbalanced, &key())
            .await
            .expect("a draft may be out of balance");
        assert_eq!(
            fields(journal_issue(&cx, draft.id, draft.version, &key()).await),
            ["lines"]
        );
        assert_eq!(issued(&cx, DAY, &good).await.number.as_deref(), Some("JE-2"));
    });
}

#[test]
fn an_entry_sent_twice_with_one_key_is_issued_once() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let input = entry(&cx, DAY, &[("Rent", 1000), ("Business Checking", -1000)]).await;
        let once = key();
        let (first, second) = tokio::join!(
            journal_create_issued(&cx, &input, &once),
            journal_create_issued(&cx, &input, &once)
        );
        assert_eq!(first.expect("issued"), second.expect("the first answer"));
        let draft = journal_save_draft(&cx, &input, &key()).await.expect("a draft");
        let once = key();
        let (first, second) = tokio::join!(
            journal_issue(&cx, draft.id, 1, &once),
            journal_issue(&cx, draft.id, 1, &once)
        );
        assert_eq!(first.expect("issued"), second.expect("the first answer"));
        assert_eq!(document(&cx, draft.id).await.number.as_deref(), Some("JE-2"));
        assert_eq!(
            balances(&cx, END).await,
            amounts(&[("Rent", 2000), ("Business Checking", -2000)])
        );
    });
}

#[test]
fn a_draft_has_no_number_posts_nothing_and_may_be_half_done() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut input = entry(&cx, DAY, &[("Accounts Receivable", 1000)]).await;
        let draft = journal_save_draft(&cx, &input, &key()).await.expect("a draft");
        assert_eq!((draft.number, balances(&cx, END).await), (None, amounts(&[])));
        let refused = journal_issue(&cx, draft.id, 1, &key()).await;
        assert_eq!(fields(refused), ["lines", "lines.0.contact", "lines"]);
        input.lines = vec![
            line(&cx, "Accounts Receivable @ Ann's Rides", 1000).await,
            line(&cx, "Sales of Services", -1000).await,
        ];
        let second = journal_update(&cx, draft.id, 1, &input, &key())
            .await
            .expect("a better draft");
        assert_eq!((second.version, second.number.as_deref()), (2, None));
        assert!(matches!(
            journal_issue(&cx, draft.id, 1, &key()).await,
            Err(Error::Stale { live: 2 })
        ));
        let done = journal_issue(&cx, draft.id, 2, &key()).await.expect("issued");
        assert_eq!(done.number.as_deref(), Some("JE-1"));
        assert_eq!(
            message(journal_issue(&cx, draft.id, 2, &key()).await),
            "This was issued already."
        );
        input.lines.clear();
        assert_eq!(fields(journal_save_draft(&cx, &input, &key()).await), ["lines"]);
    });
}

#[test]
fn nothing_is_posted_before_the_books_begin() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(DAY)).await;
        let mut input = entry(
            &cx,
            date!(2026 - 03 - 01),
            &[("Rent", 1000), ("Business Checking", -1000)],
        )
        .await;
        let refused = journal_create_issued(&cx, &input, &key()).await;
        assert_eq!(
            message(refused),
            "These books begin on Mar 2, 2026. Earlier amounts belong in the opening entry."
        );
        input.date = DAY;
        journal_create_issued(&cx, &input, &key()).await.expect("the first day");
    });
}

#[test]
fn an_entry_has_five_hundred_lines_at_most() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (rent, checking) = (line(&cx, "Rent", 1).await, line(&cx, "Business Checking", -1).await);
        let half = LINES_MAX / 2;
        let mut lines = vec![rent.clone(); half];
        lines.extend(vec![checking; half]);
        let mut input = JournalInput {
            date: DAY,
            memo: String::new(),
            reference: String::new(),
            marks: Marks::default(),
            lines,
        };
        journal_create_issued(&cx, &input, &key()).await.expect("500 lines");
        input.lines.push(rent);
        assert_eq!(fields(journal_create_issued(&cx, &input, &key()).await), ["lines"]);
    });
}

#[test]
fn an_editor_writes_no_journal_entry_and_a_viewer_reads_them() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let input = entry(&cx, DAY, &[("Rent", 1000), ("Business Checking", -1000)]).await;
        let refused = journal_create_issued(&kit.with_role(&cx, Role::Editor), &input, &key()).await;
        assert!(matches!(refused, Err(Error::Tenancy(tenancy::Error::Forbidden))));
        let id = journal_create_issued(&kit.with_role(&cx, Role::Accountant), &input, &key())
            .await
            .expect("issued")
            .id;
        assert_eq!(document(&kit.with_role(&cx, Role::Viewer), id).await.lines.len(), 2);
    });
}
