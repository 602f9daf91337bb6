//! Pages and actions by name: those that the person's role may enter.

use app::view::search::{SearchHit, marked};
use tenancy::{Capability, Cx};

/// Most that a text finds.
const HITS_MAX: usize = 8;
/// Those that are offered before anything is typed.
const OFFERED: usize = 8;

/// A page, or what is begun on one.
pub(super) struct Command {
    /// What it is called.
    pub name: &'static str,
    /// Its address: inside the company, or of the person's own pages, whichever company they are in.
    pub place: Place,
    /// What else people call it.
    words: &'static str,
    /// What one needs to enter.
    pub needs: Capability,
}

/// Where a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Inside the company.
    Company(&'static str),
    /// A person's own.
    Person(&'static str),
}

impl Place {
    fn address(self, slug: &str) -> String {
        match self {
            Self::Company(path) => format!("/c/{slug}{path}"),
            Self::Person(path) => path.to_owned(),
        }
    }
}

const fn command(name: &'static str, path: &'static str, words: &'static str, needs: Capability) -> Command {
    Command {
        name,
        place: Place::Company(path),
        words,
        needs,
    }
}

const fn own(name: &'static str, path: &'static str, words: &'static str) -> Command {
    Command {
        name,
        place: Place::Person(path),
        words,
        needs: Capability::ReadBooks,
    }
}

/// The table; what is asked for most stands first.
pub(super) const COMMANDS: [Command; 37] = {
    use Capability::{BankAccounts, Documents, Journal, People, ReadBooks, RevealSealed};
    [
        command(
            "New journal entry",
            "/accounting/journal/new",
            "add create write adjusting adjustment",
            Journal,
        ),
        command(
            "Profit and loss",
            "/reports/profit-and-loss",
            "income statement p&l earnings report",
            ReadBooks,
        ),
        command(
            "Balance sheet",
            "/reports/balance-sheet",
            "assets liabilities equity position report",
            ReadBooks,
        ),
        command(
            "Transactions",
            "/transactions",
            "documents entries expenses deposits transfers list all",
            ReadBooks,
        ),
        command("Journal", "/accounting/journal", "entries list", ReadBooks),
        command(
            "Chart of accounts",
            "/accounting",
            "categories ledger accounts",
            ReadBooks,
        ),
        command(
            "Review bank lines",
            "/banking",
            "banking categorize code bank feed card",
            ReadBooks,
        ),
        command(
            "Import a bank statement",
            "/banking/import",
            "upload ofx qfx qbo csv file",
            Documents,
        ),
        command(
            "Trial balance",
            "/reports/trial-balance",
            "debits credits report adjusted",
            ReadBooks,
        ),
        command(
            "General ledger",
            "/reports/general-ledger",
            "lines detail report register",
            ReadBooks,
        ),
        command(
            "Statement of cash flows",
            "/reports/cash-flow",
            "operating investing financing report",
            ReadBooks,
        ),
        command(
            "Journal report",
            "/reports/journal",
            "entries debits credits by date",
            ReadBooks,
        ),
        command("Reports", "/reports", "statements", ReadBooks),
        command(
            "Cash forecast",
            "/forecast",
            "projection runway money ahead weeks",
            ReadBooks,
        ),
        command("Saved views", "/views", "my reports lists filters custom", ReadBooks),
        command("Home", "", "dashboard cash overview start", ReadBooks),
        command(
            "Sales",
            "/sales",
            "customers receivable owed invoices open items",
            ReadBooks,
        ),
        command(
            "Purchases",
            "/purchases",
            "vendors suppliers payable bills open items",
            ReadBooks,
        ),
        command("Add a customer", "/sales#contacts", "new create contact", Documents),
        command(
            "Add a vendor",
            "/purchases#contacts",
            "new create contact supplier",
            Documents,
        ),
        command(
            "New account",
            "/accounting/accounts/new",
            "add create category",
            Journal,
        ),
        command(
            "Import accounts",
            "/accounting/accounts/import",
            "upload chart csv quickbooks",
            Journal,
        ),
        command(
            "Import journal entries",
            "/accounting/journal/import",
            "upload csv quickbooks",
            Journal,
        ),
        command(
            "Recurring entries",
            "/accounting/recurring",
            "templates schedule repeat",
            ReadBooks,
        ),
        command(
            "New template",
            "/accounting/recurring/new",
            "add create recurring schedule repeat",
            Journal,
        ),
        command(
            "Opening balances",
            "/accounting/opening",
            "begin start bring along conversion",
            ReadBooks,
        ),
        command(
            "Lock the books",
            "/accounting/locks",
            "close period month year end closing",
            ReadBooks,
        ),
        command(
            "Fiscal years",
            "/accounting/years",
            "close reopen year end closing checklist",
            ReadBooks,
        ),
        command(
            "Changed since close",
            "/accounting/changed-since",
            "locked closed period late entries differences",
            ReadBooks,
        ),
        command("Audit log", "/audit", "history changes who did what trail", ReadBooks),
        command(
            "Connect a bank account",
            "/banking/connect",
            "add new card",
            BankAccounts,
        ),
        command(
            "Company settings",
            "/settings",
            "name legal form time zone basis fiscal year",
            ReadBooks,
        ),
        command(
            "People",
            "/settings/people",
            "users roles invite accountant members access",
            People,
        ),
        command(
            "Tax id",
            "/settings/tax-id",
            "ein ssn employer identification",
            RevealSealed,
        ),
        command("Help", "/help", "glossary words explain how keys shortcuts", ReadBooks),
        command(
            "Leave this company",
            "/settings/leave",
            "membership remove me",
            ReadBooks,
        ),
        own(
            "Where you are signed in",
            "/account/sessions",
            "sessions sign out devices browsers security account",
        ),
    ]
};

/// How well a page fits a text, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is called just so.
    Exact,
    /// Its name begins so.
    Beginning,
    /// Every word of the text begins one of its name.
    Name,
    /// Every word of the text begins one of its name or of what else people call it.
    Words,
}

