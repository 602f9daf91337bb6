//! What a statement file brings, the first time and again.

use books::bank_accounts::bank_account_list;
use books::review::{LineState, line_code, line_exclude, line_undo};
use books::statements::{StatementChoice, statement_import};
use tenancy::RequestKey;

use super::*;
use crate::fixture;

const OCTOBER: [Transaction<'_>; 3] = [
    ("20261001", "-42.50", "a1", "Corner Hardware"),
    ("20261002", "1200.00", "a2", "Deposit"),
    ("20261003", "-9.99", "a3", "Cloud Storage"),
];

#[test]
fn a_statement_imported_twice_adds_nothing() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let first = import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await;
        assert_eq!(new_known_doubtful(&first), [3, 0, 0]);
        let second = import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await;
        assert_eq!(new_known_doubtful(&second), [0, 3, 0]);
        assert_eq!(second.import_id, None);
        assert_eq!(lines(&cx, bank_account(&first)).await.len(), 3);
    });
}

#[test]
fn a_statement_that_overlaps_an_earlier_one_adds_only_what_is_new() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await;
        let mut later = OCTOBER[1..].to_vec();
        later.push(("20261004", "-5.00", "a4", "Parking"));
        let second = import(&cx, "Business Checking", statement("900100200300", &later)).await;
        assert_eq!(new_known_doubtful(&second), [1, 2, 0]);
    });
}

#[test]
fn an_identifier_that_the_bank_uses_again_loses_nothing_and_two_equal_lines_stay_two() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let reused = [
            ("20261001", "-4.00", "1", "Coffee"),
            ("20261001", "-4.00", "1", "Coffee"),
            ("20261001", "-7.00", "1", "Lunch"),
            ("20261002", "-4.00", "1", "Coffee"),
        ];
        let first = import(&cx, "Business Checking", statement("900100200300", &reused)).await;
        assert_eq!(new_known_doubtful(&first), [4, 0, 0]);
        let again = import(&cx, "Business Checking", statement("900100200300", &reused)).await;
        assert_eq!(new_known_doubtful(&again), [0, 4, 0]);
    });
}

#[test]
fn a_line_in_another_currency_or_with_too_many_decimals_is_kept_and_never_accepted_as_it_is() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let fractions = [
            ("20261001", "-1.2345", "d1", "Fraction"),
            ("20261002", "-3.00", "d2", "Plain"),
        ];
        let first = import(&cx, "Business Checking", statement("900100200300", &fractions)).await;
        assert_eq!(new_known_doubtful(&first), [1, 0, 1]);
        let euros = file(&[account_statement(
            "700100200300",
            "EUR",
            &balance_of("50.00", "20261002"),
            &[OCTOBER[0]],
        )]);
        let second = import(&cx, "Business Savings", euros).await;
        assert_eq!(new_known_doubtful(&second), [0, 0, 1]);

        let fraction = line(&cx, bank_account(&first), "Fraction").await;
        assert_eq!(
            (fraction.state, fraction.amount, fraction.amount_text.as_str()),
            (LineState::Doubtful, None, "-1.2345")
        );
        let foreign = line(&cx, bank_account(&second), "Corner Hardware").await;
        assert_eq!(
            foreign.doubt.as_deref(),
            Some("The amount is in EUR, the account in USD.")
        );
        let supplies = coding(account(&cx, "Supplies").await);
        for doubtful in [fraction.id, foreign.id] {
            let refused = told(line_code(&cx, doubtful, &supplies, &RequestKey::fresh()).await);
            assert!(refused[0].contains("cannot be accepted as it is"), "{refused:?}");
            line_exclude(&cx, doubtful, &RequestKey::fresh())
                .await
                .expect("excluded");
            line_undo(&cx, doubtful, &RequestKey::fresh())
                .await
                .expect("back on the list");
        }
        assert_eq!(
            line(&cx, bank_account(&first), "Fraction").await.state,
            LineState::Doubtful
        );
        let stated: Vec<_> = bank_account_list(&cx)
            .await
            .expect("a list")
            .into_iter()
            .map(|a| a.stated_balance)
            .collect();
        assert_eq!(stated, [None, None], "a balance in euros is none of a dollar account");
    });
}

