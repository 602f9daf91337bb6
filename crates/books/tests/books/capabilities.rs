//! Role x every public function: the list of functions and of what each needs is read from the sources, so that a new function
//! without a call here fails the test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use books::Error;
use books::accounts::{AccountChange, NewAccount};
use books::company::CompanyChange;
use books::contacts::NewContact;
use books::documents::Marks;
use books::documents::{DocumentFilter, DocumentSort};
use books::fiscal_years::YearClose;
use books::journal::{JournalInput, Selected};
use books::journal_import::Mapping;
use books::locks::{LockLevel, NewLockException};
use books::opening::OpeningInput;
use books::recurring::TemplateInput;
use books::reports::{JournalReportFilter, LedgerFilter};
use books::reports::{StatementAsked, TrialBalanceAsked};
use books::review::{Coding, LineFilter, LineSort, SelectedLine};
use books::saved_views::NewView;
use books::settlements::{OpenItemFilter, OpenItemSort};
use books::statements::StatementSource;
use books::{
    accounts, bank_accounts, check, company, contacts, documents, fiscal_years, home, journal, journal_import, locks,
    opening, recurring, reports, review, saved_views, search, settlements, statements,
};
use ledger::accounts::{AccountType, EntityType};
use ledger::statements::{Basis, StatementKind};
use tenancy::{Capability, Cx, Direction, Role, Seek};
use time::macros::{date, datetime};

use crate::fixture::{self, key};

/// Function to capability, as the sources say: `pub async fn name(cx: &Cx, …)` and the first `Capability::…` in its body.
fn needed() -> BTreeMap<String, Capability> {
    let mut found = BTreeMap::new();
    read_sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn read_sources(folder: &Path, found: &mut BTreeMap<String, Capability>) {
    for entry in fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_sources(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        for function in text.split("\npub async fn ").skip(1) {
            let (name, rest) = function.split_once('(').expect("a function has arguments");
            if !rest.trim_start().starts_with("cx: &Cx") {
                continue;
            }
            let body = rest.split_once("\n}").map_or(rest, |(body, _)| body);
            let code = body
                .split_once("Capability::")
                .map(|(_, after)| after)
                .unwrap_or_else(|| panic!("{name} names no capability"));
            let code: String = code.chars().take_while(char::is_ascii_alphanumeric).collect();
            let capability = Capability::ALL
                .into_iter()
                .find(|capability| format!("{capability:?}") == code);
            found.insert(
                name.to_owned(),
                capability.unwrap_or_else(|| panic!("{name} needs the unknown {code}")),
            );
        }
    }
}

/// Whether a call was forbidden; any other answer to these meaningless arguments will do.
fn forbidden<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Tenancy(tenancy::Error::Forbidden)))
}

macro_rules! calls {
    ($($module:ident :: $name:ident ( $($argument:expr),* )),* $(,)?) => {
        /// Calls every function as somebody; says of each whether it was forbidden.
        async fn call_all(cx: &Cx) -> BTreeMap<String, bool> {
            let mut answers = BTreeMap::new();
            $(answers.insert(stringify!($name).to_owned(), forbidden($module::$name(cx $(, $argument)*).await));)*
            answers
        }
    };
}

/// An id that nothing has.
const NONE: i64 = i64::MAX;

