#![doc = include_str!("../README.md")]

mod clock;
mod cookies;
mod discovery;
mod error;
mod grants;
mod invitations;
mod kept_forms;
mod login_state;
mod oidc;
mod people;
mod person_sessions;
mod return_to;
mod session_store;
mod sign_in;
mod token;

pub use clock::{Clock, ManualClock, SystemClock};
pub use cookies::CookiePolicy;
pub use error::{IdentityError, InvitationRefusal};
pub use grants::{COMPANIES_A_DAY_MAX, Granted, may_found, membership_found, membership_grant, pending_role};
pub use invitations::{
    INVITATION_LIFE, Invitation, InvitationOffer, InvitationState, InvitationToken, invitation_accept,
    invitation_create, invitation_list, invitation_offer, invitation_revoke,
};
pub use kept_forms::{FormTicket, KEPT_FORM_BYTES_MAX, KEPT_FORM_LIFE, KeptForm, form_forget, form_keep, form_kept};
pub use login_state::{LOGIN_LIFE, LoginState, LoginStateError};
pub use oidc::{Callback, Identified, LoginError, Provider, ProviderConfig};
pub use people::{
    Company, Entered, MEMBERS_OFFERED_MAX, Member, MemberChoice, Person, PersonId, companies_of, enter, leave,
    member_address, member_choices, people_list, person, person_by_email, person_remove, role_change,
};
pub use person_sessions::{PastSignIn, PersonSession, SESSIONS_LISTED_MAX, SIGN_INS_LISTED_MAX, SignInOutcome};
pub use return_to::ReturnTo;
pub use session_store::{ABSOLUTE_LIFE, IDLE_LIFE, PersonSessionStore};
pub use sign_in::{EmailPolicy, SignedIn, sign_in, sign_out, signed_in};
