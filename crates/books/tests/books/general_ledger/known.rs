//! The general ledger as it was known at a change, and accounts that were merged since.

use books::accounts::{NewAccount, account_create, account_merge};
use books::documents::Marks;
use books::journal::{JournalInput, journal_update, journal_void};
use books::reports::{
    Adjusting, JournalReportFilter, LedgerAccount, LedgerFilter, Moment, Since, report_general_ledger, report_journal,
    report_ledger,
};
use ledger::accounts::AccountType;
use testkit::run;
use time::macros::date;

use super::{adjusting, counts, endings, shop, whole};
use crate::fixture::{self, contact, document, issued, key, post, typed_again};

#[test]
fn as_known_before_a_merge_each_account_has_its_own_lines_name_and_balance() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let trips = account_create(&cx, &NewAccount::named("Trips", AccountType::Expense), &key())
            .await
            .expect("an account");
        post(
            &cx,
            date!(2026 - 01 - 10),
            &[("Trips", 700), ("Business Checking", -700)],
        )
        .await;
        post(
            &cx,
            date!(2026 - 01 - 11),
            &[("Rent", 2000), ("Business Checking", -2000)],
        )
        .await;
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let before = report_general_ledger(&cx, &year, &[], None, 500)
            .await
            .expect("a ledger");
        let then = LedgerFilter {
            moment: Moment::Change(before.provenance.change),
            ..year
        };
        let rent = fixture::account(&cx, "Rent").await;
        account_merge(&cx, trips, rent, false, &key()).await.expect("a merge");
        let known = whole(&cx, &then, &[], 2).await;
        assert_eq!(
            endings(&known),
            fixture::amounts(&[("Business Checking", -2700), ("Rent", 2000), ("Trips", 700)])
        );
        let now = whole(&cx, &year, &[], 2).await;
        assert_eq!(
            endings(&now),
            fixture::amounts(&[("Business Checking", -2700), ("Rent", 2700)])
        );
        for (id, name, ending, now) in [(trips, "Trips", 700, 0), (rent, "Rent", 2000, 2700)] {
            let register = report_ledger(&cx, id, &then, None, 500)
                .await
                .expect("a register")
                .statement;
            assert_eq!((register.account.as_str(), register.ending_balance), (name, ending));
            assert_eq!(
                (register.lines.len(), register.ending_balance_now),
                (1, Some(now)),
                "{name}"
            );
        }
        let journal = JournalReportFilter {
            moment: then.moment,
            ..JournalReportFilter::over(year.from, year.to)
        };
        let entries = report_journal(&cx, &journal, None, 500)
            .await
            .expect("a journal")
            .statement
            .entries;
        let named: Vec<&str> = entries
            .iter()
            .flat_map(|entry| &entry.lines)
            .filter(|line| line.amount > 0)
            .map(|line| line.account.as_str())
            .collect();
        assert_eq!(named, ["Trips", "Rent"]);
    });
}

#[test]
fn what_was_made_since_stands_there_under_a_filter_too() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let now = report_general_ledger(&cx, &year, &[], None, 500)
            .await
            .expect("a ledger");
        let since = LedgerFilter {
            moment: Moment::Change(now.provenance.change),
            shows_since: true,
            ..year
        };
        adjusting(
            &cx,
            date!(2026 - 02 - 20),
            &[
                ("Accounts Receivable @ Hollis Hardware", 400),
                ("Prepaid Expenses", -400),
            ],
        )
        .await;
        let made = |accounts: &[LedgerAccount]| -> Vec<(String, i64)> {
            let made = accounts.iter().flat_map(|account| {
                let lines = account.lines.iter().filter(|line| !counts(line));
                lines.map(|line| (account.account.clone(), line.amount))
            });
            made.collect()
        };
        let hollis = LedgerFilter {
            contact_id: Some(contact(&cx, "Hollis Hardware").await),
            ..since
        };
        let accounts = whole(&cx, &hollis, &[], 1).await;
        assert_eq!(made(&accounts), [("Accounts Receivable".to_owned(), 400)]);
        let only = LedgerFilter {
            adjusting: Adjusting::Only,
            ..since
        };
        let accounts = whole(&cx, &only, &[], 1).await;
        assert_eq!(
            made(&accounts),
            [
                ("Accounts Receivable".to_owned(), 400),
                ("Prepaid Expenses".to_owned(), -400)
            ]
        );
    });
}

