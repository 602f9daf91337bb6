//! An upload that is looked at before it is imported.

use books::statements::{StatementSource, statement_import, statement_preview, statement_stage};
use tenancy::{RequestKey, Role};

use super::*;
use crate::fixture;

const MIXED: [Transaction<'_>; 3] = [
    ("20261001", "-42.50", "a1", "Corner Hardware"),
    ("20261002", "-1.999", "a2", "Fraction"),
    ("20261003", "-9.99", "a3", "Cloud Storage"),
];

#[test]
fn an_upload_is_previewed_with_what_is_new_known_and_doubtful_and_then_imported() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        import(&cx, "Business Checking", statement("900100200300", &MIXED[..1])).await;
        let staged = statement_stage(
            &cx,
            "C:\\files\\oct.qfx",
            statement("900100200300", &MIXED),
            &RequestKey::fresh(),
        )
        .await
        .expect("staged");
        let preview = statement_preview(&cx, staged, &[]).await.expect("a preview");
        assert_eq!(
            (preview.counts.new, preview.counts.known, preview.counts.doubtful),
            (1, 1, 1)
        );
        assert_eq!((preview.file_name.as_str(), preview.complete), ("oct.qfx", true));
        let shown: Vec<_> = preview.accounts[0]
            .lines
            .iter()
            .map(|line| (line.name.as_str(), line.known, line.doubt.is_some()))
            .collect();
        assert_eq!(
            shown,
            [
                ("Cloud Storage", false, false),
                ("Fraction", false, true),
                ("Corner Hardware", true, false)
            ]
        );
        assert_eq!(preview.accounts[0].account.as_deref(), Some("1000 Business Checking"));

        let key = RequestKey::fresh();
        let imported = statement_import(&cx, StatementSource::Staged(staged), &[], &key)
            .await
            .expect("imported");
        assert_eq!(new_known_doubtful(&imported), [1, 1, 1]);
        let repeated = statement_import(&cx, StatementSource::Staged(staged), &[], &key).await;
        assert_eq!(repeated.expect("the first answer"), imported);
        let gone = statement_import(&cx, StatementSource::Staged(staged), &[], &RequestKey::fresh()).await;
        assert_eq!(
            told(gone),
            ["file: This upload is no longer kept. Choose the file again."]
        );
    });
}

#[test]
fn of_one_persons_uploads_the_ten_newest_wait() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let stage = async || {
            statement_stage(&cx, "oct.ofx", statement("900100200300", &MIXED), &RequestKey::fresh())
                .await
                .expect("staged")
        };
        let first = stage().await;
        let second = stage().await;
        for _ in 0..9 {
            stage().await;
        }
        assert_eq!(
            told(statement_preview(&cx, first, &[]).await),
            ["file: This upload is no longer kept. Choose the file again."]
        );
        assert!(statement_preview(&cx, second, &[]).await.is_ok());
    });
}

#[test]
fn a_preview_of_an_unknown_account_shows_its_lines_and_waits_for_the_choice() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let staged = statement_stage(&cx, "oct.ofx", statement("900100200300", &MIXED), &RequestKey::fresh())
            .await
            .expect("staged");
        let preview = statement_preview(&cx, staged, &[]).await.expect("a preview");
        assert!(!preview.complete);
        assert_eq!(
            (preview.accounts[0].key.as_str(), preview.accounts[0].mask.as_str()),
            ("#1", "0300")
        );
        assert_eq!((preview.counts.new, preview.accounts[0].line_count), (0, 3));
        let checking = account(&cx, "Business Checking").await;
        let preview = statement_preview(&cx, staged, &plainly(checking))
            .await
            .expect("a preview");
        assert!(preview.complete);
        assert_eq!((preview.counts.new, preview.counts.doubtful), (2, 1));

        import(&cx, "Business Checking", statement("111122223333", &MIXED)).await;
        let preview = statement_preview(&cx, staged, &plainly(checking))
            .await
            .expect("a preview");
        assert_eq!(
            preview.accounts[0].other_number.as_deref(),
            Some("3333"),
            "the bank may have changed the number"
        );
    });
}

#[test]
fn an_upload_is_the_uploaders_alone_and_goes_after_a_day() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let upload = || statement("900100200300", &MIXED);
        let staged = statement_stage(&cx, "oct.ofx", upload(), &RequestKey::fresh())
            .await
            .expect("staged");
        let editor = kit.with_role(&cx, Role::Editor);
        assert_eq!(
            told(statement_preview(&editor, staged, &[]).await),
            ["file: This upload is no longer kept. Choose the file again."]
        );
        let pool = kit.superuser(&cx).await;
        let schema = cx.tenant().id.schema();
        let aged = sqlx::AssertSqlSafe(format!("update {schema}.staging set at = now() - interval '25 hours'"));
        sqlx::query(aged).execute(&pool).await.expect("a day passes");
        statement_stage(&editor, "oct.ofx", upload(), &RequestKey::fresh())
            .await
            .expect("staged");
        let count = sqlx::AssertSqlSafe(format!("select count(*) from {schema}.staging"));
        assert_eq!(
            sqlx::query_scalar::<_, i64>(count)
                .fetch_one(&pool)
                .await
                .expect("a count"),
            1
        );
    });
}
