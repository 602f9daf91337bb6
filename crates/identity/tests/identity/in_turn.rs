//! A sign-in on its way while somebody ends the person's sessions: one of the two is first, and nothing is opened past the other.

use std::sync::Arc;
use std::time::Duration as Pause;

use async_trait::async_trait;
use identity::{
    EmailPolicy, Identified, IdentityError, LoginError, ManualClock, Person, PersonSessionStore, SignInOutcome, sign_in,
};
use tenancy::ControlTx;
use testkit::Kit;
use time::{Duration, OffsetDateTime};
use tokio::time::timeout;
use tower_sessions::{
    Session, SessionStore,
    session::{Id, Record},
    session_store::Result,
};

use crate::kit::{NOON, identified};

const LATER: OffsetDateTime = NOON.saturating_add(Duration::minutes(5));
/// Long enough for whoever is not kept waiting.
const A_WHILE: Pause = Pause::from_millis(500);

/// A browser that this person signed in to at noon.
async fn browser(kit: &Kit, who: Identified) -> (Person, Id) {
    let store = PersonSessionStore::new(kit.tenancy.clone(), Arc::new(ManualClock::at(NOON)));
    let session = Session::new(None, Arc::new(store), None);
    let person = sign_in(&kit.tenancy, &session, who, EmailPolicy::Verified, "a browser", NOON)
        .await
        .expect("a sign-in");
    (person, session.id().expect("an id"))
}

fn store(kit: &Kit) -> PersonSessionStore {
    PersonSessionStore::new(kit.tenancy.clone(), Arc::new(ManualClock::at(LATER)))
}

/// A sign-in that the provider's own session answers, five minutes after it asked.
async fn silent(kit: &Kit, store: impl SessionStore, who: Identified) -> std::result::Result<Person, IdentityError> {
    let session = Session::new(None, Arc::new(store), None);
    sign_in(&kit.tenancy, &session, who, EmailPolicy::Verified, "elsewhere", LATER).await
}

async fn control(kit: &Kit) -> ControlTx {
    kit.tenancy.control().await.expect("a transaction")
}

/// The store, in which the sign-in arrives only after “all others” was pressed in another browser.
#[derive(Clone, Debug)]
struct Pressed {
    store: PersonSessionStore,
    here: (Person, Id),
}

#[async_trait]
impl SessionStore for Pressed {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let (person, id) = &self.here;
        let ended = self.store.revoke_others(person.id, id).await.expect("all others");
        assert_eq!(ended, 1);
        self.store.create(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.store.save(record).await
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        self.store.load(id).await
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.store.delete(id).await
    }
}

#[test]
fn a_sign_in_past_its_first_look_opens_nothing_once_all_others_were_ended() {
    crate::kit::run(async |kit| {
        let who = identified("dana");
        let here = browser(kit, who.clone()).await;
        browser(kit, who.clone()).await;
        let pressed = Pressed {
            store: store(kit),
            here: here.clone(),
        };
        let refused = silent(kit, pressed, who).await;
        assert!(
            matches!(refused, Err(IdentityError::Login(LoginError::AskedTooLongAgo))),
            "{refused:?}"
        );
        let (person, id) = here;
        let open = store(kit).sessions_of(person.id, Some(id)).await.expect("sessions");
        assert_eq!(open.iter().map(|session| session.is_this).collect::<Vec<_>>(), [true]);
        let told = store(kit).sign_ins_of(person.id).await.expect("sign-ins");
        let came_in = |at| {
            told.iter()
                .any(|past| past.outcome == SignInOutcome::SignedIn && past.at == at)
        };
        assert!(
            came_in(NOON) && !came_in(LATER),
            "nobody came in the second time: {told:?}"
        );
    });
}

#[test]
fn a_sign_in_waits_for_who_is_ending_sessions_and_is_refused_then() {
    crate::kit::run(async |kit| {
        let who = identified("dana");
        let here = browser(kit, who.clone()).await;
        browser(kit, who.clone()).await;
        // What “all others” does, not committed yet.
        let ending = Arc::new(tokio::sync::Mutex::new(Some(control(kit).await)));
        let (person, id) = here.clone();
        let begun = Begun {
            store: store(kit),
            person,
            ending: ending.clone(),
        };
        let signing_in = silent(kit, begun, who);
        tokio::pin!(signing_in);
        assert!(timeout(A_WHILE, &mut signing_in).await.is_err(), "it waits");
        let tx = ending.lock().await.take().expect("the transaction");
        tx.commit().await.expect("ended");
        let refused = signing_in.await;
        assert!(
            matches!(refused, Err(IdentityError::Login(LoginError::AskedTooLongAgo))),
            "{refused:?}"
        );
        let open = store(kit).sessions_of(here.0.id, Some(id)).await.expect("sessions");
        assert!(open.is_empty(), "{open:?}");
    });
}

/// The store, in which another transaction has begun to end the person's sessions when the sign-in arrives.
#[derive(Clone)]
struct Begun {
    store: PersonSessionStore,
    person: Person,
    ending: Arc<tokio::sync::Mutex<Option<ControlTx>>>,
}

impl std::fmt::Debug for Begun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Begun").finish_non_exhaustive()
    }
}

#[async_trait]
impl SessionStore for Begun {
    async fn create(&self, record: &mut Record) -> Result<()> {
        {
            let mut ending = self.ending.lock().await;
            let tx = ending.as_mut().expect("a transaction");
            sqlx::query("select id from person where id = $1 for no key update")
                .bind(self.person.id.uuid())
                .execute(&mut **tx)
                .await
                .expect("the turn");
            sqlx::query("update session set revoked_at = $2 where person_id = $1 and revoked_at is null")
                .bind(self.person.id.uuid())
                .bind(LATER)
                .execute(&mut **tx)
                .await
                .expect("an end");
        }
        self.store.create(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.store.save(record).await
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        self.store.load(id).await
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.store.delete(id).await
    }
}

#[test]
fn who_ends_all_others_waits_for_a_sign_in_on_its_way_and_ends_it_too() {
    crate::kit::run(async |kit| {
        let (person, here) = browser(kit, identified("dana")).await;
        // What a sign-in does, not committed yet.
        let mut opening = control(kit).await;
        sqlx::query("select id from person where id = $1 for no key update")
            .bind(person.id.uuid())
            .execute(&mut *opening)
            .await
            .expect("the turn");
        sqlx::query(
            "insert into session (id, person_id, created_at, last_seen_at, absolute_end, user_agent, amr, id_token)
             values (sha256($2), $1, $3, $3, $3 + interval '8 hours', 'elsewhere', '{}', '')",
        )
        .bind(person.id.uuid())
        .bind(person.id.uuid().as_bytes().as_slice())
        .bind(NOON)
        .execute(&mut *opening)
        .await
        .expect("a session");
        let store = store(kit);
        let ending = store.revoke_others(person.id, &here);
        tokio::pin!(ending);
        assert!(timeout(A_WHILE, &mut ending).await.is_err(), "it waits");
        opening.commit().await.expect("opened");
        assert_eq!(ending.await.expect("all others"), 1);
    });
}
