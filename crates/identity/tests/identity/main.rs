//! Identity against a real database and a small provider of OpenID Connect.

mod founding;
mod in_turn;
mod invitations;
mod kept_forms;
mod kit;
mod people;
mod provider;
mod refusals;
mod sessions;
mod signing_in;
