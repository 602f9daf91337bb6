//! The audit page: who, when, what, narrowed and paged.

use audit::Difference;
use audit::log::{ACTIONS, Entry, Filter, PAGE_MAX, head, newest, page, tables, totals};
use tenancy::{Direction, Role, Seek};
use time::{Duration, OffsetDateTime};

use crate::fixture::{commit, juniper};

#[test]
fn the_newest_event_comes_first_and_says_who_did_what() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        let viewer = kit.with_role(&cx, Role::Viewer);
        let page = page(&viewer, &Filter::default(), Direction::Descending, &Seek::First, 50)
            .await
            .expect("a page");
        assert_eq!(page.rows.iter().map(|e| e.seq).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
        assert_eq!((page.previous, page.next), (None, None));
        let newest = &page.rows[0];
        assert_eq!(
            (newest.actor.as_str(), newest.role.as_str(), newest.request.as_str()),
            ("dana@junipercycles.example", "admin", "test")
        );
        assert_eq!(
            (
                newest.action.as_str(),
                newest.table.as_str(),
                newest.row.as_str(),
                newest.change
            ),
            ("update", "account", "2", 3)
        );
        assert_eq!(
            newest.differences,
            [Difference {
                field: "name".into(),
                before: Some("Rent".into()),
                after: Some("Shop rent".into())
            }]
        );
    });
}

#[test]
fn the_head_is_the_last_link_that_a_verification_arrives_at() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        let head = head(&cx).await.expect("the head");
        let verified = audit::verify(&cx).await.expect("the record holds");
        assert_eq!((head.seq, head.change), (verified.events, verified.changes));
        assert_eq!(head.hash, verified.head);
    });
}

#[test]
fn pages_follow_each_other_without_a_gap_or_a_repeat() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        for (direction, all) in [
            (Direction::Descending, [5, 4, 3, 2, 1]),
            (Direction::Ascending, [1, 2, 3, 4, 5]),
        ] {
            let part = async |seek: Seek| {
                page(&cx, &Filter::default(), direction, &seek, 2)
                    .await
                    .expect("a page")
            };
            let (mut seen, mut seek) = (Vec::new(), Seek::First);
            loop {
                let page = part(seek).await;
                assert!(page.rows.len() <= 2);
                seen.extend(page.rows.iter().map(|e| e.seq));
                let back = page.previous.map(Seek::Before);
                if let Some(back) = back {
                    let before: Vec<_> = part(back).await.rows.iter().map(|e| e.seq).collect();
                    let from = seen.len() - page.rows.len();
                    assert_eq!(before, seen[from - 2..from], "the page before");
                }
                match page.next {
                    Some(place) => seek = Seek::After(place),
                    None => break,
                }
            }
            assert_eq!(seen, all);
        }
    });
}

#[test]
fn a_page_is_never_longer_than_its_limit() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        commit(&cx, &["insert into contact (name, customer, vendor) select 'Customer ' || n, true, false from generate_series(1, 300) n"]).await;
        let page = page(&cx, &Filter::default(), Direction::Descending, &Seek::First, 10_000)
            .await
            .expect("a page");
        assert_eq!(page.rows.len(), usize::from(PAGE_MAX));
        assert!(page.next.is_some());
        let counted = totals(&cx, &Filter::default(), 305).await.expect("a count");
        assert_eq!((counted.rows, counted.more), (305, false));
        let counted = totals(&cx, &Filter::default(), 300).await.expect("a count");
        assert_eq!((counted.rows, counted.more), (300, true), "no more than it may");
    });
}

#[test]
fn a_rows_history_is_its_own_events_and_no_others() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        let history = Filter {
            table: Some("account".into()),
            row: Some("2".into()),
            ..Filter::default()
        };
        let entries = newest(&cx, &history, 50).await.expect("a page");
        assert_eq!(
            entries.iter().map(|e| (e.seq, e.action.as_str())).collect::<Vec<_>>(),
            [(5, "update"), (3, "insert")]
        );
    });
}

#[test]
fn a_page_narrows_by_table_by_actor_and_by_time() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        let before = OffsetDateTime::now_utc() - Duration::hours(1);
        let count = async |filter: Filter| {
            let found = newest(&cx, &filter, 50).await.expect("a page").len();
            let counted = totals(&cx, &filter, 50).await.expect("a count").rows;
            assert_eq!(usize::try_from(counted).expect("a count"), found);
            found
        };
        assert_eq!(
            count(Filter {
                table: Some("account".into()),
                ..Filter::default()
            })
            .await,
            3
        );
        assert_eq!(
            count(Filter {
                row: Some("1".into()),
                ..Filter::default()
            })
            .await,
            3
        );
        assert_eq!(
            count(Filter {
                actor: Some("dana@junipercycles.example".into()),
                ..Filter::default()
            })
            .await,
            5
        );
        assert_eq!(
            count(Filter {
                actor: Some("evan@junipercycles.example".into()),
                ..Filter::default()
            })
            .await,
            0
        );
        assert_eq!(
            count(Filter {
                change: Some(3),
                ..Filter::default()
            })
            .await,
            1
        );
        assert_eq!(
            count(Filter {
                from: Some(before),
                ..Filter::default()
            })
            .await,
            5
        );
        assert_eq!(
            count(Filter {
                to: Some(before),
                ..Filter::default()
            })
            .await,
            0
        );
    });
}

#[test]
fn a_reveal_is_in_the_log_though_no_table_shows_it() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        commit(
            &cx,
            &["select audit_note('reveal', 'company', '1', '{\"field\": \"tax_id\"}')"],
        )
        .await;
        let entries = newest(&cx, &Filter::default(), 1).await.expect("a page");
        assert_eq!(
            (entries[0].action.as_str(), entries[0].table.as_str()),
            ("reveal", "company")
        );
        audit::verify(&cx).await.expect("a note does not disturb the replay");
    });
}

#[test]
fn a_page_narrows_by_what_was_done_whatever_the_rows_hold() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        commit(
            &cx,
            &[
                // A name that reads like an event of another kind.
                r#"insert into contact (name, customer, vendor) values (',"action":"reveal","table":"', true, false)"#,
                "select audit_note('reveal', 'company', '1', '{\"field\": \"tax_id\"}')",
            ],
        )
        .await;
        let all = newest(&cx, &Filter::default(), 50).await.expect("a page");
        for action in ACTIONS {
            let filter = Filter {
                action: Some(action.to_owned()),
                ..Filter::default()
            };
            let found = newest(&cx, &filter, 50).await.expect("a page");
            let seqs = |entries: &[Entry]| entries.iter().map(|entry| entry.seq).collect::<Vec<_>>();
            let wanted: Vec<Entry> = all.iter().filter(|entry| entry.action == action).cloned().collect();
            assert_eq!(seqs(&found), seqs(&wanted), "{action}");
            let counted = totals(&cx, &filter, 50).await.expect("a count").rows;
            assert_eq!(usize::try_from(counted).expect("a count"), wanted.len(), "{action}");
        }
        let done = |action: &str| all.iter().filter(|entry| entry.action == action).count();
        assert_eq!((done("reveal"), done("update"), done("insert")), (1, 1, 5));
    });
}

#[test]
fn the_tables_to_choose_from_are_the_recorded_ones() {
    testkit::run(async |kit| {
        let tables = tables(&kit.company("Juniper Cycles").await).await.expect("names");
        assert!(tables.contains(&"posting".to_owned()));
        assert!(!tables.contains(&"change".to_owned()));
    });
}
