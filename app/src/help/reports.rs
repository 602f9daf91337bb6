//! What each report says, how to read it, and what to check on it. `[word]` leads to the glossary.

use super::Topic;
use crate::view::report::ReportKind;

/// The reports, in the order in which one learns them.
pub const REPORTS: [Topic; 7] = [
    PROFIT_AND_LOSS,
    BALANCE_SHEET,
    CASH_FLOW,
    TRIAL_BALANCE,
    GENERAL_LEDGER,
    JOURNAL,
    REGISTER,
];

/// What explains a statement.
pub const fn of_statement(kind: ReportKind) -> Topic {
    match kind {
        ReportKind::ProfitAndLoss => PROFIT_AND_LOSS,
        ReportKind::BalanceSheet => BALANCE_SHEET,
        ReportKind::CashFlow => CASH_FLOW,
        ReportKind::TrialBalance => TRIAL_BALANCE,
    }
}

/// Profit and loss.
pub const PROFIT_AND_LOSS: Topic = Topic {
    anchor: "profit-and-loss-report",
    title: "Profit and loss",
    says: &[
        "What the business earned and spent in a period, and what is left: [net income]. In parentheses it is a loss.",
        "Read it from the top: [income], less [cost of goods sold], is [gross profit]; less expenses is net operating income; other income \
         and other expenses, which are not of the trade, come last. Every figure opens the lines behind it.",
    ],
    check: &[
        "Nothing stands on [uncategorized] income or expense.",
        "Each month has its rent, wages and software once: columns by month show what is missing or double.",
        "Loan payments are not among the expenses, only their interest. What an owner took out is not either: it is a [distribution].",
    ],
};

/// Balance sheet.
pub const BALANCE_SHEET: Topic = Topic {
    anchor: "balance-sheet-report",
    title: "Balance sheet",
    says: &[
        "What the business owns ([assets](asset)), what it owes ([liabilities](liability)), and what is left for its owners ([equity]), at \
         the end of one day. The two sides are equal; the last line proves it.",
        "Profit of this [fiscal year] stands in equity as [net income], that of earlier years as [retained earnings]. On the first day of \
         a year the one moves into the other by itself.",
    ],
    check: &[
        "Each bank account and card has the balance of its statement that day, or you know why not: an [outstanding check], a [deposit in \
         transit](deposit in transit).",
        "[Opening balance equity] is zero, and [undeposited funds] hold only what lies in the drawer.",
        "Loans agree with the lender’s statement.",
    ],
};

/// Statement of cash flows.
pub const CASH_FLOW: Topic = Topic {
    anchor: "cash-flow-report",
    title: "Statement of cash flows",
    says: &[
        "Why cash changed by another amount than [net income]. What is earned is not always paid, and what is paid not always \
         spent: a loan brings cash and is no [income], a machine costs cash and is no expense yet.",
        "It begins with net income. Operating activities are the trade itself: what customers still owe takes cash away, what \
         you still owe leaves it here, and [depreciation] is added back. Investing is equipment and the like; financing is \
         lenders and owners.",
        "What a machine was sold for stands with investing. Its gain or loss is in net income and no cash of the trade: where one \
         entry takes the machine off the books, its gain or loss is taken out above and stands with the sale, and so do what had been \
         written off of it and what an asset is written off to without cash. A gain that is booked in an entry of its own needs an \
         account with the place Investing.",
        "Beside now, each account stands in the part it belonged to at that time.",
    ],
    check: &[
        "The last line is zero: cash at the end is the cash of the [balance sheet].",
        "A line of credit or an owner’s loan stands with financing: where it does not, say so in the account itself.",
        "A line below the statement says what was bought with a loan alone: no cash moved, and it stands in investing and financing both.",
    ],
};

/// Trial balance.
pub const TRIAL_BALANCE: Topic = Topic {
    anchor: "trial-balance-report",
    title: "Trial balance",
    says: &[
        "Every [account] with its balance in the column of its side, [debit] or [credit]. It is what an accountant asks for first: all \
         other statements are made of it.",
        "With adjustments shown apart, the first pair of columns is the books before [adjusting entries](adjusting entry), the second the \
         adjustments, the third both together. Under each account that they adjust stand the numbers of those entries.",
    ],
    check: &[
        "Both columns end with the same total.",
        "No account stands in the wrong column for its [normal balance] without a reason.",
        "Round estimates that were entered long ago are still right.",
    ],
};

/// General ledger.
pub const GENERAL_LEDGER: Topic = Topic {
    anchor: "general-ledger-report",
    title: "General ledger",
    says: &[
        "Every account with every line of the period: date, number, what it was, the amount, and the balance after it. Beginning balance \
         plus the lines is the ending balance.",
        "Income and expenses begin at zero on the first day of each [fiscal year]; what the business owns and owes carries on.",
    ],
    check: &[
        "A line that looks strange: open its entry, and there its history.",
        "The same amount twice on close days: it may have been imported once and typed once.",
        "For the tax preparer: download it as CSV. Each line has its entry’s number.",
    ],
};

/// Journal.
pub const JOURNAL: Topic = Topic {
    anchor: "journal-report",
    title: "Journal report",
    says: &[
        "All entries of a period in the order of their dates, each with its debits and credits. The other reports group the same lines by \
         account; this one keeps together what belongs together.",
    ],
    check: &[
        "Entries by hand have a [memo] that says why.",
        "What was [voided](void) was voided for a reason.",
        "Numbers run on: one that is missing here stands on an entry of another period, or on one that was voided.",
    ],
};

/// Account register.
pub const REGISTER: Topic = Topic {
    anchor: "register-report",
    title: "Account register",
    says: &[
        "The lines of one account with the balance after each, like a checkbook. An amount on the account’s own side makes the balance \
         larger, one on the other side smaller.",
    ],
    check: &[
        "For a bank account: the balance after the last line of a month is that of the statement. If not, go back month by month to \
         the first that differs; the mistake is in that one.",
    ],
};
