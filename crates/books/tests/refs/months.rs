//! Statements month by month, beside hledger's own income statement and balance sheet and beside the balances of both programs.

use testkit::run;

use crate::month_by_month::{Held, assert_is_hledgers, assert_is_what_they_hold};
use crate::other_programs::{Beancount, Hledger};
use crate::textbook::Textbook;
use crate::{company, journal_of_file, textbook_file, workload};

#[test]
fn each_month_of_the_textbooks_statements_is_hledgers() {
    run(async |kit| {
        let (Some(textbook), Some(hledger)) = (Textbook::load(), Hledger::find()) else {
            return;
        };
        let file = textbook_file(&textbook);
        let cx = company(kit, &file).await;
        assert_is_hledgers(&cx, &journal_of_file(&file), &hledger, 2019).await;
    });
}

#[test]
fn each_month_of_a_thousand_invoices_is_hledgers() {
    run(async |kit| {
        let (Some(invoices), Some(hledger)) = (workload::invoices(1_000), Hledger::find()) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        assert_is_hledgers(&cx, &workload::plain_journal(&invoices), &hledger, 2026).await;
    });
}

#[test]
fn each_month_of_the_textbooks_statements_is_what_hledger_and_beancount_hold() {
    run(async |kit| {
        let (Some(textbook), Some(hledger), Some(beancount)) = (Textbook::load(), Hledger::find(), Beancount::find())
        else {
            return;
        };
        let file = textbook_file(&textbook);
        let cx = company(kit, &file).await;
        let journal = journal_of_file(&file);
        let by_hledger = Held::in_year(2019, |day| hledger.balances(&journal, day));
        assert_is_what_they_hold(&cx, &by_hledger, 2019).await;
        let by_beancount = Held::in_year(2019, |day| beancount.balances(&journal, day));
        assert_is_what_they_hold(&cx, &by_beancount, 2019).await;
    });
}

#[test]
fn each_month_of_a_thousand_invoices_statements_is_what_hledger_and_beancount_hold() {
    run(async |kit| {
        let (Some(invoices), Some(hledger), Some(beancount)) =
            (workload::invoices(1_000), Hledger::find(), Beancount::find())
        else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        let journal = workload::plain_journal(&invoices);
        let by_hledger = Held::in_year(2026, |day| hledger.balances(&journal, day));
        assert_is_what_they_hold(&cx, &by_hledger, 2026).await;
        let by_beancount = Held::in_year(2026, |day| beancount.balances(&journal, day));
        assert_is_what_they_hold(&cx, &by_beancount, 2026).await;
    });
}
