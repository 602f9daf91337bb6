//! The numbers that a bank has for accounts: sealed, masked, revealed on record.

use books::bank_accounts::{bank_account_connect, bank_account_for_number, bank_account_list, bank_number_reveal};
use books::statements::statement_stage;
use tenancy::{Error as Wall, RequestKey, Role};

use super::*;
use crate::fixture;

const NUMBER: &str = "900100200300";

#[test]
fn a_bank_number_stands_nowhere_in_clear() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bytes = statement(NUMBER, &[("20261001", "-42.50", "a1", "Corner Hardware")]);
        import(&cx, "Business Checking", bytes.clone()).await;
        statement_stage(&cx, "oct.ofx", bytes, &RequestKey::fresh())
            .await
            .expect("staged");
        let savings = account(&cx, "Business Savings").await;
        let connected = bank_account_connect(&cx, savings, Some("77-8899 001122"), &RequestKey::fresh())
            .await
            .expect("connected");
        bank_number_reveal(&cx, connected, &RequestKey::fresh())
            .await
            .expect("revealed");

        let pool = kit.superuser(&cx).await;
        let schema = cx.tenant().id.schema();
        let rows_with = async |table: &str, text: &str| -> i64 {
            // Rows as text have bytes in hexadecimal, so both spellings are looked for.
            let found = sqlx::AssertSqlSafe(format!(
                "select count(*) from {schema}.{table} t where position($1 in t::text) > 0 or position(encode(convert_to($1, 'UTF8'), 'hex') in t::text) > 0"
            ));
            sqlx::query_scalar(found)
                .bind(text)
                .fetch_one(&pool)
                .await
                .expect("a count")
        };
        assert!(
            rows_with("audit_event", "Corner Hardware").await > 0,
            "a name in clear would be found"
        );
        for table in [
            "audit_event",
            "change",
            "bank_account",
            "bank_line",
            "statement_import",
            "staging",
        ] {
            for number in [NUMBER, "77-8899 001122", "778899001122"] {
                assert_eq!(rows_with(table, number).await, 0, "{table} has {number}");
            }
        }
    });
}

#[test]
fn a_revealed_number_is_on_record_before_anybody_sees_it() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let imported = import(&cx, "Business Checking", statement(NUMBER, &[])).await;
        let id = bank_account(&imported);
        let accountant = kit.with_role(&cx, Role::Accountant);
        let key = RequestKey::fresh();
        assert_eq!(
            bank_number_reveal(&accountant, id, &key).await.expect("revealed"),
            NUMBER
        );
        assert_eq!(
            bank_number_reveal(&accountant, id, &key).await.expect("revealed"),
            NUMBER
        );
        let refused = bank_number_reveal(&kit.with_role(&cx, Role::Editor), id, &RequestKey::fresh()).await;
        assert!(matches!(refused, Err(Error::Tenancy(Wall::Forbidden))), "{refused:?}");
        let other_row = bank_number_reveal(&accountant, id + 1, &key).await;
        assert!(matches!(other_row, Err(Error::NotFound(_))), "{other_row:?}");
        // The key of another form, which was answered with this account's very id.
        let upload = RequestKey::fresh();
        let staged = statement_stage(&accountant, "oct.ofx", statement(NUMBER, &[]), &upload).await;
        assert_eq!(staged.expect("staged"), id);
        assert_eq!(
            bank_number_reveal(&accountant, id, &upload).await.expect("revealed"),
            NUMBER
        );

        let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
        let events: Vec<String> = sqlx::query_scalar(
            "select convert_from(bytes, 'UTF8') from audit_event where source = 'bank_account' and convert_from(bytes, 'UTF8') like '%\"action\":\"reveal\"%'",
        )
        .fetch_all(&mut *tx)
        .await
        .expect("events");
        assert_eq!(
            events.len(),
            3,
            "each look is on record, whatever its request's key was used for"
        );
        assert!(events[0].contains("accountant@junipercycles.example"), "{}", events[0]);
    });
}

#[test]
fn an_account_is_connected_with_a_number_that_no_other_has() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (checking, card) = (
            account(&cx, "Business Checking").await,
            account(&cx, "Credit Card").await,
        );
        let id = bank_account_connect(&cx, checking, None, &RequestKey::fresh())
            .await
            .expect("connected");
        let again = bank_account_connect(&cx, checking, Some(NUMBER), &RequestKey::fresh())
            .await
            .expect("connected");
        assert_eq!(again, id, "a number can follow later");
        assert_eq!(
            bank_account_for_number(&cx, "9001 0020 0300").await.expect("found"),
            Some(id)
        );
        assert_eq!(bank_account_for_number(&cx, "9001").await.expect("looked for"), None);
        let taken = bank_account_connect(&cx, card, Some(NUMBER), &RequestKey::fresh()).await;
        assert_eq!(
            told(taken),
            ["bank_number: Another account has this bank account number."]
        );
        let expense = bank_account_connect(&cx, account(&cx, "Rent").await, None, &RequestKey::fresh()).await;
        assert_eq!(
            told(expense),
            ["account: Choose an account of type Bank or Credit Card."]
        );
        let short = bank_account_connect(&cx, card, Some("1234"), &RequestKey::fresh())
            .await
            .expect("connected");
        let masks: Vec<_> = bank_account_list(&cx)
            .await
            .expect("a list")
            .into_iter()
            .map(|a| (a.id, a.mask))
            .collect();
        assert_eq!(masks, [(id, Some("0300".to_owned())), (short, Some("34".to_owned()))]);
        let refused =
            bank_account_connect(&kit.with_role(&cx, Role::Accountant), card, None, &RequestKey::fresh()).await;
        assert!(matches!(refused, Err(Error::Tenancy(Wall::Forbidden))), "{refused:?}");
    });
}