calls! {
    accounts::account_list(None),
    accounts::account_get(NONE),
    accounts::account_choices(),
    accounts::account_create(&new_account(), &key()),
    accounts::account_update(NONE, &account_change(), &key()),
    accounts::account_moved_by_retype(NONE),
    accounts::account_moved_by_merge(NONE),
    accounts::account_merge(NONE, NONE, false, &key()),
    accounts::account_unmerge(NONE, false, &key()),
    accounts::account_merge_obstacle(NONE),
    accounts::account_open_get(NONE),
    accounts::account_import_preview(b""),
    accounts::account_import(b"", "", false, &key()),
    bank_accounts::bank_account_list(),
    bank_accounts::bank_account_connect(NONE, None, &key()),
    bank_accounts::bank_account_for_number("1"),
    bank_accounts::bank_number_reveal(NONE, &key()),
    check::books_check(),
    company::company_set_up(&fixture::new_company("Again"), &key()),
    company::company_get(),
    company::company_today(datetime!(2026-03-02 0:00 UTC)),
    company::company_update(&company_change(), &key()),
    company::tax_id_set("12-3456789", &key()),
    company::tax_id_reveal(&key()),
    contacts::contact_list("", None),
    contacts::contact_get(NONE),
    contacts::contact_choices(),
    contacts::contact_create(&new_contact(), &key()),
    documents::document_revisions(NONE),
    documents::document_get(NONE),
    documents::document_names(&[NONE]),
    documents::document_list(&DocumentFilter::default(), DocumentSort::Date, Direction::Descending, &Seek::First, 1),
    documents::document_totals(&DocumentFilter::default(), 1),
    fiscal_years::fiscal_year_list(date!(2026-03-02)),
    fiscal_years::fiscal_year_first_month_preview(7),
    fiscal_years::fiscal_year_first_month_set(1, &key()),
    fiscal_years::fiscal_year_add(date!(1999-03-01), date!(1999-12-31), "short", &key()),
    fiscal_years::fiscal_year_remove(NONE, &key()),
    fiscal_years::fiscal_year_close_checks(date!(1999-12-31)),
    fiscal_years::fiscal_year_close(&year_close(), &key()),
    fiscal_years::fiscal_year_reopen(date!(1999-12-31), "why", &key()),
    home::home_figures(date!(2026-03-02)),
    home::forecast_get(date!(2026-03-02)),
    journal::journal_done(&key()),
    journal::journal_issue_selected(&[Selected { id: NONE, version: 1 }], &key()),
    journal::journal_selected_sums(&[Selected { id: NONE, version: 1 }]),
    journal::journal_void_selected(&[Selected { id: NONE, version: 1 }], date!(2026-03-02), "why", &key()),
    journal::journal_save_draft(&entry(), &key()),
    journal::journal_create_issued(&entry(), &key()),
    journal::journal_issue(NONE, 1, &key()),
    journal::journal_update(NONE, 1, &entry(), &key()),
    journal::journal_void(NONE, 1, date!(2026-03-02), "why", &key()),
    journal::journal_reverse(NONE, date!(2026-03-02), &key()),
    journal::journal_create_reversing(&entry(), date!(2026-03-31), &key()),
    journal_import::journal_import(b"", false, &key()),
    journal_import::journal_import_stage("a.csv", b"", &key()),
    journal_import::journal_import_preview(NONE, Mapping::default()),
    journal_import::journal_import_staged(NONE, Mapping::default(), &key()),
    locks::lock_get(),
    locks::lock_list(),
    locks::lock_set(Some(date!(1999-12-31)), "year end", &key()),
    locks::lock_set_at(LockLevel::Editors, Some(date!(1999-12-31)), "being finished", &key()),
    locks::exception_list(),
    locks::exception_grant(&lock_exception(), &key()),
    locks::exception_revoke(NONE, &key()),
    opening::opening_save(&OpeningInput { lines: Vec::new(), difference_to_equity: false }, None, &key()),
    opening::opening_void(1, "why", &key()),
    opening::opening_parse(b"", date!(2026-03-02)),
    opening::opening_status(),
    reports::moment_find("1"),
    recurring::recurring_list(),
    recurring::recurring_get(NONE),
    recurring::recurring_create(&template(), &key()),
    recurring::recurring_update(NONE, 1, &template(), &key()),
    recurring::recurring_pause(NONE, &key()),
    recurring::recurring_resume(NONE, date!(2026-03-02), &key()),
    recurring::recurring_skip(NONE, date!(2026-03-02), &key()),
    recurring::recurring_due(date!(2026-03-02), recurring::DUE_TIME_MAX),
    recurring::recurring_due_one(NONE, date!(2026-03-02)),
    reports::changed_since_close(date!(2026-03-02)),
    reports::changed_since_list(),
    reports::report_year_start(date!(2026-03-02)),
    reports::report_trial_balance(date!(2026-03-02)),
    reports::report_profit_and_loss(date!(2026-03-01), date!(2026-03-02)),
    reports::report_balance_sheet(date!(2026-03-02)),
    reports::report_calendar(),
    reports::report_statement(&StatementAsked::total(StatementKind::ProfitAndLoss, date!(2026-03-01), date!(2026-03-02))),
    reports::report_trial_balance_asked(&TrialBalanceAsked::of(date!(2026-03-02))),
    reports::report_ledger(NONE, &of_lines(), None, 1),
    reports::ledger_export(NONE, &of_lines()),
    reports::report_general_ledger(&of_lines(), &[], None, 1),
    reports::general_ledger_export(&of_lines(), &[]),
    reports::report_journal(&of_entries(), None, 1),
    reports::journal_export(&of_entries()),
    review::line_code(NONE, &coding(), &key()),
    review::line_split(NONE, &[], &key()),
    review::review_count(),
    review::review_list(&LineFilter::default(), LineSort::Date, Direction::Descending, &Seek::First, 1),
    review::review_totals(&LineFilter::default(), 1),
    review::line_match_selected(NONE, &[SelectedLine { id: NONE, posting_id: None }], &key()),
    review::line_exclude_selected(NONE, &[SelectedLine { id: NONE, posting_id: None }], &key()),
    review::line_undo_selected(NONE, &[SelectedLine { id: NONE, posting_id: None }], &key()),
    review::review_line_get(NONE, NONE),
    review::line_exclude(NONE, &key()),
    review::line_undo(NONE, &key()),
    review::line_transfer(NONE, NONE, &key()),
    review::line_match(NONE, NONE, &key()),
    saved_views::saved_view_list(),
    saved_views::saved_view_get(NONE),
    saved_views::saved_view_create(&new_view(), &key()),
    saved_views::saved_view_update(NONE, "January", &key()),
    saved_views::saved_view_remove(NONE, &key()),
    search::search_books("rent"),
    settlements::settlement_apply(NONE, NONE, 1, date!(2026-03-02), &key()),
    settlements::settlement_undo(NONE, date!(2026-03-02), &key()),
    settlements::settlement_list(NONE),
        settlements::settlement_applied(&[NONE]),
        settlements::settlement_released(NONE, NONE),
    settlements::open_item_list(
        &OpenItemFilter::default(), date!(2026-03-02), OpenItemSort::Due, Direction::Ascending, &Seek::First, 1
    ),
    settlements::open_item_totals(&OpenItemFilter::default(), date!(2026-03-02), 1),
    settlements::owed_get(AccountType::AccountsReceivable, &[NONE], date!(2026-03-02)),
    statements::statement_import(StatementSource::Staged(NONE), &[], &key()),
    statements::statement_preview(NONE, &[]),
    statements::statement_stage("a.ofx", Vec::new(), &key()),
    statements::statement_undo_plan(NONE),
    statements::statement_undo(NONE, &key()),
    statements::statement_import_list(),
}

