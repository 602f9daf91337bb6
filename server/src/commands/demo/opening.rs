//! What the shop had and owed when these books began.

use time::{Date, Duration};

use super::chart::*;
use super::story::{Balance, BankLine, Becomes, Leg, Story};

/// What a card statement and the quarter before left to pay.
pub const CARD_OWED: i64 = 184_216;
pub const SALES_TAX_OWED: i64 = 941_855;
pub const PAYROLL_OWED: i64 = 238_490;
pub const LOAN_OWED: i64 = 3_124_018;
pub const INSURANCE_LEFT: i64 = 94_583;

pub const CHECKING_BEGINS: i64 = 3_531_877;
pub const SAVINGS_BEGINS: i64 = 1_204_631;

/// What customers owed: who, how much, and when they paid, in days after the books began.
const OWED_TO_US: [(&str, i64, i64); 3] = [
    ("Alder Street Couriers", 121_640, 19),
    ("Lakeview School District", 287_400, 26),
    ("Hollis Hardware", 48_675, 8),
];

/// What was owed to vendors, in the same way.
const OWED_BY_US: [(&str, i64, i64); 3] = [
    ("Evergreen Bicycle Works", 691_234, 14),
    ("Shimano North America", 418_309, 20),
    ("Trailhead Apparel", 103_762, 27),
];

pub const TAG: &str = "opening";

pub fn tell(story: &mut Story) {
    let of = |account, amount| Balance {
        account,
        contact: None,
        amount,
        due_on: None,
    };
    let mut balances = vec![
        of(CHECKING, CHECKING_BEGINS),
        of(SAVINGS, SAVINGS_BEGINS),
        of(TILL, 35_000),
        of(INVENTORY, 5_887_120),
        of(PREPAID_INSURANCE, INSURANCE_LEFT),
        of(EQUIPMENT, 2_845_000),
        of(RENTAL_FLEET, 1_136_450),
        of(VEHICLES, 1_990_000),
        of(ACCUMULATED, -2_120_744),
        of(DEPOSIT, 640_000),
        of(CARD, -CARD_OWED),
        of(SALES_TAX, -SALES_TAX_OWED),
        of(PAYROLL_LIABILITIES, -PAYROLL_OWED),
        of(LOAN, -LOAN_OWED),
        of(CONTRIBUTIONS, -4_500_000),
    ];
    for (name, amount, days) in OWED_TO_US {
        balances.push(owed(RECEIVABLE, name, amount, story.begin));
        let on = story.begin + Duration::days(days);
        let tag = format!("opening paid {name}");
        let leg = Leg::with(RECEIVABLE, name, -amount, "Old balance paid");
        let line = BankLine::new(
            tag.clone(),
            on,
            amount,
            "DEPOSIT",
            "MOBILE CHECK DEPOSIT",
            Becomes::Coded(vec![leg]),
        );
        story.show(line);
        story.settle(name, TAG, &tag, amount, on);
    }
    for (name, amount, days) in OWED_BY_US {
        balances.push(owed(PAYABLE, name, -amount, story.begin));
        let on = story.begin + Duration::days(days);
        let tag = format!("opening paid {name}");
        let leg = Leg::with(PAYABLE, name, amount, "Old bill paid");
        let bank_name = format!("ACH {}", name.to_uppercase());
        story.show(BankLine::new(
            tag.clone(),
            on,
            -amount,
            &bank_name,
            "WEB PMT",
            Becomes::Coded(vec![leg]),
        ));
        story.settle(name, &tag, TAG, amount, on);
    }
    let known: i64 = balances.iter().map(|balance| balance.amount).sum();
    balances.push(of(RETAINED, -known));
    story.opening = balances;
}

fn owed(account: &'static str, contact: &'static str, amount: i64, begin: Date) -> Balance {
    Balance {
        account,
        contact: Some(contact),
        amount,
        due_on: Some(begin + Duration::days(15)),
    }
}
