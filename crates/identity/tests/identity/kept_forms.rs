//! Forms that were posted after their session had ended.

use std::sync::Arc;

use identity::{
    EmailPolicy, FormTicket, KEPT_FORM_BYTES_MAX, KEPT_FORM_LIFE, KeptForm, ManualClock, Person, PersonSessionStore,
    ReturnTo, form_forget, form_keep, form_kept, sign_in,
};
use testkit::Kit;
use time::OffsetDateTime;
use tower_sessions::{ExpiredDeletion, Session, SessionStore, session::Id};

use crate::kit::{NOON, identified, somebody};

const TYPED: &str = "memo=Rent%2C+November&lines.0.debit=12*40";

/// Somebody whose session has ended.
async fn signed_out(kit: &Kit) -> (Person, Id) {
    let store = PersonSessionStore::new(kit.tenancy.clone(), Arc::new(ManualClock::at(NOON)));
    let session = Session::new(None, Arc::new(store.clone()), None);
    let who = identified("dana");
    let person = sign_in(&kit.tenancy, &session, who, EmailPolicy::Verified, "a browser", NOON)
        .await
        .expect("a sign-in");
    let id = session.id().expect("an id");
    store.delete(&id).await.expect("an end");
    (person, id)
}

fn typed(body: &str) -> KeptForm {
    KeptForm {
        address: ReturnTo::parse("/c/juniper/accounting/journal/new").expect("a path"),
        body: body.to_owned(),
    }
}

async fn keep(kit: &Kit, session: &Id, form: &KeptForm) -> Option<FormTicket> {
    form_keep(&kit.tenancy, session, form, NOON).await.expect("an answer")
}

async fn kept(kit: &Kit, ticket: &FormTicket, person: &Person, now: OffsetDateTime) -> Option<KeptForm> {
    form_kept(&kit.tenancy, ticket.expose(), person.id, now)
        .await
        .expect("an answer")
}

#[test]
fn a_form_comes_back_to_its_person_for_an_hour() {
    crate::kit::run(async |kit| {
        let (dana, session) = signed_out(kit).await;
        let ticket = keep(kit, &session, &typed(TYPED)).await.expect("a ticket");
        let form = kept(kit, &ticket, &dana, NOON).await.expect("the form");
        assert_eq!(form.body, TYPED);
        assert_eq!(form.address.as_str(), "/c/juniper/accounting/journal/new");
        assert!(kept(kit, &ticket, &dana, NOON + KEPT_FORM_LIFE).await.is_none());
    });
}

#[test]
fn a_form_is_given_neither_to_another_person_nor_for_another_ticket() {
    crate::kit::run(async |kit| {
        let (dana, session) = signed_out(kit).await;
        let (_, others_session) = signed_out(kit).await;
        let ticket = keep(kit, &session, &typed(TYPED)).await.expect("a ticket");
        let others = keep(kit, &others_session, &typed("memo=other"))
            .await
            .expect("a ticket");
        let sam = somebody(kit, "sam").await;
        assert!(kept(kit, &ticket, &sam, NOON).await.is_none());
        assert!(kept(kit, &others, &dana, NOON).await.is_none());
        let junk = form_kept(&kit.tenancy, "junk", dana.id, NOON).await;
        assert!(junk.expect("an answer").is_none());
    });
}

#[test]
fn only_the_latest_form_of_a_person_is_kept() {
    crate::kit::run(async |kit| {
        let (dana, session) = signed_out(kit).await;
        let first = keep(kit, &session, &typed("memo=first")).await.expect("a ticket");
        let second = keep(kit, &session, &typed("memo=second")).await.expect("a ticket");
        assert!(kept(kit, &first, &dana, NOON).await.is_none());
        let form = kept(kit, &second, &dana, NOON).await.expect("the form");
        assert_eq!(form.body, "memo=second");
    });
}

#[test]
fn nothing_is_kept_for_strangers_or_beyond_the_size() {
    crate::kit::run(async |kit| {
        assert!(keep(kit, &Id::default(), &typed(TYPED)).await.is_none());
        let (dana, session) = signed_out(kit).await;
        let long = "x".repeat(KEPT_FORM_BYTES_MAX + 1);
        assert!(keep(kit, &session, &typed(&long)).await.is_none());
        let longest = typed(&long[1..]);
        let ticket = keep(kit, &session, &longest).await.expect("a ticket");
        assert!(kept(kit, &ticket, &dana, NOON).await.is_some());
    });
}

#[test]
fn a_form_that_was_posted_again_or_never_fetched_is_gone() {
    crate::kit::run_alone(async |kit| {
        let (dana, session) = signed_out(kit).await;
        let ticket = keep(kit, &session, &typed(TYPED)).await.expect("a ticket");
        form_forget(&kit.tenancy, ticket.expose()).await.expect("forgotten");
        assert!(kept(kit, &ticket, &dana, NOON).await.is_none());

        let ticket = keep(kit, &session, &typed(TYPED)).await.expect("a ticket");
        let clock = Arc::new(ManualClock::at(NOON + KEPT_FORM_LIFE));
        let store = PersonSessionStore::new(kit.tenancy.clone(), clock);
        store.delete_expired().await.expect("a sweep");
        assert!(kept(kit, &ticket, &dana, NOON).await.is_none());
    });
}

#[test]
fn what_was_typed_is_not_readable_in_the_table() {
    crate::kit::run(async |kit| {
        let (dana, session) = signed_out(kit).await;
        keep(kit, &session, &typed("tax_id=12-3456789"))
            .await
            .expect("a ticket");
        let mut tx = kit.tenancy.control().await.expect("a transaction");
        let sealed: Vec<u8> = sqlx::query_scalar("select sealed from kept_form where person_id = $1")
            .bind(dana.id.uuid())
            .fetch_one(&mut *tx)
            .await
            .expect("a row");
        assert!(!String::from_utf8_lossy(&sealed).contains("3456789"));
    });
}
