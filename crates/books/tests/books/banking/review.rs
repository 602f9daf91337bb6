//! Coding lines: what they become in the books.

use books::contacts::{NewContact, contact_create};
use books::documents::{DocumentKind, document_get};
use books::locks::lock_set;
use books::review::{
    Coding, LineState, REVIEW_COUNT_MAX, SPLITS_MAX, Split, Way, line_code, line_exclude, line_split, line_undo,
    review_count, review_list, review_totals,
};
use tenancy::RequestKey;

use super::*;
use crate::fixture;

const OCTOBER: [Transaction<'_>; 3] = [
    ("20261001", "-42.50", "a1", "Corner Hardware"),
    ("20261002", "1200.00", "a2", "Deposit"),
    ("20261003", "0.00", "a3", "Your new card is on its way"),
];

#[test]
fn money_out_is_an_expense_and_money_in_a_deposit_on_the_banks_day() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await);
        let expense = document_get(&cx, code(&cx, bank, "Corner Hardware", "Supplies").await)
            .await
            .expect("an expense");
        assert_eq!(
            (expense.kind, expense.doc_date),
            (DocumentKind::Expense, day("10/01/2026"))
        );
        let legs: Vec<_> = expense
            .postings
            .iter()
            .map(|leg| (leg.account.as_str(), leg.amount, leg.matched))
            .collect();
        assert_eq!(
            legs,
            [("1000 Business Checking", -4250, true), ("6240 Supplies", 4250, false)]
        );
        let deposit = document_get(&cx, code(&cx, bank, "Deposit", "Sales of Services").await)
            .await
            .expect("a deposit");
        assert_eq!(deposit.kind, DocumentKind::BankDeposit);
        assert_eq!(balance(&cx, "Business Checking").await, 115_750);
        let accepted = line(&cx, bank, "Deposit").await;
        assert_eq!(accepted.state, LineState::Accepted);
        assert_eq!(
            accepted.accepted_as.map(|a| (a.document_id, a.accounts)),
            Some((deposit.id, "4000 Sales of Services".to_owned()))
        );
    });
}

#[test]
fn a_purchase_on_a_card_raises_what_is_owed() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Credit Card", statement("4111111111111111", &OCTOBER)).await);
        code(&cx, bank, "Corner Hardware", "Supplies").await;
        assert_eq!(
            (balance(&cx, "Credit Card").await, balance(&cx, "Supplies").await),
            (-4250, 4250)
        );
    });
}

#[test]
fn a_line_is_split_into_parts_that_add_up_to_it() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await);
        let hardware = line(&cx, bank, "Corner Hardware").await.id;
        let part = |account_id, amount| Split {
            coding: coding(account_id),
            amount,
        };
        let (supplies, repairs) = (
            account(&cx, "Supplies").await,
            account(&cx, "Repairs and Maintenance").await,
        );
        let short = line_split(
            &cx,
            hardware,
            &[part(supplies, -4000), part(repairs, -200)],
            &RequestKey::fresh(),
        )
        .await;
        assert_eq!(
            told(short),
            ["splits.1.amount: The parts add up to -42.00, the line is -42.50: -0.50 is missing."]
        );
        let empty = line_split(
            &cx,
            hardware,
            &[part(supplies, -4250), part(repairs, 0)],
            &RequestKey::fresh(),
        )
        .await;
        assert_eq!(told(empty), ["splits.1.amount: Enter an amount, or remove this part."]);
        let huge = line_split(&cx, hardware, &[part(supplies, i64::MIN)], &RequestKey::fresh()).await;
        assert!(!told(huge).is_empty());
        let beyond = [part(supplies, i64::MIN), part(repairs, i64::MAX - 4249)];
        assert!(!told(line_split(&cx, hardware, &beyond, &RequestKey::fresh()).await).is_empty());
        let mut many = vec![part(supplies, -1); SPLITS_MAX];
        many.push(part(repairs, -4250 + SPLITS_MAX as i64));
        assert_eq!(
            told(line_split(&cx, hardware, &many, &RequestKey::fresh()).await),
            ["splits: A line is split into 499 parts at most."]
        );
        // A part may go against the line: a return settled with the purchase.
        let parts = [part(supplies, -5000), part(repairs, 750)];
        line_split(&cx, hardware, &parts, &RequestKey::fresh())
            .await
            .expect("split");
        assert_eq!(
            (
                balance(&cx, "Supplies").await,
                balance(&cx, "Repairs and Maintenance").await
            ),
            (5000, -750)
        );
        assert_eq!(balance(&cx, "Business Checking").await, -4250);
    });
}