#[test]
fn every_function_is_forbidden_to_the_roles_below_its_capability_and_open_to_the_others() {
    testkit::run(async |kit| {
        let needed = needed();
        for role in Role::PERSONS {
            let cx = fixture::company(kit, "Juniper Cycles").await;
            let answers = call_all(&kit.with_role(&cx, role)).await;
            let wanted: BTreeMap<String, bool> = needed
                .iter()
                .map(|(name, capability)| (name.clone(), !role.allows(*capability)))
                .collect();
            assert_eq!(answers, wanted, "as {}", role.code());
        }
    });
}

#[test]
fn no_function_that_writes_needs_only_the_capability_to_read() {
    let writes = |name: &str| {
        [
            "_create", "_update", "_set", "_save", "_void", "_issue", "_import", "_undo", "_apply", "_code", "_split",
            "_match",
        ]
        .iter()
        .any(|ending| name.ends_with(ending))
    };
    for (name, capability) in needed() {
        assert!(!writes(&name) || capability != Capability::ReadBooks, "{name}");
    }
}

fn new_account() -> NewAccount {
    NewAccount::named("Bells", AccountType::Expense)
}

fn account_change() -> AccountChange {
    AccountChange {
        number: String::new(),
        name: "Bells".to_owned(),
        account_type: AccountType::Expense,
        detail_type: String::new(),
        parent_id: None,
        description: String::new(),
        tax_line: String::new(),
        cash_flow: None,
        active: true,
        moves_locked: false,
        version: None,
    }
}

fn new_contact() -> NewContact {
    NewContact {
        name: "Ada".to_owned(),
        customer: true,
        vendor: false,
    }
}

fn company_change() -> CompanyChange {
    CompanyChange {
        name: "Juniper Cycles".to_owned(),
        entity_type: EntityType::Llc,
        time_zone: "America/Los_Angeles".to_owned(),
        basis: Basis::Accrual,
        fiscal_year_first_month: 1,
        books_begin_on: None,
    }
}

fn entry() -> JournalInput {
    JournalInput {
        date: date!(2026 - 03 - 02),
        memo: String::new(),
        reference: String::new(),
        marks: Marks::default(),
        lines: Vec::new(),
    }
}

fn template() -> TemplateInput {
    TemplateInput {
        name: "Rent".to_owned(),
        memo: String::new(),
        reference: String::new(),
        marks: Marks::default(),
        schedule: None,
        issues: false,
        reversing: false,
        lines: Vec::new(),
    }
}

fn of_lines() -> LedgerFilter {
    LedgerFilter::over(date!(2026 - 03 - 01), date!(2026 - 03 - 02))
}

fn of_entries() -> JournalReportFilter {
    JournalReportFilter::over(date!(2026 - 03 - 01), date!(2026 - 03 - 02))
}

fn new_view() -> NewView {
    NewView {
        name: "January".to_owned(),
        page: "reports/journal".to_owned(),
        query: "period=last-month".to_owned(),
    }
}

fn coding() -> Coding {
    Coding {
        account_id: NONE,
        contact_id: None,
        description: String::new(),
    }
}

fn lock_exception() -> NewLockException {
    NewLockException {
        person: "sam@junipercycles.example".to_owned(),
        from_day: date!(2026 - 03 - 02),
        until: datetime!(2026-03-02 0:00 UTC),
        reason: "A late bill".to_owned(),
    }
}

fn year_close() -> YearClose {
    YearClose {
        ends_on: date!(1999 - 12 - 31),
        today: date!(2026 - 03 - 02),
        reason: "Filed".to_owned(),
        anyway: false,
    }
}
