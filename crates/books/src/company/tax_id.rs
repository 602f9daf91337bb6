//! The company's tax id: sealed in the database, masked on pages, shown in clear only to whom the role allows and never unrecorded.

use tenancy::{Capability, Cx, RequestKey};
use vault::Context;

use crate::Error;
use crate::reveals::reveal_change;

/// The one row of the table `company`.
const ROW_ID: i64 = 1;

/// Where the field lies: it opens nowhere else.
fn place(cx: &Cx) -> Context<'static> {
    Context {
        company: cx.tenant().id.uuid(),
        table: "company",
        column: "tax_id",
        row_id: ROW_ID,
    }
}

/// Seals the company's tax id: an EIN (`12-3456789`), a Social Security number (`123-45-6789`), or nine digits. An empty text
/// removes it.
///
/// # Errors
/// `Invalid` at `tax_id`; `NotFound` while the books are not set up.
pub async fn tax_id_set(cx: &Cx, text: &str, key: &RequestKey) -> Result<(), Error> {
    let text = text.trim();
    let hint = match text {
        "" => None,
        _ => Some(
            last_four(text)
                .ok_or_else(|| Error::at("tax_id", "Enter nine digits, as in 12-3456789 or 123-45-6789."))?,
        ),
    };
    let mut tx = change!(cx, Capability::Settings, key);
    let sealed = match hint {
        None => None,
        Some(_) => Some(cx.keys().await?.seal(place(cx), text.as_bytes())?),
    };
    let changed = sqlx::query!("update company set tax_id_sealed = $1, tax_id_hint = $2", sealed, hint)
        .execute(&mut *tx)
        .await?;
    if changed.rows_affected() == 0 {
        return Err(Error::NotFound("the company"));
    }
    Ok(tx.commit(&()).await?)
}

/// The tax id in clear. That it was looked at is committed to the record before the text is given; a repeated request looks
/// again and is recorded again.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn tax_id_reveal(cx: &Cx, key: &RequestKey) -> Result<String, Error> {
    cx.require(Capability::RevealSealed)?;
    let mut tx = reveal_change(cx, key).await?;
    let sealed = sqlx::query_scalar!("select tax_id_sealed from company")
        .fetch_optional(&mut *tx)
        .await?
        .flatten()
        .ok_or(Error::NotFound("a tax id"))?;
    let note = serde_json::json!({ "column": "tax_id" });
    sqlx::query!(
        "select audit_note('reveal', 'company', $1, $2)",
        ROW_ID.to_string(),
        note
    )
    .execute(&mut *tx)
    .await?;
    tx.commit(&()).await?;
    let text = cx.keys().await?.open(place(cx), &sealed)?;
    String::from_utf8(text.to_vec()).map_err(|_| vault::VaultError::Refused.into())
}

/// The last four of nine digits that are grouped as one of the two numbers, or not at all.
fn last_four(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let digits: String = groups.concat();
    let is_one = matches!(lengths[..], [9] | [2, 7] | [3, 2, 4]) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_one.then(|| digits[5..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::last_four;

    #[test]
    fn nine_digits_are_a_tax_id_however_they_are_grouped() {
        for text in ["12-3456789", "123-45-6789", "123456789"] {
            assert_eq!(last_four(text).as_deref(), Some("6789"), "{text}");
        }
    }

    #[test]
    fn anything_else_is_none() {
        for text in [
            "12345678",
            "1234567890",
            "12-345678",
            "1-23456789",
            "12-34567-89",
            "12-345678a",
            "１２３456789",
            "",
        ] {
            assert_eq!(last_four(text), None, "{text}");
        }
    }
}
