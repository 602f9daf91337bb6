//! Getting started, in order.

/// One step: what to do, why, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub title: &'static str,
    /// How, and why now.
    pub says: &'static str,
    /// Where in the company, after its address; none for a page outside it.
    pub path: Option<&'static str>,
    /// The link’s words.
    pub link: &'static str,
}

/// The steps.
pub const STEPS: [Step; 8] = [
    Step {
        title: "Say who you are",
        says: "Check legal form, [fiscal year], [basis] and the day your books begin. Choose the first day of a fiscal year where you can: \
               then the first reports are whole.",
        path: Some("/settings"),
        link: "Settings",
    },
    Step {
        title: "Look over the chart of accounts",
        says: "A new company has the usual accounts of its legal form. Rename what you call otherwise, add what you want to see by itself. \
               You can do so later too.",
        path: Some("/accounting"),
        link: "Chart of accounts",
    },
    Step {
        title: "Enter opening balances",
        says: "What each account held on the day before your books begin, from your last [trial balance]. Skip this if the business is \
               new.",
        path: Some("/accounting/opening"),
        link: "Opening balances",
    },
    Step {
        title: "Bring in the bank",
        says: "Add each bank account and card, download its statement file at the bank (OFX, QFX or QBO), and import it here.",
        path: Some("/banking"),
        link: "Banking",
    },
    Step {
        title: "Say what each line was",
        says: "Go through the review list: choose an account, or match what the books have already. [Transfers](transfer) between your own \
               accounts are neither income nor expense.",
        path: Some("/banking"),
        link: "Review",
    },
    Step {
        title: "Add what no bank line shows",
        says: "[Depreciation], wages earned and not paid, the used part of a [prepaid expense]: a [journal entry] at the end of the month. \
               Your accountant may do it for you.",
        path: Some("/accounting/journal"),
        link: "Journal",
    },
    Step {
        title: "Read the reports",
        says: "First the [balance sheet]: do the bank accounts agree with the bank? Then [profit and loss]: does each month look like what \
               you remember?",
        path: Some("/reports"),
        link: "Reports",
    },
    Step {
        title: "Lock what is finished",
        says: "When a period is reported or filed, [lock] it, and invite your accountant to look.",
        path: Some("/accounting/locks"),
        link: "Locks",
    },
];
