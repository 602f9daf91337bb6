//! What a company can reach: itself.

use tenancy::Capability;

#[test]
fn a_new_company_opens_its_own_schema() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
        let role: String = sqlx::query_scalar("select current_user::text").fetch_one(&mut *tx).await.expect("a row");
        assert_eq!(role, cx.tenant().id.schema());
    });
}
