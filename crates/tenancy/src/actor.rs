//! Who makes a change, as the audit chain names them.

/// The kind of whoever acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActorKind {
    /// Somebody signed in, or named on the command line with `--as`.
    Person,
    /// A company's customer on a hosted page.
    Customer,
    /// A scheduled job.
    Job,
    /// Whoever runs the command line on the server.
    Operator,
}

impl ActorKind {
    /// The text that `change.actor_kind` holds.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Customer => "customer",
            Self::Job => "job",
            Self::Operator => "operator",
        }
    }
}

/// Who acts: a person's e-mail address, `operator:<user>`, or a job's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// The kind.
    pub kind: ActorKind,
    /// The name, as the audit chain shows it.
    pub name: String,
}

impl Actor {
    /// A person, by e-mail address.
    pub fn person(email: &str) -> Self {
        Self {
            kind: ActorKind::Person,
            name: email.to_owned(),
        }
    }

    /// A scheduled job, by its name.
    pub fn job(name: &str) -> Self {
        Self {
            kind: ActorKind::Job,
            name: name.to_owned(),
        }
    }

    /// Whoever runs the command line, by the name of their account on the server.
    pub fn operator(user: &str) -> Self {
        Self {
            kind: ActorKind::Operator,
            name: format!("operator:{user}"),
        }
    }
}
