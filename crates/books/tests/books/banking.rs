//! From a bank's statement to the books: imports, the review list, and taking both back.

mod files;
mod matching;
mod numbers;
mod races;
mod reference_files;
mod review;
mod selected;
mod size;
mod taken_back;
mod undo;
mod uploads;

use books::review::{Coding, LineFilter, LineSort, LineState, ReviewLine, line_code, review_list};
use books::statements::{StatementChoice, StatementImported, StatementSource, statement_import};
use books::{Error, Problem};
use tenancy::{Capability, Cx, Direction, Opened, RequestKey, Seek};
use time::Date;

use crate::fixture::account;

/// A transaction of a statement: day, amount, the bank's identifier, name.
type Transaction<'a> = (&'a str, &'a str, &'a str, &'a str);

/// A statement in dollars of one checking account.
fn statement(number: &str, transactions: &[Transaction<'_>]) -> Vec<u8> {
    file(&[account_statement(number, "USD", "", transactions)])
}

fn file(statements: &[String]) -> Vec<u8> {
    format!(
        "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX>\n<BANKMSGSRSV1>\n{}</BANKMSGSRSV1>\n</OFX>\n",
        statements.concat()
    )
    .into_bytes()
}

/// One account's part of a file. `closing` is what stands after the transactions: a balance, or nothing.
fn account_statement(number: &str, currency: &str, closing: &str, transactions: &[Transaction<'_>]) -> String {
    let lines: String = transactions
        .iter()
        .map(|(day, amount, id, name)| {
            format!("<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{id}<NAME>{name}</STMTTRN>\n")
        })
        .collect();
    format!(
        "<STMTTRNRS><STMTRS><CURDEF>{currency}<BANKACCTFROM><BANKID>121000358<ACCTID>{number}<ACCTTYPE>CHECKING</BANKACCTFROM>\n\
         <BANKTRANLIST>\n{lines}</BANKTRANLIST>{closing}</STMTRS></STMTTRNRS>\n"
    )
}

fn balance_of(amount: &str, day: &str) -> String {
    format!("<LEDGERBAL><BALAMT>{amount}<DTASOF>{day}</LEDGERBAL>")
}

fn source(bytes: Vec<u8>) -> StatementSource {
    StatementSource::Bytes {
        file_name: "october.qfx".to_owned(),
        bytes,
    }
}

/// The choice for a file of one account.
fn plainly(account_id: i64) -> Vec<StatementChoice> {
    vec![StatementChoice {
        of_file: String::new(),
        account_id,
    }]
}

async fn try_import(cx: &Cx, account_name: &str, bytes: Vec<u8>) -> Result<StatementImported, Error> {
    let account_id = account(cx, account_name).await;
    statement_import(cx, source(bytes), &plainly(account_id), &RequestKey::fresh()).await
}

async fn import(cx: &Cx, account_name: &str, bytes: Vec<u8>) -> StatementImported {
    try_import(cx, account_name, bytes)
        .await
        .expect("the statement is imported")
}

/// The bank account whose lines an import brought.
fn bank_account(imported: &StatementImported) -> i64 {
    imported.bank_account_id.expect("a bank account")
}

fn new_known_doubtful(imported: &StatementImported) -> [usize; 3] {
    [imported.counts.new, imported.counts.known, imported.counts.doubtful]
}

/// All lines of a bank account, oldest first.
async fn lines(cx: &Cx, bank_account_id: i64) -> Vec<ReviewLine> {
    let filter = LineFilter {
        bank_account_id,
        ..LineFilter::default()
    };
    review_list(cx, &filter, LineSort::Date, Direction::Ascending, &Seek::First, 100)
        .await
        .expect("a list")
        .rows
}

/// The line of that name.
async fn line(cx: &Cx, bank_account_id: i64, name: &str) -> ReviewLine {
    lines(cx, bank_account_id)
        .await
        .into_iter()
        .find(|line| line.name == name)
        .expect("a line of that name")
}

fn coding(account_id: i64) -> Coding {
    Coding {
        account_id,
        contact_id: None,
        description: String::new(),
    }
}

/// Codes the line of that name and gives the document it became.
async fn code(cx: &Cx, bank_account_id: i64, name: &str, account_name: &str) -> i64 {
    let line = line(cx, bank_account_id, name).await;
    let coding = coding(account(cx, account_name).await);
    line_code(cx, line.id, &coding, &RequestKey::fresh())
        .await
        .expect("the line is coded")
        .document_id
}

/// What the books say an account holds over all dates.
async fn balance(cx: &Cx, account_name: &str) -> i64 {
    let account_id = account(cx, account_name).await;
    let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
    sqlx::query_scalar(
        "select coalesce(sum(amount), 0)::bigint from posting where account_id = $1 and retired_in is null",
    )
    .bind(account_id)
    .fetch_one(&mut *tx)
    .await
    .expect("a sum")
}

async fn document_count(cx: &Cx, state: &str) -> i64 {
    let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
    sqlx::query_scalar("select count(*) from document where state = $1")
        .bind(state)
        .fetch_one(&mut *tx)
        .await
        .expect("a count")
}

/// A new revision of a document that says the same, as somebody who edits it makes one.
async fn revise(cx: &Cx, document_id: i64) {
    let Opened::Change(mut tx) = cx
        .write(Capability::Documents, &RequestKey::fresh())
        .await
        .expect("a change")
    else {
        panic!("a fresh key opens a change");
    };
    let n = tx.change();
    sqlx::query("update revision set retired_in = $2 where document_id = $1 and retired_in is null")
        .bind(document_id)
        .bind(n)
        .execute(&mut *tx)
        .await
        .expect("the old revision is retired");
    sqlx::query(
        "with old as (select * from revision where document_id = $1 and retired_in = $2), r as (
            insert into revision (document_id, n, doc_date, contact_id, reference, memo, total, made_in)
            select document_id, n + 1, doc_date, contact_id, reference, 'Looked at again', total, $2 from old returning id)
         insert into document_line (revision_id, line_no, position, account_id, contact_id, description, amount)
         select r.id, l.line_no, l.position, l.account_id, l.contact_id, l.description, l.amount
         from r, old, document_line l where l.revision_id = old.id",
    )
    .bind(document_id)
    .bind(n)
    .execute(&mut *tx)
    .await
    .expect("the new revision is made");
    tx.commit(&()).await.expect("committed");
}

/// The problems of a refusal, as `field: message`.
fn told<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    let problems: Vec<Problem> = result.expect_err("a refusal").problems();
    problems
        .into_iter()
        .map(|problem| format!("{}: {}", problem.field, problem.message))
        .collect()
}

fn day(text: &str) -> Date {
    ledger::dates::parse_date(text, Date::MIN).expect("a date")
}
