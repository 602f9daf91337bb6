//! The shop's credit card: many small purchases, half of them entered from their receipts, and one payment a month.

use time::{Date, Duration};

use super::calendar::{bank_day, in_month, months_after, short};
use super::chart::*;
use super::dice::Dice;
use super::opening::CARD_OWED;
use super::story::{Bank, BankLine, Becomes, By, Entry, Leg, Story};

/// Somewhere the card is used.
struct Merchant {
    bank_text: &'static str,
    what: &'static str,
    account: &'static str,
    /// Minor units.
    low: i64,
    high: i64,
    /// How many times a month.
    times: i64,
    /// How often a receipt was entered before the bank showed the charge, in thousandths.
    receipts: i64,
}

const fn merchant(
    bank_text: &'static str,
    what: &'static str,
    account: &'static str,
    range: (i64, i64),
    times: i64,
    receipts: i64,
) -> Merchant {
    Merchant {
        bank_text,
        what,
        account,
        low: range.0,
        high: range.1,
        times,
        receipts,
    }
}

const MERCHANTS: [Merchant; 12] = [
    merchant("ADOBE *CREATIVE CLD", "Creative Cloud", OFFICE, (5999, 5999), 1, 0),
    merchant(
        "SHOPBENCH POS",
        "Point of sale, monthly",
        OFFICE,
        (11_900, 11_900),
        1,
        0,
    ),
    merchant("GOOGLE *ADS4471", "Search ads", ADVERTISING, (16_410, 38_870), 2, 800),
    merchant("SQ *HILLTOP COFFEE", "Coffee with the crew", MEALS, (985, 3140), 3, 0),
    merchant(
        "AMZN MKTP US*2K4",
        "Shop rags, gloves, cleaner",
        SUPPLIES,
        (1762, 14_890),
        2,
        700,
    ),
    merchant("BENCH+TORQUE TOOLS", "Tools", SUPPLIES, (3815, 21_460), 1, 1_000),
    merchant("NORTHGATE FUEL 5744", "Fuel for the van", CAR, (4137, 7682), 3, 1_000),
    merchant(
        "PARCELWAY SHIPPING",
        "Wheels sent to customers",
        FREIGHT,
        (2348, 13_295),
        2,
        750,
    ),
    merchant(
        "OFFICE HARBOR 0231",
        "Paper and receipt rolls",
        OFFICE,
        (2214, 9673),
        1,
        900,
    ),
    merchant("METRO PARKING 12", "Parking", CAR, (650, 2175), 2, 0),
    merchant(
        "CITY RECYCLING",
        "Tires and tubes taken away",
        MAINTENANCE,
        (3840, 7125),
        1,
        600,
    ),
    merchant("SEA TRADE SHOW", "Trade show", TRAVEL, (11_825, 64_260), 0, 1_000),
];

pub fn tell(story: &mut Story) {
    let mut dice = Dice::of("card");
    for month in story.months() {
        for merchant in &MERCHANTS {
            // The trade show is in March and September.
            let is_fair = merchant.times == 0 && matches!(u8::from(month.month()), 3 | 9);
            let times = if is_fair { 3 } else { merchant.times };
            for time in 0..times {
                purchase(story, month, time, merchant, &mut dice);
            }
        }
        hold(story, month, &mut dice);
    }
    if let Some(day) = story.unknown_on {
        unknown(story, day);
    }
    for month in story.months() {
        pay(story, month);
    }
}

fn purchase(story: &mut Story, month: Date, time: i64, merchant: &Merchant, dice: &mut Dice) {
    let Merchant { bank_text, what, .. } = *merchant;
    // In its first half year the shop had an account for software beside the one for the office.
    let is_software = merchant.account == OFFICE && merchant.receipts == 0;
    let account = if is_software && month < months_after(story.begin, 6) {
        SOFTWARE
    } else {
        merchant.account
    };
    let amount = dice.between(merchant.low, merchant.high);
    let day = in_month(month, u8::try_from(dice.between(1, 28)).unwrap_or(1));
    let has_receipt = dice.happens(merchant.receipts);
    let shown = day + Duration::days(dice.between(1, 2));
    let tag = format!("card {bank_text} {month} {time}");
    let legs = vec![Leg::new(account, amount, what)];
    let becomes = if has_receipt {
        let of_card = Leg::new(CARD, -amount, bank_text);
        let entry = Entry::new(
            format!("receipt {tag}"),
            By::Dana,
            day,
            what,
            [legs, vec![of_card]].concat(),
        );
        story.enter(entry.referring_to(format!("Receipt {}", short(day))));
        Becomes::Matched
    } else {
        Becomes::Coded(legs)
    };
    story.show(BankLine::new(tag, shown, -amount, bank_text, "", becomes).of(Bank::Card));
}

/// A pump holds a dollar and gives it back: neither is anything.
fn hold(story: &mut Story, month: Date, dice: &mut Dice) {
    let day = in_month(month, u8::try_from(dice.between(3, 26)).unwrap_or(3));
    if dice.happens(350) {
        for (word, amount) in [("HOLD", -100), ("HOLD REVERSED", 100)] {
            let tag = format!("{word} {month}");
            let line = BankLine::new(tag, day, amount, "NORTHGATE FUEL 5744", word, Becomes::Excluded);
            story.show(line.of(Bank::Card));
        }
    }
}

/// One charge that nobody remembers.
fn unknown(story: &mut Story, day: Date) {
    let amount = 18_620;
    let legs = vec![Leg::new(UNCATEGORIZED, amount, "What was this? Stock?")];
    let line = BankLine::new(
        "unknown".to_owned(),
        day,
        -amount,
        "AMZN MKTP US*7Q1",
        "",
        Becomes::Coded(legs),
    );
    story.show(line.of(Bank::Card));
}

/// Pays on the 24th what the statement of the 20th says: everything since the one before.
fn pay(story: &mut Story, month: Date) {
    let cut = in_month(month, 20);
    let (last, before) = if month == story.begin {
        (month - Duration::days(1), CARD_OWED)
    } else {
        (in_month(months_after(month, -1), 20), 0)
    };
    let is_purchase = |line: &&BankLine| line.bank == Bank::Card && !matches!(line.becomes, Becomes::Transfer(_));
    let is_of_statement = |line: &&BankLine| is_purchase(line) && line.on > last && line.on <= cut;
    let spent = story.lines.iter().filter(is_of_statement).map(|line| -line.amount);
    let pays = before + spent.sum::<i64>();
    let on = bank_day(in_month(month, 24));
    story.show(BankLine::new(
        format!("pays card {month}"),
        on,
        -pays,
        "CARD SERVICES PYMT",
        "CARD ...9017 AUTOPAY",
        Becomes::Transfer(Bank::Card),
    ));
    let line = BankLine::new(
        format!("card is paid {month}"),
        on + Duration::days(1),
        pays,
        "PAYMENT RECEIVED - THANK YOU",
        "AUTOPAY",
        Becomes::Transfer(Bank::Checking),
    );
    story.show(line.of(Bank::Card));
}
