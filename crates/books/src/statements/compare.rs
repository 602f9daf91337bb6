//! A file's lines against the lines that are there.

use feeds::{Doubt, StatementLine, line_identities};
use tenancy::{Mode, TenantTx};

use crate::Error;

/// Longest name, memo, check number and doubt that a bank line keeps, in characters.
const TEXT_MAX: usize = 1_000;
const CHECK_NUMBER_MAX: usize = 40;
const DOUBT_MAX: usize = 300;

/// A line as it would be kept.
pub(super) struct JudgedLine {
    pub(super) identity: String,
    pub(super) line: StatementLine,
    pub(super) currency: String,
    /// Why it cannot be accepted as it is; judged by the currency of the account in the chart too.
    pub(super) doubt: Option<String>,
}

/// What a file's lines are to the lines that are there.
#[derive(Default)]
pub(super) struct Comparison {
    /// The places of the lines that were never there.
    pub(super) fresh: Vec<usize>,
    /// The places of the lines that are there.
    pub(super) known: Vec<usize>,
    /// The ids of lines that an undone import left behind: they come back.
    pub(super) withdrawn: Vec<i64>,
    /// How many are to be reviewed.
    pub(super) new: usize,
    /// How many are in doubt.
    pub(super) doubtful: usize,
}

/// An account's lines with their identities. The identity names the account of the chart: the bank's number is kept sealed.
pub(super) fn judge(lines: Vec<StatementLine>, account_id: i64, currency: &str) -> Vec<JudgedLine> {
    let identities = line_identities(&account_id.to_string(), &lines);
    let judged = lines.into_iter().zip(identities).map(|(mut line, identity)| {
        let of_line = line.currency.take().unwrap_or_else(|| currency.to_owned());
        if of_line != currency {
            line.amount = None;
            line.doubt = Some(Doubt::OtherCurrency {
                line: of_line.clone(),
                account: currency.to_owned(),
            });
        }
        shorten(&mut line.name, TEXT_MAX);
        shorten(&mut line.memo, TEXT_MAX);
        if let Some(number) = &mut line.check_number {
            shorten(number, CHECK_NUMBER_MAX);
        }
        let doubt = line.doubt.take().map(|doubt| {
            let mut reason = doubt.to_string();
            shorten(&mut reason, DOUBT_MAX);
            reason
        });
        JudgedLine {
            identity: identity.as_str().to_owned(),
            line,
            currency: of_line,
            doubt,
        }
    });
    judged.collect()
}

/// Compares an account's lines with those that its bank account has.
pub(super) async fn compare<M: Mode>(
    tx: &mut TenantTx<M>,
    bank_account_id: Option<i64>,
    lines: &[JudgedLine],
) -> Result<Comparison, Error> {
    let mut comparison = Comparison::default();
    let mut is_there = vec![false; lines.len()];
    if let Some(bank_account_id) = bank_account_id {
        let identities: Vec<&str> = lines.iter().map(|line| line.identity.as_str()).collect();
        let there = sqlx::query!(
            r#"select u.n as "n!", l.id, l.state = 'withdrawn' as "withdrawn!", l.doubt is not null as "doubtful!"
               from unnest($2::text[]) with ordinality as u (identity, n)
               join bank_line l on l.bank_account_id = $1 and l.identity = u.identity order by u.n"#,
            bank_account_id,
            &identities as &[&str]
        )
        .fetch_all(&mut **tx)
        .await?;
        for row in there {
            let Some(at) = usize::try_from(row.n).ok().and_then(|n| n.checked_sub(1)) else {
                continue;
            };
            is_there[at] = true;
            if row.withdrawn {
                comparison.withdrawn.push(row.id);
                comparison.count(row.doubtful);
            } else {
                comparison.known.push(at);
            }
        }
    }
    for (at, line) in lines.iter().enumerate().filter(|(at, _)| !is_there[*at]) {
        comparison.fresh.push(at);
        comparison.count(line.doubt.is_some());
    }
    Ok(comparison)
}

impl Comparison {
    fn count(&mut self, doubtful: bool) {
        if doubtful {
            self.doubtful += 1;
        } else {
            self.new += 1;
        }
    }
}

/// Cuts a text to a number of characters.
pub(super) fn shorten(text: &mut String, characters_max: usize) {
    if let Some((end, _)) = text.char_indices().nth(characters_max) {
        text.truncate(end);
    }
}
