//! The words of bookkeeping, each in two or three plain sentences. `[word]` leads to another of them.

/// A word and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word, in small letters. Its anchor is the word with hyphens.
    pub word: &'static str,
    /// What it means, with an example where that helps.
    pub says: &'static str,
}

const fn term(word: &'static str, says: &'static str) -> Term {
    Term { word, says }
}

/// The glossary, from A to Z.
pub const GLOSSARY: [Term; 64] = [
    term(
        "account",
        "A name under which amounts of one kind are collected, such as Checking, Rent or Owner Draws. Its type decides on which \
         statement it stands. All of them together are the [chart of accounts].",
    ),
    term(
        "accounts payable",
        "What you owe vendors for bills you have not paid yet (A/P, “money you owe”). Every line on this account names the vendor, so \
         that the total can always be taken apart by name.",
    ),
    term(
        "accounts receivable",
        "What customers owe you for sales they have not paid yet (A/R, “money owed to you”). Every line on this account names the \
         customer.",
    ),
    term(
        "accrual",
        "Counting income when it is earned and an expense when it is owed, whenever the money moves. A December bill paid in January is \
         a December expense. The other way is [cash basis].",
    ),
    term(
        "accumulated depreciation",
        "All the [depreciation] of an asset so far. It is a [contra account]: it stands under the asset’s cost as a negative, and the two \
         together are the book value.",
    ),
    term(
        "adjusting entry",
        "A [journal entry] at the end of a period that puts income and expenses where they belong: depreciation, a prepaid month used \
         up, wages earned and not yet paid. Accountants mark it, so that the [trial balance] can be read before and after adjustments.",
    ),
    term(
        "asset",
        "Something the business owns or is owed: cash, equipment, unpaid invoices. Debits make it larger.",
    ),
    term(
        "audit log",
        "The record of who did what, when, and what it changed. Nobody can edit it, and it can be checked against the books.",
    ),
    term(
        "balance sheet",
        "What the business owns, what it owes, and what is left for its owners, on one day. Assets always equal liabilities plus \
         [equity].",
    ),
    term("bank reconciliation", "See [reconcile]."),
    term(
        "basis",
        "The rule for when income and expenses count: [accrual] or [cash basis]. The same books give different profits on each, so every \
         report states its basis under its title.",
    ),
    term(
        "book value",
        "What an asset is worth in the books: its cost less [accumulated depreciation]. It is not what it would sell for.",
    ),
    term(
        "cash basis",
        "Counting income when the money comes in and an expense when it goes out. Many small businesses file their taxes this way. The \
         other way is [accrual].",
    ),
    term(
        "chart of accounts",
        "The list of all accounts, by type: what the business owns, owes, earns and spends.",
    ),
    term(
        "clearing account",
        "An account that money only passes through, such as [undeposited funds]. When everything has arrived its balance is zero.",
    ),
    term(
        "close",
        "Finishing a period: everything entered, checked, reported, and [locked](lock). At year end CarteFi posts no closing entries. Net \
         income moves to [retained earnings] by computation on the first day of the new year.",
    ),
    term(
        "contra account",
        "An account that lowers another one of its kind and so has the opposite balance: [accumulated depreciation] under equipment, or \
         refunds given under sales.",
    ),
    term(
        "cost of goods sold",
        "What the things you sold cost you: purchase price, materials, freight in. Sales less this is [gross profit]. Rent and wages of \
         the office do not belong here.",
    ),
    term(
        "credit",
        "The right side of an entry. It makes liabilities, equity and income larger and assets and expenses smaller. It does not mean \
         good or bad: paying rent credits the bank account.",
    ),
    term(
        "current",
        "Due or used up within a year. Current assets and current liabilities stand first on the [balance sheet].",
    ),
    term(
        "debit",
        "The left side of an entry. It makes assets and expenses larger and liabilities, equity and income smaller. Debits and credits \
         of an entry are always equal.",
    ),
    term(
        "deposit in transit",
        "Money that your books count as deposited and the bank has not booked yet. It explains a difference when you [reconcile].",
    ),
    term(
        "depreciation",
        "Spreading the cost of something that lasts over the years it is used. A $3,600 machine used for three years costs $100 of \
         depreciation a month, whenever it was paid for.",
    ),
    term(
        "detail type",
        "A finer kind within an account’s type, such as Savings within Bank. It keeps its name when you move to or from QuickBooks.",
    ),
    term(
        "distribution",
        "Money or things an owner takes out of the business. It lowers [equity] and is no expense. Sole proprietors call it a draw, \
         corporations a dividend.",
    ),
    term(
        "document",
        "One thing that was entered: a [journal entry], an expense, a deposit, a transfer. It keeps its number for good, also when it is \
         changed or [voided](void).",
    ),
    term(
        "draft",
        "An entry that is saved and does not count yet. No report has it until it is posted.",
    ),
    term(
        "equity",
        "What belongs to the owners: assets less liabilities. It grows by what they put in and by profit, and shrinks by what they take \
         out and by losses.",
    ),
    term(
        "expense",
        "What it costs to run the business: rent, wages, software. Debits make it larger. Buying equipment that lasts is not an expense \
         but an [asset], and becomes one by [depreciation].",
    ),
    term(
        "fiscal year",
        "The twelve months you report together. It begins in January unless you chose another month. A first or last one may be shorter.",
    ),
    term(
        "fixed asset",
        "Something that lasts longer than a year and is used, not sold: a van, machines, furniture.",
    ),
    term(
        "general ledger",
        "Every account with every line on it, beginning and ending balances included. Accountants load it into tax software; whatever a \
         statement says can be found here line by line.",
    ),
    term(
        "gross profit",
        "Sales less [cost of goods sold]. It says what is left to pay everything else.",
    ),
    term(
        "income",
        "What the business earns by what it does. Credits make it larger. Money borrowed or put in by an owner is not income.",
    ),
    term("journal", "The list of all entries in the order of their dates."),
    term(
        "journal entry",
        "An entry written by hand: two or more lines on accounts whose debits and credits are equal. For what no bank line shows, such \
         as depreciation, or to move an amount from one account to another.",
    ),
    term(
        "liability",
        "Something the business owes: a loan, a card balance, sales tax collected. Credits make it larger.",
    ),
    term(
        "lock",
        "A day up to which nothing can be entered, changed or taken back, so that what was reported stays as it was: for everyone, or for \
         everybody below an accountant.",
    ),
    term(
        "match",
        "Saying that a bank line is something already in the books, instead of entering it a second time.",
    ),
    term(
        "memo",
        "A note on an entry or a line for whoever reads it later. It changes no figure.",
    ),
    term(
        "net income",
        "Everything earned less everything spent in a period: the last line of [profit and loss]. In parentheses it is a loss.",
    ),
    term(
        "normal balance",
        "The side on which an account grows: debit for assets and expenses, credit for liabilities, equity and income. A balance on the \
         other side is worth a look, such as an overdrawn bank account.",
    ),
    term(
        "open item",
        "An invoice, bill or payment that is not settled yet, wholly or in part.",
    ),
    term(
        "opening balance equity",
        "A helper account that takes the other side of opening balances. Once everything is entered it should be zero; what is left on \
         it belongs to the owners’ accounts or is missing somewhere.",
    ),
    term(
        "opening balances",
        "What every account held on the day your books begin. Take them from the [trial balance] of your last accountant or program.",
    ),
    term(
        "outstanding check",
        "A check that your books count as paid and the bank has not booked yet. It explains a difference when you [reconcile].",
    ),
    term(
        "posting",
        "One amount on one account, made by an entry. Statements are sums of postings. They are never edited: a change puts new ones in \
         place of the old, and both can be looked up.",
    ),
    term(
        "prepaid expense",
        "Something paid for and not used yet, such as a year of insurance. It is an [asset] first, and each month a twelfth becomes an \
         expense.",
    ),
    term(
        "profit and loss",
        "What came in by business, what it cost, and what is left, over a period. Also called income statement.",
    ),
    term(
        "reconcile",
        "Comparing an account with the bank’s statement, line by line, until both end with the same balance or every difference has a \
         reason.",
    ),
    term(
        "register",
        "The lines of one account with the balance after each, like a checkbook.",
    ),
    term(
        "retained earnings",
        "The profits of all earlier fiscal years that stayed in the business, less losses. CarteFi computes it: prior years’ net income \
         plus what was posted to the account itself.",
    ),
    term(
        "reversing entry",
        "An entry with debits and credits exchanged, mostly on the first day of the next period. It takes an estimate back before the \
         real bill arrives.",
    ),
    term(
        "revision",
        "A state of an entry. Changing an entry makes a new revision; the earlier ones stay readable in its history.",
    ),
    term(
        "sales tax payable",
        "Sales tax that you collected and owe to the state. It is never your income.",
    ),
    term(
        "settle",
        "Saying which payment pays which invoice or bill. Both are [open items](open item) until then.",
    ),
    term(
        "split",
        "One bank line on several accounts: a store receipt that is partly supplies and partly equipment.",
    ),
    term(
        "subaccount",
        "An account that is part of another of the same type. Reports add it up there.",
    ),
    term(
        "transfer",
        "Money from one of your own accounts to another, such as paying the card from checking. It is neither income nor expense.",
    ),
    term(
        "trial balance",
        "All accounts with their balances in two columns, debit and credit. Both columns have the same total, always; if they did not, \
         the books would be broken.",
    ),
    term(
        "uncategorized",
        "Where amounts wait whose account nobody has chosen. Before a period is closed, nothing should be left there.",
    ),
    term(
        "undeposited funds",
        "Payments you have received and not yet taken to the bank. One deposit of five checks moves them to the bank account together, as \
         the bank shows them.",
    ),
    term(
        "void",
        "Taking an entry back: it keeps its number and its lines and counts nothing. Reports are as if it had never been made; the \
         [audit log] shows that it was.",
    ),
    term(
        "write-off",
        "Giving up an amount that will not be paid. It goes to Bad Debts.",
    ),
];
