//! The chart of accounts as reports read it: as it stands, or as it stood after a change.

use std::collections::HashMap;

use ledger::accounts::{AccountRole, AccountType, CashFlow};
use tenancy::{Read, TenantTx};

use crate::Error;
use crate::fields::known;

/// How many merges the database lets follow one another.
const MERGES_IN_A_ROW_MAX: usize = 50;

/// An account as it was known.
pub(super) struct KnownAccount {
    pub(super) id: i64,
    pub(super) number: Option<String>,
    pub(super) name: String,
    pub(super) parent_id: Option<i64>,
    pub(super) account_type: AccountType,
    pub(super) role: Option<AccountRole>,
    pub(super) cash_flow: CashFlow,
    pub(super) active: bool,
    merged_into: Option<i64>,
}

/// All accounts as they were known.
pub(super) struct KnownChart(HashMap<i64, KnownAccount>);

/// A row of the chart, as the table or the record has it.
struct Row {
    id: i64,
    number: Option<String>,
    name: String,
    parent_id: Option<i64>,
    account_type: String,
    detail_type: Option<String>,
    role: Option<String>,
    cash_flow: Option<String>,
    active: bool,
    merged_into: Option<i64>,
}

impl KnownChart {
    /// As it stands.
    pub(super) async fn now(tx: &mut TenantTx<Read>) -> Result<Self, Error> {
        let rows = sqlx::query_as!(
            Row,
            "select id, number, name, parent_id, type as account_type, detail_type, role, cash_flow, active, merged_into from account"
        )
        .fetch_all(&mut **tx)
        .await?;
        Self::of(rows)
    }

    /// As it stood after a change: the last image of each account that the record has by then.
    pub(super) async fn at(tx: &mut TenantTx<Read>, n: i64) -> Result<Self, Error> {
        let rows = sqlx::query_as!(
            Row,
            r#"select (a.image ->> 'id')::bigint as "id!", a.image ->> 'number' as number, a.image ->> 'name' as "name!",
                   (a.image ->> 'parent_id')::bigint as parent_id, a.image ->> 'type' as "account_type!", a.image ->> 'detail_type' as detail_type,
                   a.image ->> 'role' as role, a.image ->> 'cash_flow' as cash_flow, (a.image ->> 'active')::boolean as "active!",
                   (a.image ->> 'merged_into')::bigint as merged_into
               from (select distinct on (row_id) bytes from audit_event where source = 'account' and change <= $1 order by row_id, seq desc) e
               cross join lateral (select convert_from(e.bytes, 'UTF8')::jsonb -> 'after' as image) a"#,
            n
        )
        .fetch_all(&mut **tx)
        .await?;
        Self::of(rows)
    }

    fn of(rows: Vec<Row>) -> Result<Self, Error> {
        let accounts = rows.into_iter().map(|row| {
            let account_type = known(AccountType::parse(&row.account_type))?;
            let role = row
                .role
                .as_deref()
                .map(|role| known(AccountRole::parse(role)))
                .transpose()?;
            let cash_flow = match row.cash_flow.as_deref() {
                Some(part) => known(CashFlow::parse(part))?,
                None => CashFlow::usual(account_type, row.detail_type.as_deref()),
            };
            let account = KnownAccount {
                id: row.id,
                number: row.number,
                name: row.name,
                parent_id: row.parent_id,
                account_type,
                role,
                cash_flow,
                active: row.active,
                merged_into: row.merged_into,
            };
            Ok((account.id, account))
        });
        Ok(Self(accounts.collect::<Result<_, Error>>()?))
    }

    /// The accounts that have rows of their own: those that were not merged into another.
    pub(super) fn shown(&self) -> impl Iterator<Item = &KnownAccount> {
        self.0.values().filter(|account| account.merged_into.is_none())
    }

    /// The account that an account's amounts are shown with: itself, or what it was merged into, at any remove.
    pub(super) fn shown_as(&self, account_id: i64) -> i64 {
        let mut at = account_id;
        for _ in 0..=MERGES_IN_A_ROW_MAX {
            match self.0.get(&at).and_then(|account| account.merged_into) {
                Some(into) => at = into,
                None => break,
            }
        }
        at
    }
}