#[test]
fn a_payment_coded_to_receivables_needs_its_customer_and_opens_an_item() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await);
        let deposit = line(&cx, bank, "Deposit").await.id;
        let receivable = coding(account(&cx, "Accounts Receivable").await);
        let nameless = line_code(&cx, deposit, &receivable, &RequestKey::fresh()).await;
        assert_eq!(
            told(nameless),
            ["contact: A receivable or payable account needs a name. Choose the customer or vendor."]
        );
        let new = NewContact {
            name: "Cedar Cycling Club".to_owned(),
            customer: true,
            vendor: false,
        };
        let club = contact_create(&cx, &new, &RequestKey::fresh())
            .await
            .expect("a customer");
        let paid = Coding {
            contact_id: Some(club),
            description: " October dues ".to_owned(),
            ..receivable
        };
        let accepted = line_code(&cx, deposit, &paid, &RequestKey::fresh())
            .await
            .expect("coded");
        let document = document_get(&cx, accepted.document_id).await.expect("a deposit");
        assert_eq!(
            (document.contact_id, document.lines[1].description.as_str()),
            (Some(club), "October dues")
        );
        assert_eq!(balance(&cx, "Accounts Receivable").await, -120_000);
        let bank2 = line(&cx, bank, "Corner Hardware").await.id;
        let clearing = coding(account(&cx, "Undeposited Funds").await);
        line_code(&cx, bank2, &clearing, &RequestKey::fresh())
            .await
            .expect("undeposited funds are fine");
    });
}

#[test]
fn what_cannot_be_coded_says_why_at_its_field() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await);
        let hardware = line(&cx, bank, "Corner Hardware").await.id;
        let refused = async |coding: Coding| told(line_code(&cx, hardware, &coding, &RequestKey::fresh()).await);
        let own = refused(coding(account(&cx, "Business Savings").await)).await;
        assert!(
            own[0].starts_with("account: This is a bank or card account of your own."),
            "{own:?}"
        );
        assert_eq!(
            refused(coding(999_999)).await,
            ["account: Choose an account of the chart."]
        );
        let inactive = refused(coding(account(&cx, "Inventory").await)).await;
        assert!(
            inactive[0].starts_with("account: This account is inactive."),
            "{inactive:?}"
        );
        let stranger = Coding {
            contact_id: Some(999_999),
            ..coding(account(&cx, "Supplies").await)
        };
        assert_eq!(
            refused(stranger).await,
            ["contact: Choose a customer or vendor that is active."]
        );
        let wordy = Coding {
            description: "x".repeat(1001),
            ..coding(account(&cx, "Supplies").await)
        };
        assert!(refused(wordy).await[0].starts_with("description: "));
        let empty = line(&cx, bank, "Your new card is on its way").await.id;
        let moves_nothing = line_code(
            &cx,
            empty,
            &coding(account(&cx, "Supplies").await),
            &RequestKey::fresh(),
        )
        .await;
        assert_eq!(told(moves_nothing), [": This line moves no money. Exclude it."]);
    });
}

#[test]
fn a_line_of_a_locked_day_is_not_coded_and_a_coded_one_not_taken_back() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await);
        code(&cx, bank, "Corner Hardware", "Supplies").await;
        lock_set(&cx, Some(day("10/31/2026")), "October is closed", &RequestKey::fresh())
            .await
            .expect("locked");
        let locked = "date: The bank's day is Oct 2, 2026, and the books are locked through Oct 31, 2026. Match the line to an entry, exclude it, or have the lock moved.";
        let deposit = line(&cx, bank, "Deposit").await.id;
        let sales = coding(account(&cx, "Sales of Services").await);
        assert_eq!(
            told(line_code(&cx, deposit, &sales, &RequestKey::fresh()).await),
            [locked]
        );
        let hardware = line(&cx, bank, "Corner Hardware").await.id;
        assert_eq!(
            told(line_undo(&cx, hardware, &RequestKey::fresh()).await),
            [
                "date: The books are locked through Oct 31, 2026 for everyone. Choose a later date, or ask an accountant or admin to open the period."
            ]
        );
        line_exclude(&cx, deposit, &RequestKey::fresh())
            .await
            .expect("a mark is always allowed");
    });
}

