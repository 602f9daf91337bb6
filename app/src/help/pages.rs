//! What the pages that are not reports are for. `[word]` leads to the glossary.

use super::Topic;

/// The pages, in the order of the side.
pub const PAGES: [Topic; 21] = [
    HOME,
    FORECAST,
    BANKING,
    OPEN_ITEMS,
    CHART,
    ACCOUNT,
    MERGE,
    OPENING,
    TRANSACTIONS,
    ENTRY,
    JOURNAL_FORM,
    JOURNAL_IMPORT,
    RECURRING,
    LOCKS,
    YEARS,
    CHANGED_SINCE,
    AUDIT,
    SAVED_VIEWS,
    SEARCH,
    SETTINGS,
    SESSIONS,
];

/// Home.
pub const HOME: Topic = Topic {
    anchor: "home-page",
    title: "Home",
    says: &[
        "What there is now and what needs doing. Cash is the balance of your bank accounts in the books; it differs from the bank’s own by \
         what one of the two has not booked yet.",
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
        "The same file twice adds nothing. An import can be undone whole, with what came of its lines: you are told before what that is.",
        "A line that belongs in no books, such as one that is there twice, is excluded: it counts for nothing, and can be put back.",
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

/// One account.
pub const ACCOUNT: Topic = Topic {
    anchor: "account-page",
    title: "An account",
    says: &[
        "What an [account] is and what it holds today: its own balance, and with its [subaccounts](subaccount) where it has some. What the \
         business owns and owes is counted from the beginning, income and expenses since the [fiscal year] began. The [register] has the \
         lines.",
        "The history says who renamed, moved or merged it. A new name shows in every report at once, also in those of earlier periods.",
    ],
    check: &[
        "A balance on the other side than the account’s [normal balance].",
        "An account nobody writes on any more: make it inactive, or merge it into the one that took its place.",
    ],
};

/// Merging an account into another.
pub const MERGE: Topic = Topic {
    anchor: "merge-page",
    title: "Merging accounts",
    says: &[
        "For two accounts that were always one, such as Phone and Telephone. Reports of every period then show the lines of both under the \
         one that stays. The lines themselves stay where they were entered, so a merge can be undone.",
        "Only accounts of the same type can be merged. One with subaccounts, a bank account with statements, and an account that CarteFi \
         itself books to cannot be merged into another.",
    ],
    check: &["Statements that somebody has already: their figures move too where the merge reaches back to them."],
};

/// A document.
pub const ENTRY: Topic = Topic {
    anchor: "entry-page",
    title: "An entry",
    says: &[
        "One [document] whole: its lines, the [postings](posting) it makes, and its history. Each change makes a new [revision] and leaves \
         the earlier ones to be read.",
        "A [draft] is posted here. A posted entry is taken back in one of two ways: to [void] it says that it never should have been, to \
         reverse it enters the same amounts the other way round on a later day.",
    ],
    check: &[
        "What lies in a locked period is corrected by an entry of today, not by changing it.",
        "The [memo] says why.",
    ],
};

/// Importing journal entries.
pub const JOURNAL_IMPORT: Topic = Topic {
    anchor: "journal-import-page",
    title: "Importing journal entries",
    says: &[
        "A CSV file with one row a line and the entry’s number in each: rows with one number are one [journal entry]. First you see what \
         the file would bring; the whole file is imported, or nothing of it.",
        "An account that the books do not have is made, or you say which of yours it is. The same file again adds nothing: entries are \
         known by their number. One whose number is known and whose content differs is in doubt and left out.",
        "A column Due Date says when what is owed is due; it counts on receivable and payable lines. Columns that are not read are named, \
         and so are the customers and vendors that would be made.",
    ],
    check: &[
        "The number of entries and the days are those of the program the file comes from.",
        "Afterwards the [trial balance] of its last day agrees with that program’s.",
    ],
};

/// Saved views.
pub const SAVED_VIEWS: Topic = Topic {
    anchor: "saved-views-page",
    title: "Saved views",
    says: &[
        "A report or a list as somebody set it: columns, comparison, filters. Save one from the menu Views of the page itself; everybody \
         in the company finds it there.",
        "A period by its name, such as last month, moves on with the calendar. One with typed days stays on them. A view keeps what is \
         asked, never the figures.",
    ],
    check: &["Views of people who left: rename what is still used and remove the rest."],
};

/// Search.
pub const SEARCH: Topic = Topic {
    anchor: "search-page",
    title: "Search",
    says: &[
        "Finds a number or a reference by its beginning, a customer, vendor or account by a part of its name, a [memo] or a line by three \
         letters of a word, and an amount typed exactly, as 1,432.17. Pages and actions are found by what they are called.",
        "Ctrl K opens it on every page. What stands first is opened by Enter.",
    ],
    check: &[
        "Too much is found: the list of all transactions with the same text has filters by day, account and name.",
    ],
};

/// Where a person is signed in.
pub const SESSIONS: Topic = Topic {
    anchor: "sessions-page",
    title: "Where you are signed in",
    says: &[
        "Every browser that is signed in as you, with when it began and when it was last used. End one and it is signed out at its next \
         click; nothing in any books changes.",
    ],
    check: &[
        "A device or a day that you do not know: sign out everywhere, then change the password at the sign-in service.",
        "Refused sign-ins below that were not yours.",
    ],
};

/// Journal entry.
pub const JOURNAL_FORM: Topic = Topic {
    anchor: "journal-form",
    title: "Writing a journal entry",
    says: &[
        "Each line puts an amount on an account, as [debit] or as [credit]; the two columns must have the same total. To enter a month’s \
         [depreciation] of $100: debit Depreciation 100, credit [accumulated depreciation] 100.",
        "Which side? What you get or spend is a debit, where it comes from is a credit. Rent paid: debit Rent, credit Checking.",
        "A [draft] counts nothing. A posted entry counts on its date, and can be changed or voided as long as its date is not locked.",
    ],
    check: &[
        "On receivable and payable accounts each line names its customer or vendor, and may say when it is due. Without a day it is due \
         on the entry’s own, and late the day after.",
    ],
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
        "The [basis] is shown beside the company’s name, and each report states its own. The [fiscal year]’s first month decides when [net \
         income] becomes [retained earnings]. The time zone decides which day it is.",
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
        "Whoever kept no books before enters what the business had and what it owed on that day. The difference is the owners’ part, and \
         goes on their [equity] account, such as what they put in.",
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
        "Every [document] that fits the filters, with the total of them all, not of the page alone. The filters stand in the address: keep \
         or send it, and the same list opens.",
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
