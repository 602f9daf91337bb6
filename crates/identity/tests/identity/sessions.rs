//! When a session begins, ends, and what it never is.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    routing::{get, post},
};
use identity::{
    ABSOLUTE_LIFE, Clock, CookiePolicy, EmailPolicy, IDLE_LIFE, Identified, IdentityError, LoginError, ManualClock,
    Person, PersonSession, PersonSessionStore, SIGN_INS_LISTED_MAX, SignInOutcome, sign_in, signed_in,
};
use testkit::Kit;
use time::Duration;
use tower::ServiceExt;
use tower_sessions::{
    ExpiredDeletion, Session, SessionStore,
    session::{Id, Record},
};
use url::Url;

use crate::kit::{NOON, identified, try_sign_in};

/// A browser's session that somebody new signed in to, at noon by a clock of its own.
struct Browser {
    clock: Arc<ManualClock>,
    store: PersonSessionStore,
    person: Person,
    id: Id,
}

impl Browser {
    async fn new(kit: &Kit) -> Self {
        Self::bringing(kit, None).await
    }

    /// A browser that this person signed in to.
    async fn of(kit: &Kit, who: Identified) -> Self {
        Self::signed_in(kit, None, who).await
    }

    async fn bringing(kit: &Kit, id: Option<Id>) -> Self {
        Self::signed_in(kit, id, identified("somebody")).await
    }

    async fn signed_in(kit: &Kit, id: Option<Id>, who: Identified) -> Self {
        let clock = Arc::new(ManualClock::at(NOON));
        let store = PersonSessionStore::new(kit.tenancy.clone(), clock.clone());
        let session = Session::new(id, Arc::new(store.clone()), None);
        let person = sign_in(
            &kit.tenancy,
            &session,
            who,
            EmailPolicy::Verified,
            "a browser",
            clock.now(),
        )
        .await
        .expect("a sign-in");
        Self {
            clock,
            store,
            person,
            id: session.id().expect("an id"),
        }
    }

    /// Where the person is signed in, as this browser is told.
    async fn sessions(&self) -> Vec<PersonSession> {
        let sessions = self.store.sessions_of(self.person.id, Some(self.id)).await;
        sessions.expect("the store answers")
    }

    /// The handle of the person's one other session.
    async fn other_handle(&self) -> String {
        let other = self.sessions().await.into_iter().find(|session| !session.is_this);
        other.expect("another session").handle
    }

    /// A request: who is signed in, if anybody.
    async fn request(&self) -> Option<identity::SignedIn> {
        request(&self.store, self.id).await
    }
}

async fn request(store: &PersonSessionStore, id: Id) -> Option<identity::SignedIn> {
    let session = Session::new(Some(id), Arc::new(store.clone()), None);
    signed_in(&session).await.expect("the store answers")
}

#[test]
fn a_session_knows_who_signed_in_when_and_how() {
    crate::kit::run(async |kit| {
        let browser = Browser::new(kit).await;
        let found = browser.request().await.expect("signed in");
        assert_eq!(found.person, browser.person.id);
        assert_eq!(found.since, NOON);
        assert_eq!(found.amr, ["pwd"]);
        assert_eq!(found.auth_time, Some(NOON));
    });
}

#[test]
fn a_session_ends_after_fifteen_minutes_without_a_request() {
    crate::kit::run(async |kit| {
        let browser = Browser::new(kit).await;
        for _ in 0..4 {
            browser.clock.advance(IDLE_LIFE - Duration::seconds(1));
            assert!(browser.request().await.is_some());
        }
        browser.clock.advance(IDLE_LIFE);
        assert!(browser.request().await.is_none());
        browser.clock.advance(-Duration::minutes(5));
        assert!(browser.request().await.is_some(), "looking ends nothing");
    });
}

#[test]
fn requests_close_together_are_not_each_written_and_still_never_lengthen_a_session() {
    crate::kit::run(async |kit| {
        let browser = Browser::new(kit).await;
        browser.clock.advance(Duration::seconds(59));
        assert!(browser.request().await.is_some());
        browser.clock.advance(IDLE_LIFE - Duration::seconds(59));
        assert!(browser.request().await.is_none(), "up to a minute sooner, never later");
    });
}

#[test]
fn a_session_ends_eight_hours_after_the_sign_in_however_busy_it_is() {
    crate::kit::run(async |kit| {
        let browser = Browser::new(kit).await;
        let pause = Duration::minutes(10);
        while browser.clock.now() + pause < NOON + ABSOLUTE_LIFE {
            browser.clock.advance(pause);
            assert!(browser.request().await.is_some(), "{}", browser.clock.now());
        }
        let left = NOON + ABSOLUTE_LIFE - browser.clock.now();
        browser.clock.advance(left - Duration::seconds(1));
        assert!(browser.request().await.is_some());
        browser.clock.advance(Duration::seconds(1));
        assert!(browser.request().await.is_none());
    });
}

