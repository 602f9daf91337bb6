//! Lists that are put together from filters: what people type goes along as values, and nothing of it becomes the statement.

use tenancy::{Capability, Cx, Direction, KeyKind, ListQuery, Position, Seek, SortKey};

use crate::town::{secret, town};

const BY_NAME: SortKey = SortKey {
    expression: "a.name",
    kind: KeyKind::Text,
    nullable: false,
    served: None,
};

/// The names of the accounts that a list shows.
async fn names(cx: &Cx, list: &ListQuery, seek: &Seek) -> Vec<String> {
    let mut tx = cx.read(Capability::ReadBooks).await.expect("the books open");
    let page = list.page::<(String,)>(&mut tx, seek, 100).await.expect("a page");
    page.rows.into_iter().map(|(name,)| name).collect()
}

#[test]
fn no_filter_and_no_place_brings_another_companys_rows_to_light() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let mut attacks = vec![
            "' or true --".to_owned(),
            "$2".to_owned(),
            "{}".to_owned(),
            "'; set role postgres; --".to_owned(),
        ];
        for other in town.others() {
            let schema = other.tenant().id.schema();
            attacks.push(format!("' union select name from {schema}.account --"));
            attacks.push(format!("'; set local search_path = {schema}; --"));
        }
        let own = secret(&town.attacker);
        for attack in attacks {
            let all = ListQuery::new("a.name", "account a", "a.id").sorted(BY_NAME, Direction::Ascending);
            let filtered = all.clone().only_with("a.name = {} or a.number = {}", attack.as_str());
            assert_eq!(
                names(&town.attacker, &filtered, &Seek::First).await,
                Vec::<String>::new(),
                "{attack}"
            );
            let place =
                Position::parse(&format!("0.{attack}"), KeyKind::Text).expect("any text is a place among texts");
            for seek in [Seek::After(place.clone()), Seek::Before(place)] {
                let seen = names(&town.attacker, &all, &seek).await;
                assert!(seen.iter().all(|name| *name == own), "{attack}: {seen:?}");
            }
        }
    });
}
