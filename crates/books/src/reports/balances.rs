//! What every account holds in each measure of a report: one query over month totals and the postings of the months that its days
//! cut, whatever the number of columns. As known at a change, what was made since is taken away from what is now, and what was
//! retired since is put back: a recent change reads few postings.

use std::collections::{BTreeSet, HashMap};

use ledger::accounts::{AccountType, CashFlow, Statement as StatementOf};
use ledger::money::AmountOverflow;
use ledger::statements::{self, AccountBalance, Balances, Measure, Plan, Shown, Statement};
use tenancy::{Read, TenantTx};
use time::Date;

use super::chart::{KnownAccount, KnownChart};
use super::statement::single_plan;
use super::{DayEnd, Frame, Moment, day_before};
use crate::Error;

/// What of an account a report shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reading {
    /// What moved on the measure's days.
    Moved,
    /// Income and expenses of the measure's days, everything else of all time.
    YearSoFar,
    /// What the accounts of the balance sheet held before the measure's days.
    Before,
}

impl Reading {
    fn is_moved(self, account_type: AccountType) -> bool {
        self == Self::Moved || earns(account_type)
    }
}

fn earns(account_type: AccountType) -> bool {
    account_type.statement() == StatementOf::ProfitAndLoss
}

/// Reads what every account holds in each measure.
pub(crate) async fn measured(
    tx: &mut TenantTx<Read>,
    moment: Moment,
    measures: &[Measure],
    reading: Reading,
) -> Result<Balances, Error> {
    Ok(Measured::read(tx, moment, measures)
        .await?
        .balances(reading, RowsBy::Type)?)
}

/// What every account held before and at the end of each measure's days, at one moment or at two.
pub(super) struct Measured {
    measures: Vec<Measure>,
    pub(super) moments: Vec<KnownBooks>,
}

/// The books as they were known at a moment, and the measures that are read of them.
pub(super) struct KnownBooks {
    pub(super) chart: KnownChart,
    /// The last change that is known; none of the books as they stand.
    pub(super) change: Option<i64>,
    held: Held,
    which: Which,
}

/// When an account of two moments has one row, and when a row a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RowsBy {
    /// Where its type was another.
    Type,
    /// Where its type or its part of the cash flow was another.
    CashFlow,
}

impl Measured {
    pub(super) async fn read(tx: &mut TenantTx<Read>, moment: Moment, measures: &[Measure]) -> Result<Self, Error> {
        let days: BTreeSet<Date> = measures
            .iter()
            .flat_map(|measure| [day_before(measure.from), measure.to])
            .collect();
        let days: Vec<Date> = days.into_iter().collect();
        let now = Held::now(tx, &days).await?;
        let known = |chart, held: Held, change, which| KnownBooks {
            held: held.folded(&chart),
            chart,
            change,
            which,
        };
        let moments = match moment {
            Moment::Now => vec![known(KnownChart::now(tx).await?, now, None, Which::All)],
            Moment::Change(n) => {
                let then = now.as_known_at(tx, n).await?;
                let mut moments = vec![known(KnownChart::at(tx, n).await?, then, Some(n), Which::Known)];
                if measures.iter().any(|measure| measure.is_now) {
                    moments.push(known(KnownChart::now(tx).await?, now, None, Which::Now));
                }
                moments
            }
        };
        Ok(Self {
            measures: measures.to_vec(),
            moments,
        })
    }

    /// What of each account a report shows.
    pub(super) fn balances(&self, reading: Reading, rows_by: RowsBy) -> Result<Balances, AmountOverflow> {
        let mut together = Together::new(self.measures.len(), rows_by);
        for known in &self.moments {
            for (place, measure) in known.measures(&self.measures) {
                together.add(place, &known.chart, &known.held, measure, reading)?;
            }
        }
        Ok(together.balances())
    }
}

impl KnownBooks {
    /// Its measures, each with its place among all.
    pub(super) fn measures(&self, all: &[Measure]) -> Vec<(usize, Measure)> {
        let own = all
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, measure)| self.which.reads(*measure));
        own.collect()
    }
}