#[test]
fn a_revoked_session_is_refused_at_once() {
    crate::kit::run(async |kit| {
        let browser = Browser::new(kit).await;
        browser.store.delete(&browser.id).await.expect("a sign-out");
        assert!(browser.request().await.is_none());

        let here = Browser::new(kit).await;
        let elsewhere = Browser::new(kit).await;
        let ended = here.store.revoke_all(here.person.id).await;
        assert_eq!(ended.expect("revoked"), 1);
        assert!(here.request().await.is_none());
        assert!(elsewhere.request().await.is_some(), "other people's sessions go on");
    });
}

#[test]
fn a_person_sees_their_own_sessions_and_no_other_with_the_one_that_asks_first() {
    crate::kit::run(async |kit| {
        let who = identified("dana");
        let [here, there] = [Browser::of(kit, who.clone()).await, Browser::of(kit, who).await];
        let stranger = Browser::new(kit).await;
        let seen = here.sessions().await;
        let shown: Vec<_> = seen.iter().map(|session| (session.is_this, session.since)).collect();
        assert_eq!(shown, [(true, NOON), (false, NOON)]);
        assert_eq!(seen[0].user_agent, "a browser");
        assert_eq!(seen[0].amr, ["pwd"]);
        assert_eq!(there.sessions().await.len(), 2);
        assert_eq!(stranger.sessions().await.len(), 1);

        here.clock.advance(IDLE_LIFE);
        assert!(here.sessions().await.is_empty(), "what has ended is not listed");
    });
}

#[test]
fn a_session_is_ended_by_its_handle_by_its_own_person_alone() {
    crate::kit::run(async |kit| {
        let who = identified("dana");
        let [here, there] = [Browser::of(kit, who.clone()).await, Browser::of(kit, who).await];
        let stranger = Browser::new(kit).await;
        let handle = here.other_handle().await;

        let by_stranger = stranger.store.revoke_one(stranger.person.id, &handle).await;
        assert!(!by_stranger.expect("an answer"), "a handle chooses among one's own");
        assert!(there.request().await.is_some());

        assert!(here.store.revoke_one(here.person.id, &handle).await.expect("ended"));
        assert!(there.request().await.is_none());
        assert!(here.request().await.is_some());
        assert!(
            !here.store.revoke_one(here.person.id, &handle).await.expect("once"),
            "it has ended"
        );
        assert!(there.store.was_revoked(&there.id).await.expect("an answer"));
        assert!(!there.store.was_revoked(&here.id).await.expect("an answer"));
    });
}

#[test]
fn a_handle_is_neither_the_id_nor_the_row_s_key() {
    crate::kit::run(async |kit| {
        let browser = Browser::new(kit).await;
        let handle = browser.sessions().await.remove(0).handle;
        let mut tx = kit.tenancy.control().await.expect("a transaction");
        let key: String = sqlx::query_scalar("select encode(id, 'hex') from session where person_id = $1")
            .bind(browser.person.id.uuid())
            .fetch_one(&mut *tx)
            .await
            .expect("a row");
        assert_eq!((handle.len(), key.len()), (32, 64));
        assert!(!key.contains(&handle) && !handle.contains(&browser.id.to_string()));
        for guess in [&key[..32], &key[32..], &key, &format!("{:032x}", browser.id.0), "", "%"] {
            let ended = browser.store.revoke_one(browser.person.id, guess).await;
            assert!(!ended.expect("an answer"), "{guess}");
        }
        assert!(browser.request().await.is_some());
    });
}

#[test]
fn all_others_are_ended_and_the_one_that_asks_goes_on() {
    crate::kit::run(async |kit| {
        let who = identified("dana");
        let here = Browser::of(kit, who.clone()).await;
        let others = [Browser::of(kit, who.clone()).await, Browser::of(kit, who).await];
        let stranger = Browser::new(kit).await;
        let ended = here.store.revoke_others(here.person.id, &here.id).await;
        assert_eq!(ended.expect("ended"), 2);
        for other in &others {
            assert!(other.request().await.is_none());
        }
        assert!(here.request().await.is_some() && stranger.request().await.is_some());
        let again = here.store.revoke_others(here.person.id, &here.id).await;
        assert_eq!(again.expect("an answer"), 0, "there is none any more");
    });
}

