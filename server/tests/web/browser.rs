//! Somebody signed in, in a browser of their own that keeps its cookies.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use identity::{Clock, EmailPolicy, Granted, Identified, Person, membership_grant, sign_in};
use tenancy::{Actor, Cx, Role, Secret};
use testkit::Kit;
use tower_sessions::Session;
use uuid::Uuid;

use crate::support::{Answer, NOON, Site, posted};

const HTML: &str = "text/html,application/xhtml+xml";

/// A browser, and who is signed in with it.
pub struct Browser<'a> {
    site: &'a Site,
    pub person: Person,
    cookies: BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    /// Somebody new, whose address begins with `name`.
    pub async fn of(site: &'a Site, name: &str) -> Self {
        let subject = Uuid::new_v4().to_string();
        let who = Identified {
            issuer: "https://provider.example/".to_owned(),
            email: Some(format!("{name}-{subject}@example.com")),
            subject,
            email_verified: Some(true),
            name: Some(name.to_owned()),
            amr: vec![],
            auth_time: site.clock.now(),
            id_token: Secret::new("an id token"),
        };
        Self::of_identified(site, who).await
    }

    /// The same person in another browser, or again in this one after the session has ended.
    pub async fn of_identified(site: &'a Site, who: Identified) -> Self {
        let (person, cookie) = session(site, who).await;
        Self {
            site,
            person,
            cookies: BTreeMap::from([cookie]),
        }
    }

    /// Somebody new with a role in a company.
    pub async fn member(kit: &Kit, site: &'a Site, company: &Cx, role: Role) -> Self {
        let browser = Self::of(site, role.code()).await;
        let operator = Actor::operator("tests");
        let granted = membership_grant(
            &kit.tenancy,
            company.tenant().id,
            &browser.person.email,
            role,
            &operator,
            NOON,
        )
        .await;
        assert_eq!(granted.expect("a grant"), Granted::Now);
        browser
    }

    /// Signs the same person in again, in this browser.
    pub async fn signs_in_again(&mut self) {
        let who = Identified {
            issuer: "https://provider.example/".to_owned(),
            subject: self.subject().to_owned(),
            email: Some(self.person.email.clone()),
            email_verified: Some(true),
            name: Some(self.person.name.clone()),
            amr: vec![],
            auth_time: self.site.clock.now(),
            id_token: Secret::new("an id token"),
        };
        let (person, (name, value)) = session(self.site, who).await;
        assert_eq!(person.id, self.person.id);
        self.cookies.insert(name, value);
    }

    /// Another browser, in which the same person signs in.
    pub async fn elsewhere(&self) -> Self {
        let mut other = Self {
            site: self.site,
            person: self.person.clone(),
            cookies: BTreeMap::new(),
        };
        other.signs_in_again().await;
        other
    }

    fn subject(&self) -> &str {
        let (_, rest) = self.person.email.split_once('-').expect("an address made here");
        rest.trim_end_matches("@example.com")
    }

    pub async fn get(&mut self, address: &str) -> Answer {
        let request = Request::get(address)
            .header(header::COOKIE, self.cookie_header())
            .body(Body::empty())
            .expect("a request");
        self.sent(request).await
    }

    pub async fn post(&mut self, address: &str, pairs: &[(&str, &str)]) -> Answer {
        self.post_accepting(address, HTML, pairs).await
    }

    pub async fn post_accepting(&mut self, address: &str, accept: &str, pairs: &[(&str, &str)]) -> Answer {
        let request = posted(address, accept, &self.cookie_header(), pairs);
        self.sent(request).await
    }

    /// What the browser sends of its cookies.
    pub fn cookie_header(&self) -> String {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        cookies.join("; ")
    }

    pub fn keeps(&self, cookie: &str) -> bool {
        self.cookies.contains_key(cookie)
    }

    /// Moves a cookie here from another browser, as a thief would.
    pub fn takes(&mut self, cookie: &str, from: &Browser<'_>) {
        let value = from.cookies.get(cookie).expect("the cookie is there");
        self.cookies.insert(cookie.to_owned(), value.clone());
    }

    async fn sent(&mut self, request: Request<Body>) -> Answer {
        let answer = self.site.send(request).await;
        self.holds(&answer);
        answer
    }

    /// Keeps the cookies of an answer.
    pub fn holds(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("text");
            let (name, rest) = cookie.split_once('=').expect("a name");
            let value = rest.split(';').next().expect("a value");
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// A session of the person, made as a sign-in makes it, and its cookie.
async fn session(site: &Site, who: Identified) -> (Person, (String, String)) {
    let state = &site.state;
    let session = Session::new(None, Arc::new(state.sessions.clone()), None);
    let person = sign_in(
        &state.tenancy,
        &session,
        who,
        EmailPolicy::Verified,
        "a browser",
        state.clock.now(),
    )
    .await
    .expect("a sign-in");
    let id = session.id().expect("an id").to_string();
    (person, (state.cookies.session_name().to_owned(), id))
}