/// Which measures a chart and its balances are of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    Known,
    Now,
}

impl Which {
    const fn reads(self, measure: Measure) -> bool {
        match self {
            Self::All => true,
            Self::Known => !measure.is_now,
            Self::Now => measure.is_now,
        }
    }
}

/// What accounts hold at the end of some days, in their order.
#[derive(Clone, Debug)]
pub(super) struct Held {
    days: Vec<Date>,
    /// Minor units, debit positive, one a day.
    amounts: HashMap<i64, Vec<i128>>,
}

impl Held {
    pub(super) fn none(days: &[Date]) -> Self {
        Self {
            days: days.to_vec(),
            amounts: HashMap::new(),
        }
    }

    fn of(&mut self, account_id: i64) -> &mut [i128] {
        let days = self.days.len();
        self.amounts.entry(account_id).or_insert_with(|| vec![0; days])
    }

    pub(super) fn at(&self, account_id: i64, day: Date) -> i128 {
        let place = self.days.binary_search(&day).ok();
        let amounts = self.amounts.get(&account_id);
        amounts
            .zip(place)
            .and_then(|(amounts, place)| amounts.get(place).copied())
            .unwrap_or(0)
    }

    /// As the books stand. A month total counts from the first day on whose whole months it is among.
    pub(super) async fn now(tx: &mut TenantTx<Read>, days: &[Date]) -> Result<Self, Error> {
        let ends: Vec<DayEnd> = days.iter().copied().map(DayEnd::of).collect();
        let months_before: Vec<Date> = ends.iter().map(|end| end.months_before).collect();
        let from: Vec<Date> = ends.iter().map(|end| end.from).collect();
        let until: Vec<Date> = ends.iter().map(|end| end.until).collect();
        let sign: Vec<i64> = ends.iter().map(|end| end.sign).collect();
        let rows = sqlx::query!(
            r#"select t.account_id as "account_id!", width_bucket(t.month, $1::date[]) as "place!", true as "onward!", sum(t.amount)::bigint as "amount!"
               from month_total t where t.month < $5 group by 1, 2
               union all
               select p.account_id, (e.place - 1)::integer, false, (e.sign * p.amount)::bigint
               from unnest($2::date[], $3::date[], $4::bigint[]) with ordinality as e (from_day, until_day, sign, place)
               cross join lateral (
                   select account_id, sum(amount) as amount from posting
                   where retired_in is null and posted_on >= e.from_day and posted_on < e.until_day and e.from_day < e.until_day
                   group by account_id
               ) p"#,
            &months_before,
            &from,
            &until,
            &sign,
            months_before.last().copied().unwrap_or(Date::MIN)
        )
        .fetch_all(&mut **tx)
        .await?;
        let mut held = Self::none(days);
        for row in rows {
            let place = usize::try_from(row.place).unwrap_or(0);
            held.add(row.account_id, place, row.onward, row.amount);
        }
        Ok(held)
    }

    /// Adds an amount to a day, or to that day and all after it.
    pub(super) fn add(&mut self, account_id: i64, place: usize, onward: bool, amount: i64) {
        let count = if onward { self.days.len() } else { 1 };
        for held in self.of(account_id).iter_mut().skip(place).take(count) {
            *held += i128::from(amount);
        }
    }

    /// The same as it was known after a change.
    pub(super) async fn as_known_at(&self, tx: &mut TenantTx<Read>, n: i64) -> Result<Self, Error> {
        let rows = sqlx::query!(
            r#"select s.account_id as "account_id!", width_bucket(s.posted_on - 1, $2::date[]) as "place!", sum(s.amount)::bigint as "amount!" from (
                   select account_id, posted_on, -amount as amount from posting where made_in > $1 and retired_in is null
                   union all
                   select account_id, posted_on, amount from posting where retired_in > $1 and made_in <= $1
               ) s group by 1, 2"#,
            n,
            &self.days
        )
        .fetch_all(&mut **tx)
        .await?;
        let mut known = self.clone();
        for row in rows {
            known.add(
                row.account_id,
                usize::try_from(row.place).unwrap_or(0),
                true,
                row.amount,
            );
        }
        Ok(known)
    }

    /// With the amounts of merged accounts at the accounts they are shown as.
    fn folded(&self, chart: &KnownChart) -> Self {
        let mut folded = Self::none(&self.days);
        for (account_id, amounts) in &self.amounts {
            let shown_as = chart.shown_as(*account_id);
            for (sum, amount) in folded.of(shown_as).iter_mut().zip(amounts) {
                *sum += amount;
            }
        }
        folded
    }
}

