//! `cartefi demo`: the company that everything can be looked at with.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Program;

const TODAY: [&str; 3] = ["demo", "--today", "2026-11-22"];

#[test]
fn the_demo_company_is_made_once_and_anew_when_that_is_asked_for() {
    testkit::run(async |kit| {
        let program = Program::with_company(kit, "Beside the Demo").await;
        kit.provisioner().stock_to(2).await.expect("a stock");
        let made = program.run(&TODAY);
        assert_eq!((made.code, made.reason.as_str()), (Some(0), ""), "{made:?}");
        let slug = made.said.trim();
        assert!(slug.starts_with("juniper-cycles"), "{made:?}");

        let again = program.run(&TODAY);
        assert_eq!((again.code, &again.said), (Some(0), &made.said), "{again:?}");
        assert!(again.reason.contains("is there"), "{again:?}");

        let balances = || {
            let arguments = [
                "report",
                "trial-balance",
                "--company",
                slug,
                "--as-of",
                "2026-11-22",
                "--format",
                "json",
            ];
            program.run(&arguments).json()
        };
        let company = async || {
            kit.tenancy
                .tenant_by_slug(slug)
                .await
                .expect("an answer")
                .expect("a company")
                .id
        };
        let (before, first) = (balances(), company().await);
        kit.provisioner().stock_to(2).await.expect("a stock");
        let anew = program.run(&[&TODAY[..], &["--reset"]].concat());
        assert_eq!(
            (anew.code, &anew.said),
            (Some(0), &made.said),
            "addresses stay as they were: {anew:?}"
        );
        assert_ne!(company().await, first, "it is another company");
        let checked = program.run(&["check", "--company", anew.said.trim()]);
        assert_eq!(
            (checked.code, checked.said.as_str()),
            (Some(0), "everything holds\n"),
            "{checked:?}"
        );

        // The same seed and the same day: the same books, account by account.
        let balances = [before, balances()];
        let accounts: BTreeSet<&str> = rows(&balances[0])
            .iter()
            .filter_map(|row| row["account"].as_str())
            .collect();
        assert!(
            accounts.len() > 30 && accounts.contains("Business Checking"),
            "{accounts:?}"
        );
        assert_eq!(rows(&balances[0]), rows(&balances[1]));
        assert_eq!(balances[0]["total_debit"], balances[0]["total_credit"]);
    });
}

fn rows(report: &Value) -> &[Value] {
    report["rows"].as_array().map(Vec::as_slice).unwrap_or_default()
}