#[test]
fn who_was_signed_out_elsewhere_comes_back_only_when_the_provider_has_asked_since() {
    crate::kit::run(async |kit| {
        let who = identified("dana");
        let [here, there] = [Browser::of(kit, who.clone()).await, Browser::of(kit, who.clone()).await];
        here.clock.advance(Duration::minutes(5));
        let ended = here.store.revoke_others(here.person.id, &here.id).await;
        assert_eq!(ended.expect("the others"), 1);
        assert!(there.request().await.is_none());

        // The provider's own session knows Dana from noon: five minutes ago, which is else not too long.
        let later = NOON + Duration::minutes(6);
        let silent = try_sign_in(kit, who.clone(), later).await;
        assert!(
            matches!(silent, Err(IdentityError::Login(LoginError::AskedTooLongAgo))),
            "{silent:?}"
        );
        let asked = Identified {
            auth_time: NOON + Duration::minutes(5),
            ..who
        };
        try_sign_in(kit, asked, later).await.expect("asked since");
        assert!(here.request().await.is_some());
        try_sign_in(kit, identified("sam"), later)
            .await
            .expect("another person");
    });
}

#[test]
fn a_session_that_time_ended_asks_nobody_anew() {
    crate::kit::run(async |kit| {
        let who = identified("dana");
        let there = Browser::of(kit, who.clone()).await;
        there.clock.advance(IDLE_LIFE);
        // Who signs in again with the browser of a session that is over, as with `flush`, ends nothing by it.
        there.store.delete(&there.id).await.expect("tidied away");
        try_sign_in(kit, who, NOON + IDLE_LIFE)
            .await
            .expect("as any other sign-in");
    });
}

#[test]
fn the_last_fifty_sign_ins_are_told_and_those_that_were_refused_among_them() {
    crate::kit::run(async |kit| {
        let mut who = identified("dana");
        let browser = Browser::of(kit, who.clone()).await;
        for _ in 0..SIGN_INS_LISTED_MAX {
            Browser::of(kit, who.clone()).await;
        }
        who.email_verified = Some(false);
        let refused = try_sign_in(kit, who, NOON + Duration::HOUR).await;
        assert!(refused.is_err());
        let told = browser.store.sign_ins_of(browser.person.id).await.expect("sign-ins");
        assert_eq!(told.len() as i64, SIGN_INS_LISTED_MAX);
        assert_eq!(told[0].outcome, SignInOutcome::EmailUnverified);
        assert_eq!(told[0].at, NOON + Duration::HOUR);
        assert!(
            told[1..]
                .iter()
                .all(|past| past.outcome == SignInOutcome::SignedIn && past.at == NOON)
        );
        let stranger = Browser::new(kit).await;
        assert_eq!(
            stranger.store.sign_ins_of(stranger.person.id).await.expect("one").len(),
            1
        );
    });
}

#[test]
fn an_id_that_was_there_before_the_sign_in_is_nobodys_after_it() {
    crate::kit::run(async |kit| {
        let planted = Id::default();
        let browser = Browser::bringing(kit, Some(planted)).await;
        assert_ne!(browser.id, planted);
        assert!(request(&browser.store, planted).await.is_none());
        assert!(browser.request().await.is_some());
    });
}

#[test]
fn signing_in_again_ends_the_browsers_earlier_session() {
    crate::kit::run(async |kit| {
        let first = Browser::new(kit).await;
        let second = Browser::bringing(kit, Some(first.id)).await;
        assert_ne!(second.id, first.id);
        assert!(first.request().await.is_none());
        assert_eq!(second.request().await.map(|found| found.person), Some(second.person.id));
    });
}

#[test]
fn the_table_holds_neither_the_id_nor_the_id_token() {
    crate::kit::run(async |kit| {
        let browser = Browser::new(kit).await;
        let mut tx = kit.tenancy.control().await.expect("a transaction");
        let (id, id_token): (Vec<u8>, Vec<u8>) =
            sqlx::query_as("select id, id_token from session where person_id = $1")
                .bind(browser.person.id.uuid())
                .fetch_one(&mut *tx)
                .await
                .expect("a row");
        assert_eq!(id.len(), 32);
        assert_ne!(&id[..16], browser.id.0.to_le_bytes().as_slice());
        let secret = b"an id token";
        assert!(!id_token.windows(secret.len()).any(|part| part == secret));
    });
}

#[test]
fn a_session_holds_who_signed_in_and_nothing_else() {
    crate::kit::run(async |kit| {
        let browser = Browser::new(kit).await;
        let session = Session::new(Some(browser.id), Arc::new(browser.store.clone()), None);
        session.insert("cart", "a bicycle").await.expect("kept in memory");
        assert!(session.save().await.is_err());

        let mut nobodys = Record {
            id: Id::default(),
            data: Default::default(),
            expiry_date: NOON,
        };
        assert!(
            browser.store.create(&mut nobodys).await.is_err(),
            "no session without a sign-in"
        );
    });
}