/// The accounts of one chart, or of two: then and now.
struct Together {
    measures: usize,
    accounts: Vec<AccountBalance>,
    rows_by: RowsBy,
    places: HashMap<(i64, AccountType, Option<CashFlow>), usize>,
    retained_before: Vec<i64>,
}

impl Together {
    fn new(measures: usize, rows_by: RowsBy) -> Self {
        Self {
            measures,
            rows_by,
            accounts: Vec::new(),
            places: HashMap::new(),
            retained_before: vec![0; measures],
        }
    }

    /// Adds what a measure reads of a chart.
    fn add(
        &mut self,
        place: usize,
        chart: &KnownChart,
        held: &Held,
        measure: Measure,
        reading: Reading,
    ) -> Result<(), AmountOverflow> {
        let mut earned_before: i128 = 0;
        for account in chart.shown() {
            let before = held.at(account.id, day_before(measure.from));
            let amount = match reading {
                Reading::Before if earns(account.account_type) => 0,
                Reading::Before => before,
                _ if reading.is_moved(account.account_type) => held.at(account.id, measure.to) - before,
                _ => held.at(account.id, measure.to),
            };
            if earns(account.account_type) {
                earned_before -= before;
            }
            self.balance(account).amounts[place] = i64::try_from(amount).map_err(|_| AmountOverflow)?;
        }
        self.retained_before[place] = i64::try_from(earned_before).map_err(|_| AmountOverflow)?;
        Ok(())
    }

    /// An account's balance; the newest chart names it.
    fn balance(&mut self, account: &KnownAccount) -> &mut AccountBalance {
        let named = |amounts| AccountBalance {
            account_id: account.id,
            parent_id: account.parent_id,
            number: account.number.clone(),
            name: account.name.clone(),
            account_type: account.account_type,
            role: account.role,
            cash_flow: account.cash_flow,
            active: account.active,
            amounts,
        };
        let next = self.accounts.len();
        let part = (self.rows_by == RowsBy::CashFlow).then_some(account.cash_flow);
        let row = (account.id, account.account_type, part);
        let place = *self.places.entry(row).or_insert(next);
        if place == next {
            self.accounts.push(named(vec![0; self.measures]));
        } else {
            let amounts = std::mem::take(&mut self.accounts[place].amounts);
            self.accounts[place] = named(amounts);
        }
        &mut self.accounts[place]
    }

    fn balances(self) -> Balances {
        Balances {
            accounts: self.accounts,
            retained_before: self.retained_before,
        }
    }
}

/// What the trial balance of a day shows of each account, as the books stand: the amounts of one measure.
pub(crate) async fn balances_at(tx: &mut TenantTx<Read>, frame: &Frame, day: Date) -> Result<Balances, Error> {
    let measure = Measure {
        from: frame.years.start_of(day),
        to: day,
        is_now: false,
    };
    measured(tx, Moment::Now, &[measure], Reading::YearSoFar).await
}

/// The balance sheet at the end of a day, as the books stand.
pub(crate) async fn balance_sheet_of(tx: &mut TenantTx<Read>, frame: &Frame, as_of: Date) -> Result<Statement, Error> {
    let balances = balances_at(tx, frame, as_of).await?;
    let plan: Plan = single_plan(frame.years.start_of(as_of), as_of);
    Ok(statements::balance_sheet(
        frame.currency,
        plan,
        &balances,
        Shown::default(),
    )?)
}
