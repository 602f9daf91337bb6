//! A company's books by raw SQL, and the three hands that try what must not be.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use sqlx::{AssertSqlSafe, PgConnection, Pool, Postgres, Transaction};
use tenancy::{Capability, Cx, Error, Opened, RefusalCode, RequestKey, SCHEMA_VERSION, TenantTx, Write};
use testkit::Kit;

/// Accounts, by the order in which they are made. The last two are not to be posted on: one is inactive, one in another currency.
pub const CHECKING: i64 = 1;
pub const RENT: i64 = 2;
pub const RECEIVABLE: i64 = 3;
pub const PAYABLE: i64 = 4;
pub const UNDEPOSITED: i64 = 5;
pub const SAVINGS: i64 = 6;
pub const CLOSED: i64 = 7;
pub const EURO: i64 = 8;

/// Contacts.
pub const NORD: i64 = 1;
pub const HARBOR: i64 = 2;

/// A company with a chart of accounts, two contacts, a series of journal entries and a bank account on Checking.
#[derive(Debug)]
pub struct Books {
    kit: &'static Kit,
    pub cx: Cx,
    superuser: Pool<Postgres>,
}

/// Who tries: the company's role inside its own transaction, the owner of the books' tables, or a superuser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hand {
    Company,
    Owner,
    Superuser,
}

/// An open change, by whatever hand.
pub enum Writing {
    Company(TenantTx<Write>),
    Owner(Transaction<'static, Postgres>),
}

impl Deref for Writing {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        match self {
            Self::Company(tx) => tx,
            Self::Owner(tx) => tx,
        }
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut PgConnection {
        match self {
            Self::Company(tx) => tx,
            Self::Owner(tx) => tx,
        }
    }
}

impl Writing {
    pub async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Company(tx) => tx.commit(&()).await,
            Self::Owner(tx) => Ok(tx.commit().await?),
        }
    }
}

impl Books {
    pub async fn new(kit: &'static Kit) -> Self {
        let cx = kit.company("Juniper Cycles").await;
        let books = Self {
            kit,
            superuser: kit.superuser(&cx).await,
            cx,
        };
        books
            .write(
                "insert into company (name, entity_type, currency, time_zone, basis, fiscal_year_first_month)
                     values ('Juniper Cycles', 'llc', 'USD', 'UTC', 'accrual', 1);
                 insert into account (name, type, role, currency, active) values
                     ('Checking', 'bank', null, 'USD', true), ('Rent', 'expense', null, 'USD', true),
                     ('Receivable', 'accounts_receivable', null, 'USD', true), ('Payable', 'accounts_payable', null, 'USD', true),
                     ('Undeposited', 'other_current_asset', 'undeposited_funds', 'USD', true), ('Savings', 'bank', null, 'USD', true),
                     ('Closed', 'expense', null, 'USD', true), ('Euro', 'bank', null, 'EUR', true);
                 insert into contact (name, customer, vendor) values ('Nord', true, true), ('Harbor', true, true);
                 insert into series (kind, prefix, next) values ('journal_entry', 'JE-', 1);
                 insert into bank_account (account_id) values (1)",
            )
            .await;
        books
            .write("update account set active = false where name = 'Closed'")
            .await;
        books
    }

    /// Opens a change by a hand.
    pub async fn open(&self, hand: Hand) -> Writing {
        if hand == Hand::Company {
            return match self
                .cx
                .write(Capability::Journal, &RequestKey::fresh())
                .await
                .expect("a change")
            {
                Opened::Change(tx) => Writing::Company(tx),
                Opened::Repeated(_) => panic!("a fresh key was used before"),
            };
        }
        let mut tx = self.outside(hand).await;
        let opening = format!(
            "select change_open('{}', {SCHEMA_VERSION}, '{}', 'operator', 'operator:test', 'system', 'test')",
            self.cx.tenant().id,
            RequestKey::fresh().as_str()
        );
        sqlx::query("reset role")
            .execute(&mut *tx)
            .await
            .expect("a superuser again");
        run(&mut tx, &opening).await.expect("a change");
        self.take_role(&mut tx, hand).await;
        Writing::Owner(tx)
    }

