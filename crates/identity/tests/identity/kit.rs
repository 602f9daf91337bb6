//! People for the tests.

use identity::{
    EmailPolicy, Granted, Identified, IdentityError, ManualClock, Person, PersonSessionStore, enter, membership_grant,
    sign_in,
};
use std::sync::{Arc, PoisonError, RwLock};
use tenancy::{Actor, Cx, Role, Secret};
use testkit::Kit;
use time::{OffsetDateTime, macros::datetime};
use tower_sessions::Session;
use uuid::Uuid;

pub const NOON: OffsetDateTime = datetime!(2026-10-31 12:00 UTC);

/// Whom a provider could vouch for: somebody new, whose address begins with `name`.
pub fn identified(name: &str) -> Identified {
    let subject = Uuid::new_v4().to_string();
    Identified {
        issuer: "https://provider.example/".to_owned(),
        email: Some(format!("{name}-{subject}@example.com")),
        subject,
        email_verified: Some(true),
        name: Some(name.to_owned()),
        amr: vec!["pwd".to_owned()],
        auth_time: NOON,
        id_token: Secret::new("an id token"),
    }
}

pub async fn signs_in(kit: &Kit, identified: Identified, now: OffsetDateTime) -> Person {
    try_sign_in(kit, identified, now).await.expect("a sign-in")
}

/// Signs somebody in, in a browser of their own.
pub async fn try_sign_in(kit: &Kit, identified: Identified, now: OffsetDateTime) -> Result<Person, IdentityError> {
    let store = PersonSessionStore::new(kit.tenancy.clone(), Arc::new(ManualClock::at(now)));
    let session = Session::new(None, Arc::new(store), None);
    sign_in(
        &kit.tenancy,
        &session,
        identified,
        EmailPolicy::Verified,
        "a browser",
        now,
    )
    .await
}

/// Somebody new who has signed in.
pub async fn somebody(kit: &Kit, name: &str) -> Person {
    signs_in(kit, identified(name), NOON).await
}

/// Somebody new who has a role in a company, and how they enter it.
pub async fn member(kit: &Kit, company: &Cx, name: &str, role: Role) -> (Person, Cx) {
    let person = somebody(kit, name).await;
    let granted = membership_grant(
        &kit.tenancy,
        company.tenant().id,
        &person.email,
        role,
        &Actor::operator("tests"),
        NOON,
    )
    .await
    .expect("a grant");
    assert_eq!(granted, Granted::Now);
    let cx = enters(kit, company, &person).await.expect("a member enters");
    (person, cx)
}

pub async fn enters(kit: &Kit, company: &Cx, person: &Person) -> Result<Cx, IdentityError> {
    let slug = &company.tenant().slug;
    let entered = enter(&kit.tenancy, slug, person.id, "a request".to_owned()).await?;
    Ok(entered.cx)
}

/// The database's rule that an error names, if it is one.
pub fn rule(error: &IdentityError) -> Option<tenancy::RefusalCode> {
    match error {
        IdentityError::Tenancy(error) => error.refusal().map(|refusal| refusal.code),
        _ => None,
    }
}

/// A sweep goes over the sessions and forms of all tests: it is made while no other test of them runs.
static SWEEP: RwLock<()> = RwLock::new(());

/// A test that a sweep of another would disturb.
pub fn run(test: impl AsyncFnOnce(&'static Kit)) {
    let _others_may_too = SWEEP.read().unwrap_or_else(PoisonError::into_inner);
    testkit::run(test);
}

/// A test that sweeps.
pub fn run_alone(test: impl AsyncFnOnce(&'static Kit)) {
    let _nobody_else = SWEEP.write().unwrap_or_else(PoisonError::into_inner);
    testkit::run(test);
}
