//! A line that is in the books already, or is one side of a transfer between own accounts.

use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};

use super::{LineAccepted, OpenLine, accept_as, match_line};
use crate::Error;
use crate::accounts::{Merges, ids_shown_as};
use crate::bank_accounts::check_kind;
use crate::documents::{ContentLine, DocumentKind};

/// How far apart the two banks' days of a transfer may lie: a check between own accounts may rest in a drawer.
const TRANSFER_DAYS_MAX: i32 = 60;

/// Records a line as a transfer between its account and another bank or card account.
///
/// Where the other side posted this transfer already (a transfer between the two, of this amount, within 60 days, not matched
/// on this account), the line is matched to it and nothing is posted: both sides may be imported and coded, in any order or at
/// the same moment, and the money moves once. Of transfers that recur the nearest is taken; whichever it is, as many are posted
/// as there were.
///
/// # Errors
/// At `account`; at `date` where the bank's day is locked; of the form as a whole where the line is not, or no longer, to be
/// accepted.
pub async fn line_transfer(
    cx: &Cx,
    line_id: i64,
    other_account_id: i64,
    key: &RequestKey,
) -> Result<LineAccepted, Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let line = OpenLine::read(&mut tx, line_id).await?;
    let other = sqlx::query!("select type, active from account where id = $1", other_account_id)
        .fetch_optional(&mut *tx)
        .await?
        .ok_or_else(|| Error::at("account", "Choose an account of the chart."))?;
    check_kind("account", &other.r#type, other.active)?;
    if other_account_id == line.account_id {
        return Err(Error::at(
            "account",
            "The money moved to or from another account: choose that one.",
        ));
    }
    let accepted = match other_side(&mut tx, &line, other_account_id).await? {
        Some((posting_id, document_id)) => {
            match_line(&mut tx, &line, posting_id).await?;
            LineAccepted {
                document_id,
                made: false,
            }
        }
        None => {
            let other_leg = ContentLine {
                line_no: None,
                account_id: other_account_id,
                contact_id: None,
                description: line.words().to_owned(),
                amount: -line.amount,
                due_on: None,
            };
            accept_as(&mut tx, &line, DocumentKind::Transfer, None, vec![other_leg]).await?
        }
    };
    tx.commit(&accepted).await?;
    Ok(accepted)
}

/// The posting on the line's account, and its document, of a transfer that the other side posted; the nearest by day.
async fn other_side(
    tx: &mut TenantTx<Write>,
    line: &OpenLine,
    other_account_id: i64,
) -> Result<Option<(i64, i64)>, Error> {
    let merges = Merges::load(tx).await?;
    let found = sqlx::query!(
        "select p.id, p.document_id from posting p join document d on d.id = p.document_id
         where p.account_id = any ($1) and p.amount = $2 and p.retired_in is null
           and p.posted_on between $3::date - $4::int and $3::date + $4::int
           and d.kind = 'transfer' and d.state = 'issued'
           and exists (select from posting o where o.document_id = d.id and o.account_id = any ($5) and o.amount = -$2::bigint and o.retired_in is null)
           and not exists (select from bank_match m where m.posting_id = p.id and m.retired_in is null)
         order by abs(p.posted_on - $3::date), p.id limit 1",
        &merges.ids_shown_as(line.account_id),
        line.amount,
        line.posted_on,
        TRANSFER_DAYS_MAX,
        &merges.ids_shown_as(other_account_id)
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(|row| (row.id, row.document_id)))
}

/// Matches a line to a posting that is in the books: on the line's account or one that was merged into it, of its amount, and not
/// matched yet.
///
/// # Errors
/// At `posting`; of the form as a whole where the line is not, or no longer, to be accepted.
pub async fn line_match(cx: &Cx, line_id: i64, posting_id: i64, key: &RequestKey) -> Result<LineAccepted, Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let accepted = match_in(&mut tx, line_id, posting_id).await?;
    tx.commit(&accepted).await?;
    Ok(accepted)
}

/// The same, inside a change.
pub(super) async fn match_in(tx: &mut TenantTx<Write>, line_id: i64, posting_id: i64) -> Result<LineAccepted, Error> {
    let line = OpenLine::read(tx, line_id).await?;
    let posting = sqlx::query!(
        r#"select p.document_id, p.account_id, p.amount, p.retired_in is null and d.state = 'issued' as "live!",
            exists (select from bank_match m where m.posting_id = p.id and m.retired_in is null) as "matched!"
           from posting p join document d on d.id = p.document_id where p.id = $1"#,
        posting_id
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("that posting"))?;
    let own = ids_shown_as(tx, line.account_id).await?;
    let problem = if !own.contains(&posting.account_id) {
        Some("That is on another account than the line.".to_owned())
    } else if !posting.live {
        Some("That was changed or voided meanwhile. Look for it again.".to_owned())
    } else if posting.matched {
        Some("Another bank line is matched to that already.".to_owned())
    } else if posting.amount != line.amount {
        Some(format!("That is not of the line's amount, {}.", line.amount_in_words()))
    } else {
        None
    };
    if let Some(message) = problem {
        return Err(Error::at("posting", message));
    }
    match_line(tx, &line, posting_id).await?;
    Ok(LineAccepted {
        document_id: posting.document_id,
        made: false,
    })
}
