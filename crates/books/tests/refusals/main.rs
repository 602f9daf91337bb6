//! What the database itself refuses, for every role: tried by raw SQL as the company's role, as the owner of the books and as a
//! superuser, and by two writers at once where a race is conceivable. Nothing of `books` is used here.

mod accounts;
mod balance;
mod changes;
mod control_accounts;
mod fixture;
mod history;
mod inactive_accounts;
mod locks;
mod matches;
mod month_totals;
mod open_item_totals;
mod recurring;
mod series;
mod settlements;
mod years;