#[test]
fn the_list_goes_page_by_page_from_the_newest_line_and_misses_none() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let ids: Vec<String> = (0..25).map(|n| n.to_string()).collect();
        let days = ["20261001", "20261002", "20261003"];
        let many: Vec<Transaction<'_>> = ids
            .iter()
            .enumerate()
            .map(|(n, id)| (days[n % 3], "-1.00", id.as_str(), id.as_str()))
            .collect();
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &many)).await);
        let filter = LineFilter {
            bank_account_id: bank,
            states: vec![LineState::New],
            ..LineFilter::default()
        };
        let (mut seek, mut seen) = (Seek::First, Vec::new());
        loop {
            let page = review_list(&cx, &filter, LineSort::Date, Direction::Descending, &seek, 10)
                .await
                .expect("a page");
            seen.extend(page.rows.into_iter().map(|line| (line.posted_on, line.id)));
            match page.next {
                Some(place) => seek = Seek::After(place),
                None => break,
            }
        }
        assert_eq!(seen.len(), 25);
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "newest first, each once");
    });
}

#[test]
fn what_waits_is_counted_over_all_bank_accounts_and_beyond_a_thousand_only_said_to_be_more() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let ids: Vec<String> = (0..REVIEW_COUNT_MAX).map(|n| n.to_string()).collect();
        let many: Vec<Transaction<'_>> = ids
            .iter()
            .map(|id| ("20261001", "-1.00", id.as_str(), id.as_str()))
            .collect();
        import(&cx, "Business Checking", statement("900100200300", &many[1..])).await;
        import(&cx, "Business Savings", statement("900100200301", &many[..1])).await;
        assert_eq!(review_count(&cx).await.expect("a count"), REVIEW_COUNT_MAX);
        import(&cx, "Business Savings", statement("900100200301", &OCTOBER)).await;
        assert_eq!(review_count(&cx).await.expect("a count"), REVIEW_COUNT_MAX + 1);
    });
}

#[test]
fn lines_are_narrowed_by_words_days_amounts_and_way_and_sorted_and_added_up() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await);
        let all = LineFilter {
            bank_account_id: bank,
            states: vec![LineState::New],
            ..LineFilter::default()
        };
        let names = async |filter: &LineFilter, sort, direction| -> Vec<String> {
            let page = review_list(&cx, filter, sort, direction, &Seek::First, 100).await;
            page.expect("a list").rows.into_iter().map(|line| line.name).collect()
        };
        let down = Direction::Descending;
        let (hardware, deposit, card) = ("Corner Hardware", "Deposit", "Your new card is on its way");
        assert_eq!(names(&all, LineSort::Date, down).await, [card, deposit, hardware]);
        assert_eq!(names(&all, LineSort::Words, down).await, [card, deposit, hardware]);
        let up = Direction::Ascending;
        assert_eq!(names(&all, LineSort::Amount, up).await, [hardware, card, deposit]);
        for (filter, found) in [
            (
                LineFilter {
                    text: Some("HARD".to_owned()),
                    ..all.clone()
                },
                vec![hardware],
            ),
            (
                LineFilter {
                    text: Some("%".to_owned()),
                    ..all.clone()
                },
                vec![],
            ),
            (
                LineFilter {
                    from: Some(day("10/02/2026")),
                    to: Some(day("10/02/2026")),
                    ..all.clone()
                },
                vec![deposit],
            ),
            (
                LineFilter {
                    least: Some(4_250),
                    most: Some(4_250),
                    ..all.clone()
                },
                vec![hardware],
            ),
            (
                LineFilter {
                    way: Some(Way::In),
                    ..all.clone()
                },
                vec![deposit],
            ),
            (
                LineFilter {
                    way: Some(Way::Out),
                    ..all.clone()
                },
                vec![hardware],
            ),
            (
                LineFilter {
                    states: vec![LineState::Accepted, LineState::Excluded],
                    ..all.clone()
                },
                vec![],
            ),
            (
                LineFilter {
                    bank_account_id: bank + 1,
                    ..all.clone()
                },
                vec![],
            ),
        ] {
            assert_eq!(names(&filter, LineSort::Date, down).await, found, "{filter:?}");
        }
        let totals = review_totals(&cx, &all, 10).await.expect("totals");
        assert_eq!((totals.rows, totals.more, totals.sum), (3, false, Some(115_750)));
    });
}