#[test]
fn a_file_of_several_accounts_asks_which_is_which_and_knows_them_the_next_time() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let two = |day: &'static str| {
            file(&[
                account_statement("900100200300", "USD", "", &[(day, "-1.00", "x", "Coffee")]),
                account_statement("900100200301", "USD", "", &[(day, "2.00", "x", "Interest")]),
            ])
        };
        let (checking, savings) = (
            account(&cx, "Business Checking").await,
            account(&cx, "Business Savings").await,
        );
        let asked = "accounts: The file has statements of 2 accounts. Say which account of the books each of these is: 900100200300, 900100200301.";
        assert_eq!(
            told(try_import(&cx, "Business Checking", two("20261001")).await),
            [asked]
        );
        let refused = statement_import(&cx, source(two("20261001")), &[], &RequestKey::fresh()).await;
        assert_eq!(told(refused), [asked]);
        let unknown = [StatementChoice {
            of_file: "5".to_owned(),
            account_id: checking,
        }];
        let refused = statement_import(&cx, source(two("20261001")), &unknown, &RequestKey::fresh()).await;
        assert_eq!(
            told(refused),
            ["accounts: The file has no one account 5. It has 900100200300, 900100200301."]
        );

        let choices = [
            StatementChoice {
                of_file: "900100200300".to_owned(),
                account_id: checking,
            },
            StatementChoice {
                of_file: "#2".to_owned(),
                account_id: savings,
            },
        ];
        let imported = statement_import(&cx, source(two("20261001")), &choices, &RequestKey::fresh())
            .await
            .expect("imported");
        assert_eq!(new_known_doubtful(&imported), [2, 0, 0]);
        let again = statement_import(&cx, source(two("20261002")), &[], &RequestKey::fresh())
            .await
            .expect("both are known");
        assert_eq!(new_known_doubtful(&again), [2, 0, 0]);
        let counts: Vec<_> = bank_account_list(&cx)
            .await
            .expect("a list")
            .iter()
            .map(|a| (a.account_id, a.lines.new))
            .collect();
        assert_eq!(counts, [(checking, 2), (savings, 2)]);

        let both = [
            StatementChoice {
                of_file: "900100200300".to_owned(),
                account_id: checking,
            },
            StatementChoice {
                of_file: "900100200301".to_owned(),
                account_id: checking,
            },
        ];
        let refused = statement_import(&cx, source(two("20261003")), &both, &RequestKey::fresh()).await;
        assert_eq!(
            told(refused),
            [
                "accounts.1: The statement is of the account ending in 0301, which is 1010 Business Savings. Import it there."
            ]
        );
    });
}

#[test]
fn two_accounts_to_which_a_bank_gave_one_number_are_told_apart() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let checking = account_statement("900100200300", "USD", "", &[OCTOBER[0]]);
        let savings = account_statement("900100200300", "USD", "", &[OCTOBER[1]]).replace("CHECKING", "SAVINGS");
        let choices = [
            StatementChoice {
                of_file: "121000358/900100200300/Checking/USD".to_owned(),
                account_id: account(&cx, "Business Checking").await,
            },
            StatementChoice {
                of_file: "121000358/900100200300/Savings/USD".to_owned(),
                account_id: account(&cx, "Business Savings").await,
            },
        ];
        let both = || source(file(&[checking.clone(), savings.clone()]));
        let imported = statement_import(&cx, both(), &choices, &RequestKey::fresh())
            .await
            .expect("imported");
        assert_eq!(new_known_doubtful(&imported), [2, 0, 0]);
        let again = statement_import(&cx, both(), &[], &RequestKey::fresh())
            .await
            .expect("both are known");
        assert_eq!(new_known_doubtful(&again), [0, 2, 0]);
    });
}

#[test]
fn a_statement_of_another_connected_account_is_refused_and_one_for_an_expense_account_too() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await;
        let wrong = told(try_import(&cx, "Business Savings", statement("900100200300", &OCTOBER)).await);
        assert_eq!(
            wrong,
            [
                "accounts.0: The statement is of the account ending in 0300, which is 1000 Business Checking. Import it there."
            ]
        );
        let expense = told(try_import(&cx, "Supplies", statement("55500100", &OCTOBER)).await);
        assert_eq!(expense, ["accounts.0: Choose an account of type Bank or Credit Card."]);
        let unsaid = statement_import(&cx, source(statement("55500100", &OCTOBER)), &[], &RequestKey::fresh()).await;
        assert_eq!(
            told(unsaid),
            ["account: Choose the account of the books that this statement is of."]
        );
    });
}

#[test]
fn the_newest_stated_balance_is_kept_whatever_the_order_of_the_files() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        for (amount, day) in [("100.00", "20261010"), ("90.00", "20261001"), ("120.50", "20261020")] {
            import(
                &cx,
                "Business Checking",
                file(&[account_statement("900100200300", "USD", &balance_of(amount, day), &[])]),
            )
            .await;
        }
        import(
            &cx,
            "Business Checking",
            file(&[account_statement(
                "900100200300",
                "USD",
                &balance_of("1.00", "20261019"),
                &[],
            )]),
        )
        .await;
        let listed = bank_account_list(&cx).await.expect("a list");
        assert_eq!(
            (listed[0].stated_balance, listed[0].stated_on),
            (Some(12050), Some(day("10/20/2026")))
        );
        assert_eq!((listed[0].book_balance, listed[0].mask.as_deref()), (0, Some("0300")));
    });
}

#[test]
fn a_damaged_file_is_refused_whole_with_the_line_at_fault() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let damaged = [OCTOBER[0], ("20261002", "$120", "a2", "Deposit")];
        assert_eq!(
            told(try_import(&cx, "Business Checking", statement("900100200300", &damaged)).await),
            ["file: Line 9: \"$120\" is not an amount."]
        );
        let csv = told(try_import(&cx, "Business Checking", b"Date,Amount\n".to_vec()).await);
        let words = "file: This is not an OFX, QFX or QBO file. CSV, PDF and Excel files are not taken yet: ";
        assert!(csv.len() == 1 && csv[0].starts_with(words), "{csv:?}");
        assert_eq!(bank_account_list(&cx).await.expect("a list"), []);
    });
}
