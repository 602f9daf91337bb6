//! What the pages that are not reports are for. `[word]` leads to the glossary.

use super::Topic;

/// The pages, in the order of the side.
pub const PAGES: [Topic; 14] = [
    HOME,
    FORECAST,
    BANKING,
    OPEN_ITEMS,
    CHART,
    OPENING,
    TRANSACTIONS,
    JOURNAL_FORM,
    RECURRING,
    LOCKS,
    YEARS,
    CHANGED_SINCE,
    AUDIT,
    SETTINGS,
];

/// Home.
pub const HOME: Topic = Topic {
    anchor: "home-page",
    title: "Home",
    says: &[
        "What there is now and what needs doing. Cash is the balance of your bank accounts in the books; it differs from the bank’s own \
         by what one of the two has not booked yet.",
    ],
    check: &["What waits for review is not in any figure yet."],
};

/// Banking.
pub const BANKING: Topic = Topic {
    anchor: "banking-page",
    title: "Banking",
    says: &[
        "Import the bank’s statement file (OFX, QFX or QBO). Each line waits in the review list until you say what it was: choose an \
         account, [split] it, mark it as a [transfer], or [match] it to something that is in the books already.",
        "The same file twice adds nothing. An import can be undone whole as long as nothing depends on it.",
    ],
    check: &[
        "When the list is empty, the balance in the books is the bank’s.",
        "Money between your own accounts is a transfer, or it counts twice: once as income and once as expense.",
    ],
};

/// Open items.
pub const OPEN_ITEMS: Topic = Topic {
    anchor: "open-items-page",
    title: "Sales and purchases: open items",
    says: &[
        "Who owes you and whom you owe, by name. An invoice or bill and its payment are both [open items](open item) until you [settle] \
         them against each other; then neither is listed.",
        "Totals are those of [accounts receivable] and [accounts payable] on the [balance sheet].",
    ],
    check: &["Old small amounts: a payment that was rounded, or one that was never settled."],
};

/// Chart of accounts.
pub const CHART: Topic = Topic {
    anchor: "chart-page",
    title: "Chart of accounts",
    says: &[
        "The list of everything the business owns, owes, earns and spends. Add an [account] when you want to see an amount by itself on a \
         report; otherwise use one that is there.",
        "The type decides the statement: bank, receivables and equipment are [assets](asset), cards and loans [liabilities](liability). An \
         account that is not needed any more is made inactive: its past stays in reports.",
    ],
    check: &["Two accounts for the same thing, such as Phone and Telephone, hide half of each."],
};

/// Journal entry.
pub const JOURNAL_FORM: Topic = Topic {
    anchor: "journal-form",
    title: "Writing a journal entry",
    says: &[
        "Each line puts an amount on an account, as [debit] or as [credit]; the two columns must have the same total. To enter a month’s \
         [depreciation] of $100: debit Depreciation 100, credit [accumulated depreciation] 100.",
        "Which side? What you get or spend is a debit, where it comes from is a credit. Rent paid: debit Rent, credit Checking.",
        "A [draft] counts nothing. An issued entry counts on its date, and can be changed or voided as long as its date is not locked.",
    ],
    check: &["On receivable and payable accounts each line names its customer or vendor."],
};

/// Locks.
pub const LOCKS: Topic = Topic {
    anchor: "locks-page",
    title: "Locks",
    says: &[
        "After you reported or filed a period, [lock] it: nothing dated in it can be added, changed or taken back. Accountants and admins \
         set a lock and open it again, each time with a reason that is kept.",
        "There are two. One closes a period for everyone; the other for everybody below an accountant, while the accountant finishes it. \
         An exception lets one person through for at most 30 days.",
        "Example: the first quarter’s sales tax return is filed on April 20. Lock through March 31.",
    ],
    check: &[
        "Before locking: the bank is reconciled, nothing is [uncategorized], and the reports are as you sent them.",
    ],
};

/// Settings and people.
pub const SETTINGS: Topic = Topic {
    anchor: "settings-page",
    title: "Settings and people",
    says: &[
        "The [basis] is shown beside the company’s name, and each report states its own. The [fiscal year]’s first month decides when \
         [net income] becomes [retained earnings]. The time zone decides which day it is.",
        "Viewers read. Editors also enter documents and review bank lines. Accountants also write journal entries, lock, and see sealed \
         numbers. Admins also invite people and change settings.",
    ],
    check: &["Everybody in the list still works with you."],
};

/// Opening balances.
pub const OPENING: Topic = Topic {
    anchor: "opening-page",
    title: "Opening balances",
    says: &[
        "What each [account] held when your books begin, so that the first [balance sheet] is right. Take the [trial balance] of the day \
         before from your accountant or your earlier program, and enter debits as debits and credits as credits.",
        "If the two columns differ, the rest goes to [opening balance equity], where it can be seen and cleared up later.",
    ],
    check: &[
        "Bank accounts and cards begin with the balance of their statement, corrected by checks that were not cashed yet.",
        "What customers owe and what you owe vendors is entered by name.",
    ],
};

/// Recurring entries.
pub const RECURRING: Topic = Topic {
    anchor: "recurring-page",
    title: "Recurring entries",
    says: &[
        "Templates of entries that come again: rent on the first of the month, [depreciation] on its last day. Use one by hand, or let it \
         be entered by itself when it is due.",
        "A change to a template counts from the next entry on. Those that were made stay as they are.",
    ],
    check: &["A lease that ended: end its template too."],
};

/// Changed since close.
pub const CHANGED_SINCE: Topic = Topic {
    anchor: "changed-since-page",
    title: "Changed since close",
    says: &[
        "A year that was [closed](close) and reported should stay as it was. What came into it nevertheless, while it was open again or \
         through an exception, is listed here, with what it did to [net income].",
    ],
    check: &["If a tax return was filed on the earlier figures, ask your preparer whether it needs an amendment."],
};

/// Audit log.
pub const AUDIT: Topic = Topic {
    anchor: "audit-page",
    title: "Audit log",
    says: &[
        "Who wrote what, when, and what it was before and after. Each event seals the one before it, so that nothing can be taken out or \
         changed without a trace. Verify compares the whole record with the books as they are.",
    ],
    check: &[
        "Keep the last link somewhere else from time to time: it proves later that nothing up to there was touched.",
    ],
};

/// Cash forecast.
pub const FORECAST: Topic = Topic {
    anchor: "forecast-page",
    title: "Cash forecast",
    says: &[
        "What the bank accounts will hold week by week if everybody pays on the due day and every [recurring](journal entry) entry comes \
         as planned. What is overdue counts as coming now.",
    ],
    check: &["Customers who always pay late: their money comes after the day that is shown."],
};

/// Transactions.
pub const TRANSACTIONS: Topic = Topic {
    anchor: "transactions-page",
    title: "Lists of transactions",
    says: &[
        "Every [document] that fits the filters, with the total of them all, not of the page alone. The filters stand in the address: \
         keep or send it, and the same list opens.",
        "CSV saves what is shown. Several rows can be chosen and dealt with at once.",
    ],
    check: &["[Drafts](draft) that were forgotten: filter by state."],
};

/// Fiscal years.
pub const YEARS: Topic = Topic {
    anchor: "years-page",
    title: "Fiscal years",
    says: &[
        "Each [fiscal year] with its net income and whether it is open or [closed](close). Before closing you see what is still open in \
         it. Closing posts nothing: it locks the year and keeps its statements as they were.",
        "A first or last year may be shorter, and a company may change to another first month. Years that are closed stay as they were.",
    ],
    check: &["The year on the tax return is this one, day for day."],
};