    /// A transaction on the company's tables that opened no change.
    pub async fn outside(&self, hand: Hand) -> Transaction<'static, Postgres> {
        let schema = self.cx.tenant().id.schema();
        let mut tx = self
            .superuser
            .begin_with(AssertSqlSafe(format!(
                "begin; set local search_path = {schema}, pg_temp"
            )))
            .await
            .expect("a transaction");
        self.take_role(&mut tx, hand).await;
        tx
    }

    async fn take_role(&self, tx: &mut PgConnection, hand: Hand) {
        let role = match hand {
            Hand::Company => self.cx.tenant().id.schema(),
            Hand::Owner => self.kit.tenancy.names().ledger(),
            Hand::Superuser => return,
        };
        run(tx, &format!("set local role {role}"))
            .await
            .expect("a superuser takes any role");
    }

    /// Runs statements, separated by semicolons, in one change of the company's and keeps it.
    pub async fn write(&self, statements: &str) {
        let mut tx = self.open(Hand::Company).await;
        run(&mut tx, statements).await.expect(statements);
        tx.commit().await.expect(statements);
    }

    /// One number.
    pub async fn number(&self, query: &str) -> i64 {
        let mut tx = self
            .cx
            .read(Capability::ReadBooks)
            .await
            .expect("a reading transaction");
        sqlx::query_scalar(AssertSqlSafe(query.to_owned()))
            .fetch_one(&mut *tx)
            .await
            .expect(query)
    }

    /// Every hand tries the statements in a change, and gets this refusal, at once or when it commits.
    pub async fn refused(&self, statements: &str, code: RefusalCode) {
        for hand in [Hand::Company, Hand::Owner, Hand::Superuser] {
            assert_eq!(
                self.attempt(hand, statements).await,
                Some(code),
                "{hand:?}: {statements}"
            );
        }
    }

    /// The company's role has no grant for it, and whoever needs none gets this refusal.
    pub async fn never(&self, statements: &str, code: RefusalCode) {
        assert_eq!(
            self.attempt(Hand::Company, statements).await,
            Some(RefusalCode::NotPermitted),
            "{statements}"
        );
        for hand in [Hand::Owner, Hand::Superuser] {
            assert_eq!(
                self.attempt(hand, statements).await,
                Some(code),
                "{hand:?}: {statements}"
            );
        }
    }

    /// The company's role may do it; nothing of it is kept.
    pub async fn allowed(&self, statements: &str) {
        let mut tx = self.open(Hand::Company).await;
        run(&mut tx, statements).await.expect(statements);
        // As a commit would look at it.
        run(&mut tx, "set constraints all immediate").await.expect(statements);
    }

    async fn attempt(&self, hand: Hand, statements: &str) -> Option<RefusalCode> {
        let mut tx = self.open(hand).await;
        let outcome = match run(&mut tx, statements).await {
            Ok(()) => tx.commit().await,
            Err(error) => Err(error),
        };
        let error = outcome.err()?;
        Some(
            error
                .refusal()
                .unwrap_or_else(|| panic!("{hand:?}: {statements}: {error:?}"))
                .code,
        )
    }

    /// Two writers at once: the second waits while the first writes and commits. Gives what the second got.
    pub async fn race(&self, first: &str, second: &str) -> Result<(), Error> {
        let mut one = self.open(Hand::Company).await;
        run(&mut one, first).await.expect(first);
        let (kept, refused) = tokio::join!(
            async {
                tokio::time::sleep(Duration::from_millis(150)).await;
                one.commit().await
            },
            async {
                let mut two = self.open(Hand::Company).await;
                run(&mut two, second).await?;
                two.commit().await
            }
        );
        kept.expect("the first is kept");
        refused
    }
}

/// Runs statements one by one. `{n}` is the number of the open change.
pub async fn run(connection: &mut PgConnection, statements: &str) -> Result<(), Error> {
    for statement in statements.split(';') {
        let statement = statement.replace("{n}", "(select change_current())");
        sqlx::query(AssertSqlSafe(statement)).execute(&mut *connection).await?;
    }
    Ok(())
}

/// What refused, of an outcome that must be a refusal.
pub fn code(outcome: Result<(), Error>) -> RefusalCode {
    outcome.expect_err("it was allowed").refusal().expect("a refusal").code
}

/// The values of one posting, for an INSERT of `POSTING`.
pub fn leg(document: i64, line_no: i32, account: i64, date: &str, amount: i64) -> String {
    format!("({document}, {line_no}, {account}, null, null, date '{date}', {amount}, 'USD', {amount}, {{n}})")
}

/// The same on an account whose legs are open items.
pub fn item_leg(document: i64, line_no: i32, account: i64, contact: i64, item: i64, date: &str, amount: i64) -> String {
    format!("({document}, {line_no}, {account}, {contact}, {item}, date '{date}', {amount}, 'USD', {amount}, {{n}})")
}

pub const POSTING: &str = "insert into posting (document_id, line_no, account_id, contact_id, open_item_id, posted_on, amount, currency, base_amount, made_in) values";

/// An issued journal entry without lines; the first of a company is document 1.
pub const ISSUED: &str =
    "insert into document (kind, state, currency, source) values ('journal_entry', 'issued', 'USD', 'person')";

/// Statements that post rent of an amount out of Checking on a date, as the document of that number.
pub fn rent(document: i64, date: &str, amount: i64) -> String {
    format!(
        "{ISSUED}; {POSTING} {}, {}",
        leg(document, 1, RENT, date, amount),
        leg(document, 2, CHECKING, date, -amount)
    )
}

/// Statements that retire every live posting of a document.
pub fn retire(document: i64) -> String {
    format!("update posting set retired_in = {{n}} where document_id = {document} and retired_in is null")
}