/// Those that fit a text, best first, and how well the best does; before anything is typed, what is asked for most.
pub(super) fn hits(slug: &str, cx: &Cx, query: &str) -> (Option<Fit>, Vec<SearchHit>) {
    let allowed = COMMANDS.iter().filter(|command| cx.may(command.needs));
    let mut found: Vec<(Fit, &Command)> = allowed
        .filter_map(|command| Some((command.fit(query)?, command)))
        .collect();
    // A stable sort: of those that fit alike in the table's order.
    found.sort_by_key(|(fit, _)| *fit);
    let best = found.first().map(|(fit, _)| *fit);
    let most = if query.is_empty() { OFFERED } else { HITS_MAX };
    let hit = |(_, command): (Fit, &Command)| SearchHit {
        href: command.place.address(slug),
        title: marked(command.name, query),
        detail: Vec::new(),
        aside: "Page".to_owned(),
        amount: None,
    };
    (best, found.into_iter().take(most).map(hit).collect())
}

/// Every page and action by its name, with its address in a company.
pub fn pages_of(slug: &str) -> impl Iterator<Item = (&'static str, String)> {
    COMMANDS
        .iter()
        .map(|command| (command.name, command.place.address(slug)))
}

impl Command {
    /// How well a text fits; none where it does not.
    fn fit(&self, query: &str) -> Option<Fit> {
        let (name, query) = (self.name.to_lowercase(), query.trim().to_lowercase());
        if name == query {
            return Some(Fit::Exact);
        }
        if name.starts_with(&query) {
            return Some(Fit::Beginning);
        }
        let begins = |words: &str, typed: &str| words.split_whitespace().any(|word| word.starts_with(typed));
        let all = |fits: &dyn Fn(&str) -> bool| query.split_whitespace().all(fits);
        match () {
            () if all(&|typed| begins(&name, typed)) => Some(Fit::Name),
            () if all(&|typed| begins(&name, typed) || begins(self.words, typed)) => Some(Fit::Words),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;
    use crate::layers::Guard;
    use crate::routes::routes;

    #[test]
    fn every_command_leads_to_a_page_that_its_capability_enters() {
        let routes = routes();
        for command in &COMMANDS {
            let path = command.place.address("{slug}");
            let path = path.split('#').next().unwrap_or_default();
            let route = routes
                .iter()
                .find(|route| route.method == Method::GET && route.path == path)
                .unwrap_or_else(|| panic!("{} leads to no page: {path}", command.name));
            match (command.place, route.guard) {
                (Place::Company(_), Guard::Capability(entrance)) => assert!(
                    command.needs.least_role() >= entrance.least_role(),
                    "{} is offered to whom {path} refuses",
                    command.name
                ),
                (Place::Person(_), Guard::SignedIn) => {}
                _ => panic!("{path} is not where {} says", command.name),
            }
        }
    }

    #[test]
    fn a_page_is_found_by_its_name_and_by_what_else_it_is_called() {
        let best = |query: &str| {
            let mut found: Vec<_> = COMMANDS.iter().filter_map(|c| Some((c.fit(query)?, c.name))).collect();
            found.sort_by_key(|(fit, _)| *fit);
            found.first().map(|(_, name)| *name)
        };
        assert_eq!(best("profit"), Some("Profit and loss"));
        assert_eq!(best("journal"), Some("Journal"), "what is called just so");
        assert_eq!(best("p&l"), Some("Profit and loss"));
        assert_eq!(best("income statement"), Some("Profit and loss"));
        assert_eq!(best("journal new"), Some("New journal entry"));
        assert_eq!(best("lock"), Some("Lock the books"));
        assert_eq!(best("year end"), Some("Lock the books"));
        assert_eq!(best("general"), Some("General ledger"));
        assert_eq!(best("cash flow"), Some("Statement of cash flows"));
        assert_eq!(best("forecast"), Some("Cash forecast"));
        assert_eq!(best("sessions"), Some("Where you are signed in"));
        assert_eq!(best("zebra"), None);
        assert_eq!(best(""), Some("New journal entry"));
    }
}
