//! Identity against a real database and a small provider of OpenID Connect.

mod invitations;
mod kit;
mod people;
mod provider;
mod refusals;
mod sessions;
mod signing_in;
