//! The chart of accounts as reports read it: as it stands, or as it stood after a change.

use std::collections::HashMap;

use ledger::accounts::{AccountRole, AccountType, CashFlow};
use ledger::statements::DisposalPart;
use tenancy::{Read, TenantTx};

use crate::Error;
use crate::accounts::{Account, Chart, Merges};

/// An account as it was known.
pub(super) struct KnownAccount {
    pub(super) id: i64,
    pub(super) number: Option<String>,
    pub(super) name: String,
    pub(super) parent_id: Option<i64>,
    pub(super) account_type: AccountType,
    pub(super) role: Option<AccountRole>,
    pub(super) cash_flow: CashFlow,
    /// What it is to an entry that gives an asset up.
    pub(super) disposal: Option<DisposalPart>,
    pub(super) active: bool,
    is_merged: bool,
}

/// All accounts as they were known.
pub(super) struct KnownChart {
    accounts: HashMap<i64, KnownAccount>,
    merges: Merges,
}

impl KnownAccount {
    fn of(account: Account) -> Self {
        let detail_type = account.detail_type.as_deref();
        let usual = || CashFlow::usual(account.account_type, detail_type);
        let cash_flow = account.cash_flow.unwrap_or_else(usual);
        Self {
            id: account.id,
            cash_flow,
            disposal: DisposalPart::of(account.account_type, cash_flow, detail_type),
            number: account.number,
            name: account.name,
            parent_id: account.parent_id,
            account_type: account.account_type,
            role: account.role,
            active: account.active,
            is_merged: account.merged_into.is_some(),
        }
    }
}

impl KnownChart {
    /// As it stands.
    pub(super) async fn now(tx: &mut TenantTx<Read>) -> Result<Self, Error> {
        Ok(Self::of(Chart::load(tx).await?))
    }

    /// As it stood after a change.
    pub(super) async fn at(tx: &mut TenantTx<Read>, n: i64) -> Result<Self, Error> {
        Ok(Self::of(Chart::load_at(tx, n).await?))
    }

    fn of(chart: Chart) -> Self {
        let merges = chart.merges();
        let accounts = chart.into_accounts().into_iter();
        Self {
            accounts: accounts
                .map(|account| (account.id, KnownAccount::of(account)))
                .collect(),
            merges,
        }
    }

    /// The accounts that have rows of their own: those that were not merged into another.
    pub(super) fn shown(&self) -> impl Iterator<Item = &KnownAccount> {
        self.accounts.values().filter(|account| !account.is_merged)
    }

    /// An account, merged or not.
    pub(super) fn account(&self, account_id: i64) -> Option<&KnownAccount> {
        self.accounts.get(&account_id)
    }

    /// The account that an account's amounts are shown with: itself, or what it was merged into, at any remove.
    pub(super) fn shown_as(&self, account_id: i64) -> i64 {
        self.merges.shown_as(account_id)
    }

    /// Each account that was merged and the one that it is shown as: two columns for a query.
    pub(super) fn merged(&self) -> (Vec<i64>, Vec<i64>) {
        self.merges.columns()
    }

    /// The accounts, merged ones among them, whose amounts are shown with an account that fits.
    pub(super) fn ids_shown_as(&self, fits: impl Fn(&KnownAccount) -> bool) -> Vec<i64> {
        let shown = self.accounts.keys().copied();
        shown
            .filter(|id| self.accounts.get(&self.shown_as(*id)).is_some_and(&fits))
            .collect()
    }
}
