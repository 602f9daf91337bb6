//! Chance that is the same every time: SplitMix64 from a fixed seed. Each topic of the story throws dice of its own, so that what
//! one topic does leaves the others as they are.

/// A sequence of numbers that looks like chance and is none.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of a topic.
    pub fn of(topic: &str) -> Self {
        const SEED: u64 = 0x4a75_6e69_7065_7221;
        Self(topic.bytes().fold(SEED, |state, byte| {
            (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` through `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(0).unsigned_abs() + 1;
        low.saturating_add_unsigned(self.next() % span)
    }

    /// An amount, more or less by at most so many thousandths.
    pub fn about(&mut self, amount: i64, thousandths: i64) -> i64 {
        amount + amount * self.between(-thousandths, thousandths) / 1_000
    }

    /// Whether something happens that happens so often in a thousand times.
    pub fn happens(&mut self, in_a_thousand: i64) -> bool {
        self.between(1, 1_000) <= in_a_thousand
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topics_dice_fall_the_same_way_every_time_and_another_topics_do_not() {
        let throw = |topic| {
            let mut dice = Dice::of(topic);
            [(); 8].map(|()| dice.between(1, 1_000_000))
        };
        assert_eq!(throw("sales"), throw("sales"));
        assert_ne!(throw("sales"), throw("payroll"));
        assert!(throw("sales").iter().all(|n| (1..=1_000_000).contains(n)));
    }
}
