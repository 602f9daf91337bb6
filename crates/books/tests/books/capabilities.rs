//! Role x every public function: the list of functions and of what each needs is read from the sources, so that a new function
//! without a call here fails the test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use books::Error;
use books::accounts::{AccountChange, NewAccount};
use books::company::CompanyChange;
use books::contacts::NewContact;
use books::journal::{JournalFilter, JournalInput};
use books::opening::OpeningInput;
use books::review::{Coding, LineState};
use books::settlements::OpenItemFilter;
use books::statements::StatementSource;
use books::{
    accounts, bank_accounts, check, company, contacts, documents, home, journal, journal_import, locks, opening,
    reports, review, settlements, statements,
};
use ledger::accounts::{AccountType, EntityType};
use ledger::statements::Basis;
use tenancy::{Capability, Cx, Role};
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
    home::home_figures(date!(2026-03-02)),
    journal::journal_list(&JournalFilter::default(), None, 1),
    journal::journal_save_draft(&entry(), &key()),
    journal::journal_create_issued(&entry(), &key()),
    journal::journal_issue(NONE, 1, &key()),
    journal::journal_update(NONE, 1, &entry(), &key()),
    journal::journal_void(NONE, 1, date!(2026-03-02), "why", &key()),
    journal::journal_reverse(NONE, date!(2026-03-02), &key()),
    journal_import::journal_import(b"", false, &key()),
    locks::lock_get(),
    locks::lock_list(),
    locks::lock_set(Some(date!(1999-12-31)), "year end", &key()),
    opening::opening_save(&OpeningInput { lines: Vec::new(), difference_to_equity: false }, None, &key()),
    opening::opening_void(1, "why", &key()),
    opening::opening_parse(b"", date!(2026-03-02)),
    opening::opening_status(),
    reports::report_year_start(date!(2026-03-02)),
    reports::report_trial_balance(date!(2026-03-02)),
    reports::report_profit_and_loss(date!(2026-03-01), date!(2026-03-02)),
    reports::report_balance_sheet(date!(2026-03-02)),
    reports::report_ledger(NONE, date!(2026-03-01), date!(2026-03-02), None, 1),
    review::line_code(NONE, &coding(), &key()),
    review::line_split(NONE, &[], &key()),
    review::review_count(),
    review::review_list(NONE, &[LineState::New], None, 1),
    review::review_line_get(NONE, NONE),
    review::line_exclude(NONE, &key()),
    review::line_undo(NONE, &key()),
    review::line_transfer(NONE, NONE, &key()),
    review::line_match(NONE, NONE, &key()),
    settlements::settlement_apply(NONE, NONE, 1, date!(2026-03-02), &key()),
    settlements::settlement_undo(NONE, date!(2026-03-02), &key()),
    settlements::settlement_list(NONE),
    settlements::open_item_list(&OpenItemFilter::default(), date!(2026-03-02), None),
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
    NewAccount {
        number: String::new(),
        name: "Bells".to_owned(),
        account_type: AccountType::Expense,
        detail_type: String::new(),
        parent_id: None,
    }
}

fn account_change() -> AccountChange {
    AccountChange {
        number: String::new(),
        name: "Bells".to_owned(),
        parent_id: None,
        active: true,
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
        lines: Vec::new(),
    }
}

fn coding() -> Coding {
    Coding {
        account_id: NONE,
        contact_id: None,
        description: String::new(),
    }
}