#[test]
fn an_entry_that_adjusted_then_stands_among_the_adjusting_ones_of_then() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let written = adjusting(
            &cx,
            date!(2026 - 01 - 31),
            &[("Rent", -4000), ("Prepaid Expenses", 4000)],
        )
        .await;
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let then = report_general_ledger(&cx, &year, &[], None, 500)
            .await
            .expect("a ledger");
        let before = document(&cx, written).await;
        let revised = JournalInput {
            marks: Marks::default(),
            ..typed_again(&before)
        };
        journal_update(&cx, written, before.version, &revised, &key())
            .await
            .expect("a revision");
        let only = LedgerFilter {
            adjusting: Adjusting::Only,
            ..year
        };
        assert_eq!(whole(&cx, &only, &[], 500).await, []);
        let known = LedgerFilter {
            moment: Moment::Change(then.provenance.change),
            ..only
        };
        let later = LedgerFilter {
            from: date!(2026 - 02 - 01),
            ..known
        };
        let expected = fixture::amounts(&[("Prepaid Expenses", 4000), ("Rent", -4000)]);
        assert_eq!(endings(&whole(&cx, &known, &[], 500).await), expected);
        assert_eq!(endings(&whole(&cx, &later, &[], 500).await), expected);
        let left_out = LedgerFilter {
            adjusting: Adjusting::LeftOut,
            ..known
        };
        let without = whole(&cx, &left_out, &[], 500).await;
        assert_eq!(endings(&without).get("Rent"), Some(&50_000));
    });
}

#[test]
fn an_account_that_was_merged_stands_with_its_target() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let new = NewAccount::named("Shop Rent", AccountType::Expense);
        let shop_rent = account_create(&cx, &new, &key()).await.expect("an account");
        post(
            &cx,
            date!(2026 - 01 - 10),
            &[("Rent", 1000), ("Business Checking", -1000)],
        )
        .await;
        post(
            &cx,
            date!(2026 - 01 - 11),
            &[("Shop Rent", 2000), ("Business Checking", -2000)],
        )
        .await;
        post(&cx, date!(2026 - 01 - 12), &[("Rent", 3000), ("Shop Rent", -3000)]).await;
        let rent = fixture::account(&cx, "Rent").await;
        account_merge(&cx, shop_rent, rent, false, &key())
            .await
            .expect("a merge");
        let filter = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 01 - 31));
        let accounts = whole(&cx, &filter, &[], 2).await;
        assert_eq!(
            endings(&accounts),
            fixture::amounts(&[("Business Checking", -3000), ("Rent", 3000)])
        );
        let of_rent = &accounts[1];
        let shown: Vec<(i64, &str)> = of_rent
            .lines
            .iter()
            .map(|line| (line.amount, line.other_side.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                (1000, "1000 Business Checking"),
                (2000, "1000 Business Checking"),
                (3000, "6200 Rent"),
                (-3000, "6200 Rent"),
            ]
        );
        // The register of either is the target's.
        for id in [rent, shop_rent] {
            let register = report_ledger(&cx, id, &filter, None, 500)
                .await
                .expect("a register")
                .statement;
            assert_eq!((register.account_id, register.ending_balance), (rent, 3000));
        }
    });
}

#[test]
fn as_known_at_a_change_it_is_what_it_was_and_marks_what_came_and_went_since() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let first = report_general_ledger(&cx, &year, &[], None, 500)
            .await
            .expect("a ledger");
        let then = LedgerFilter {
            moment: Moment::Change(first.provenance.change),
            ..year
        };
        let written = issued(
            &cx,
            date!(2026 - 01 - 03),
            &[("Rent", 700), ("Business Checking", -700)],
        )
        .await;
        let billed = post(
            &cx,
            date!(2026 - 01 - 04),
            &[("Rent", 800), ("Business Checking", -800)],
        )
        .await;
        let now = report_general_ledger(&cx, &year, &[], None, 500)
            .await
            .expect("a ledger");
        let between = LedgerFilter {
            moment: Moment::Change(now.provenance.change),
            ..year
        };
        journal_void(
            &cx,
            written.id,
            written.version,
            date!(2026 - 01 - 03),
            "Entered twice.",
            &key(),
        )
        .await
        .expect("it is voided");
        let before = document(&cx, billed).await;
        let mut revised = typed_again(&before);
        revised.lines[0].amount = 900;
        revised.lines[1].amount = -900;
        journal_update(&cx, billed, before.version, &revised, &key())
            .await
            .expect("a revision");

        let known = whole(&cx, &then, &[], 2).await;
        assert_eq!(endings(&known), endings(&first.statement.accounts));
        let known = whole(&cx, &between, &[], 2).await;
        assert_eq!(endings(&known), endings(&now.statement.accounts));
        let rent = known.iter().find(|account| account.account == "Rent").expect("rent");
        let shown: Vec<(i64, bool, bool)> = rent
            .lines
            .iter()
            .map(|line| (line.amount, line.voided, matches!(line.since, Some(Since::Retired(_)))))
            .collect();
        assert_eq!(shown, [(700, false, true), (800, false, true), (50_000, false, false)]);

        let with_since = LedgerFilter {
            shows_since: true,
            ..between
        };
        let known = whole(&cx, &with_since, &[], 2).await;
        let rent = known.iter().find(|account| account.account == "Rent").expect("rent");
        let made: Vec<i64> = rent
            .lines
            .iter()
            .filter(|line| !counts(line))
            .map(|line| line.amount)
            .collect();
        assert_eq!(made, [900]);
        assert_eq!(endings(&known), endings(&now.statement.accounts));

        let account = fixture::account(&cx, "Rent").await;
        let register = report_ledger(&cx, account, &between, None, 500)
            .await
            .expect("a register")
            .statement;
        assert_eq!(
            (register.ending_balance, register.ending_balance_now),
            (51_500, Some(50_900))
        );
    });
}
