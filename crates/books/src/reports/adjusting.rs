//! Which entries a report of lines shows, by whether they adjust.

/// Which entries a report of lines shows, by whether they are adjusting ones.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Adjusting {
    /// Those that adjust and those that do not.
    #[default]
    Among,
    /// Adjusting entries alone: balances are those of the lines that are shown.
    Only,
    /// Without the adjusting entries of the period. What was adjusted before it stays in the balance that it begins with, so that over a
    /// fiscal year a balance is what a trial balance shows as unadjusted.
    LeftOut,
}

impl Adjusting {
    /// Adjusting entries alone, or all of them.
    pub const fn only(only: bool) -> Self {
        if only { Self::Only } else { Self::Among }
    }

    /// As addresses name it: `yes` for adjusting entries alone, `no` for the others.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Among => "",
            Self::Only => "yes",
            Self::LeftOut => "no",
        }
    }

    /// What an address names.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Among, Self::Only, Self::LeftOut]
            .into_iter()
            .find(|adjusting| adjusting.code() == code)
    }

    /// What an entry's mark must be to be shown; none where either will do.
    pub(super) const fn mark(self) -> Option<bool> {
        match self {
            Self::Among => None,
            Self::Only => Some(true),
            Self::LeftOut => Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_each_choice_by_its_code() {
        for adjusting in [Adjusting::Among, Adjusting::Only, Adjusting::LeftOut] {
            assert_eq!(Adjusting::parse(adjusting.code()), Some(adjusting));
        }
        assert_eq!(Adjusting::parse("maybe"), None);
    }
}
