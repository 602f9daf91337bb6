//! Opening companies: what the provisioner does ahead of time, and what a person waits for.

use std::fmt::Write as _;

use books::company::company_open;
use tenancy::{Actor, RequestKey, Role};
use testkit::Kit;

use crate::posting::new_company;
use crate::{median, ms, timed};

pub async fn measure(kit: &Kit) -> String {
    let mut stock = kit.provisioner().stock_to(8).await.expect("a stock").ready / 2;
    let provision = median(async || {
        stock += 4;
        // Four more schemas in each of two cells.
        timed(async {
            kit.provisioner().stock_to(stock).await.expect("a stock");
        })
        .await
            / 8
    })
    .await;
    let open = median(async || {
        timed(async {
            company_open(
                &kit.tenancy,
                &Actor::operator("bench"),
                Role::System,
                &new_company(),
                &RequestKey::fresh(),
            )
            .await
            .expect("a company is opened");
        })
        .await
    })
    .await;
    let mut out = String::from("## Companies\n\n| | time |\n| --- | ---: |\n");
    let _ = writeln!(out, "| provision a schema ahead of time | {} |", ms(provision));
    let _ = writeln!(out, "| claim one and set up its books, chart included | {} |", ms(open));
    out
}
