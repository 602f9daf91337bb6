//! Changing an account. A new type moves its whole history, with what is below it, to another part of the reports; another place in
//! the cash flows moves its own.

use ledger::accounts::{AccountType, CashFlow, DetailType};
use sqlx::PgConnection;
use tenancy::{Capability, Cx, RequestKey};

use super::create::{NewAccount, Texts};
use super::{Account, Chart, moved};
use crate::fields::accept;
use crate::{Error, Problem};

/// What an account is to be: everything that can be changed of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountChange {
    /// See [`NewAccount::number`].
    pub number: String,
    /// See [`NewAccount::name`].
    pub name: String,
    /// Its type: another one of the same statement moves its history, and its subaccounts along with it.
    pub account_type: AccountType,
    /// See [`NewAccount::detail_type`].
    pub detail_type: String,
    /// See [`NewAccount::parent_id`].
    pub parent_id: Option<i64>,
    /// See [`NewAccount::description`].
    pub description: String,
    /// See [`NewAccount::tax_line`].
    pub tax_line: String,
    /// See [`NewAccount::cash_flow`].
    pub cash_flow: Option<CashFlow>,
    /// Whether it may be posted to. A system account always may.
    pub active: bool,
    /// Whether somebody said that history of locked periods is to move, where a new type or place in the cash flows moves such.
    pub moves_locked: bool,
    /// The version of the account that this was made from; none changes whatever is there by now.
    pub version: Option<i64>,
}

impl AccountChange {
    /// A change that leaves everything as it is, made from the account's version where that is known.
    pub fn of(account: &Account) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            number: text(&account.number),
            name: account.name.clone(),
            account_type: account.account_type,
            detail_type: text(&account.detail_type),
            parent_id: account.parent_id,
            description: text(&account.description),
            tax_line: text(&account.tax_line),
            cash_flow: account.cash_flow,
            active: account.active,
            moves_locked: false,
            version: account.version,
        }
    }

    /// Whether it moves the account's history to another part of the statement of cash flows: by that part, or by a detail type that
    /// stands elsewhere.
    pub fn moves_flows(&self, account: &Account) -> bool {
        let said = Some(self.detail_type.trim()).filter(|text| !text.is_empty());
        let code = said.map(|text| DetailType::find(self.account_type, text).map_or(text, |detail| detail.code));
        let usual = || CashFlow::usual(self.account_type, code);
        self.cash_flow.unwrap_or_else(usual) != account.flows()
    }

    fn as_new(&self) -> NewAccount {
        NewAccount {
            number: self.number.clone(),
            name: self.name.clone(),
            account_type: self.account_type,
            detail_type: self.detail_type.clone(),
            parent_id: self.parent_id,
            description: self.description.clone(),
            tax_line: self.tax_line.clone(),
            cash_flow: self.cash_flow,
        }
    }
}

/// Changes an account. With a new type its subaccounts, and what was merged into any of them, get that type too; their detail types
/// that are other types' become its usual one.
///
/// # Errors
/// `Invalid` at `number`, `name`, `type`, `detail_type`, `parent`, `description`, `tax_line`, `active`, or at `moves_locked` where
/// history of a locked period would move unasked; `Stale` when `version` is not the live one; `NotFound`.
pub async fn account_update(cx: &Cx, id: i64, change: &AccountChange, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let chart = Chart::load(&mut tx).await?;
    let account = chart.get(id).ok_or(Error::NotFound("that account"))?;
    if let Some(made_from) = change.version {
        let live = version_of(&mut tx, id).await?;
        if live != made_from {
            return Err(Error::Stale { live });
        }
    }
    let is_retyped = change.account_type != account.account_type;
    let mut problems = Vec::new();
    let texts = Texts::checked(&change.as_new(), &mut problems);
    if let Some(target) = account.merged_into.and_then(|target| chart.get(target)) {
        problems.push(Problem::of_form(format!(
            "It was merged into {}. Undo the merge first, then change it.",
            target.label()
        )));
    }
    if is_retyped {
        problems.extend(chart.retype_problem(account, change.account_type));
    }
    if is_retyped || change.parent_id != account.parent_id {
        problems.extend(chart.parent_problem(Some(account), change.account_type, change.parent_id));
    }
    if change.active != account.active {
        problems.extend(chart.activity_problem(account, change.active, change.parent_id));
    }
    accept(problems)?;
    let along: Vec<&Account> = match is_retyped {
        true => chart.moves_along(id),
        false => vec![account],
    };
    let ids: Vec<i64> = along.iter().map(|account| account.id).collect();
    if !change.moves_locked && is_retyped {
        moved::refuse_locked(&mut tx, &ids).await?;
    } else if !change.moves_locked && change.moves_flows(account) {
        // What was merged into it stands where it does.
        moved::refuse_locked(&mut tx, &chart.merges().ids_shown_as(id)).await?;
    }
    // An account that never had a detail type gets none because something else of it changes.
    let keeps_none = !is_retyped && account.detail_type.is_none() && change.detail_type.trim().is_empty();
    let detail_types: Vec<Option<String>> = along
        .iter()
        .map(|moved| match moved.id == id {
            true if keeps_none => None,
            true => Some(texts.detail_type.clone()),
            false => detail_type_as(change.account_type, moved),
        })
        .collect();
    sqlx::query!(
        "update account a set type = $2, detail_type = u.detail_type,
            number = case when a.id = $1 then $3 else a.number end, name = case when a.id = $1 then $4 else a.name end,
            parent_id = case when a.id = $1 then $5 else a.parent_id end, description = case when a.id = $1 then $6 else a.description end,
            tax_line = case when a.id = $1 then $7 else a.tax_line end, cash_flow = case when a.id = $1 then $8 else a.cash_flow end,
            active = case when a.id = $1 then $9 else a.active end
         from unnest($10::bigint[], $11::text[]) as u (id, detail_type) where a.id = u.id",
        id,
        change.account_type.code(),
        texts.number,
        texts.name,
        change.parent_id,
        texts.description,
        texts.tax_line,
        change.cash_flow.map(CashFlow::code),
        change.active,
        &ids,
        &detail_types as &[Option<String>]
    )
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit(&()).await?)
}

/// The change that last touched an account.
pub(super) async fn version_of(connection: &mut PgConnection, id: i64) -> Result<i64, Error> {
    let change = sqlx::query_scalar!(
        "select change from audit_event where source = 'account' and row_id = $1 order by seq desc limit 1",
        id.to_string()
    )
    .fetch_optional(connection)
    .await?;
    Ok(change.unwrap_or_default())
}

/// The detail type of an account that moves along to a type: a text of its own stays, another type's becomes the usual one.
fn detail_type_as(account_type: AccountType, moved: &Account) -> Option<String> {
    let text = moved.detail_type.as_ref()?;
    let is_anothers = DetailType::find(account_type, text).is_none() && !DetailType::types_of(text).is_empty();
    Some(match is_anothers {
        true => DetailType::usual(account_type).to_owned(),
        false => text.clone(),
    })
}