#[test]
fn the_sweep_removes_a_session_a_day_after_its_absolute_end_and_no_other() {
    crate::kit::run_alone(async |kit| {
        let first = Browser::new(kit).await;
        let second = Browser::new(kit).await;
        second.clock.advance(ABSOLUTE_LIFE + Duration::hours(23));
        second.store.delete_expired().await.expect("a sweep");
        assert_eq!(rows(kit, &first).await, 1, "it may bring a form yet");
        second.clock.advance(Duration::hours(1));
        second.store.delete_expired().await.expect("a sweep");
        assert_eq!(rows(kit, &first).await, 0);

        let going_on = Browser::new(kit).await;
        going_on.store.delete_expired().await.expect("a sweep");
        assert_eq!(rows(kit, &going_on).await, 1);
    });
}

async fn rows(kit: &Kit, browser: &Browser) -> i64 {
    let mut tx = kit.tenancy.control().await.expect("a transaction");
    sqlx::query_scalar("select count(*) from session where person_id = $1")
        .bind(browser.person.id.uuid())
        .fetch_one(&mut *tx)
        .await
        .expect("a count")
}

/// The layer as the server uses it, with a page to sign in, one that says who is signed in, and one to sign out.
fn site(kit: &Kit, public_url: &str) -> Router {
    let policy = CookiePolicy::at(&Url::parse(public_url).expect("an address")).expect("a policy");
    let clock = Arc::new(ManualClock::at(NOON));
    let store = PersonSessionStore::new(kit.tenancy.clone(), clock);
    let tenancy = kit.tenancy.clone();
    Router::new()
        .route(
            "/in",
            post(async move |session: Session| {
                let who = identified("somebody");
                sign_in(&tenancy, &session, who, EmailPolicy::Verified, "", NOON)
                    .await
                    .expect("a sign-in");
            }),
        )
        .route(
            "/who",
            get(async |session: Session| {
                let found = signed_in(&session).await.expect("the store answers");
                if found.is_some() {
                    StatusCode::OK
                } else {
                    StatusCode::UNAUTHORIZED
                }
            }),
        )
        .route(
            "/out",
            post(async |session: Session| session.flush().await.expect("a sign-out")),
        )
        .layer(policy.session_layer(store))
}

async fn visit(site: &Router, method: &str, path: &str, cookie: &str) -> (StatusCode, String) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .expect("a request");
    let response = site.clone().oneshot(request).await.expect("an answer");
    let set = response.headers().get(header::SET_COOKIE);
    let set = set.map_or("", |value| value.to_str().expect("text"));
    (response.status(), set.to_owned())
}

#[test]
fn the_session_cookie_is_closed_to_scripts_other_sites_and_other_hosts() {
    crate::kit::run(async |kit| {
        for (public_url, name, secure) in [
            ("https://books.example", "__Host-cartefi", "; Secure"),
            ("http://localhost:3000", "cartefi", ""),
        ] {
            let site = site(kit, public_url);
            let (_, set) = visit(&site, "POST", "/in", "").await;
            let (pair, attributes) = set.split_once("; ").expect("a cookie with attributes");
            assert_eq!(
                attributes,
                format!("HttpOnly; SameSite=Lax{secure}; Path=/"),
                "no Domain, and no Max-Age: it goes with the browser"
            );
            assert_eq!(pair.split_once('=').map(|(name, _)| name), Some(name));

            let (status, set) = visit(&site, "GET", "/who", pair).await;
            assert_eq!((status, set.as_str()), (StatusCode::OK, ""));
            let (_, set) = visit(&site, "POST", "/out", pair).await;
            assert!(set.starts_with(&format!("{name}=; ")), "{set}");
            assert!(set.contains("Max-Age=0"), "{set}");
            assert_eq!(visit(&site, "GET", "/who", pair).await.0, StatusCode::UNAUTHORIZED);
        }
    });
}

#[test]
fn a_visitor_who_is_not_signed_in_gets_no_session() {
    crate::kit::run(async |kit| {
        let site = site(kit, "https://books.example");
        for cookie in ["", "__Host-cartefi=nonsense", "cartefi=x"] {
            let (status, set) = visit(&site, "GET", "/who", cookie).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED);
            assert!(!set.contains("__Host-cartefi=") || set.contains("Max-Age=0"), "{set}");
        }
    });
}
