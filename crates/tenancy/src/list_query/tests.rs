use time::macros::date;

use super::*;

const BY_DAY: SortKey = SortKey {
    expression: "r.doc_date",
    kind: KeyKind::Date,
    nullable: false,
};
const BY_NAME: SortKey = SortKey {
    expression: "lower(c.name)",
    kind: KeyKind::Text,
    nullable: true,
};

fn list() -> ListQuery {
    ListQuery::new("r.id", "revision r", "r.document_id")
}

fn day(tie: i64) -> Position {
    Position::new(Some(Value::Date(date!(2026 - 10 - 31))), tie)
}

#[test]
fn what_people_typed_is_bound_and_never_a_part_of_the_text() {
    let typed = "'); drop table document; --";
    let (text, values) = list()
        .only("r.retired_in is null")
        .only_with("r.memo = {} or r.reference = {}", typed)
        .only_where("r.total >= {}", Some(500_i64))
        .only_where("r.total <= {}", None::<i64>)
        .statement(&Seek::First, 11);
    assert_eq!(
        text,
        "select r.id, list_at.list_key, list_at.list_tie from (select r.document_id as list_key, r.document_id as list_tie \
         from revision r where (r.retired_in is null) and (r.memo = $1::text or r.reference = $1::text) \
         and (r.total >= $2::bigint) order by r.document_id asc, r.document_id asc limit 11) list_at, revision r \
         where r.document_id = list_at.list_tie order by list_at.list_key asc, list_at.list_tie asc"
    );
    assert_eq!(values, [Value::from(typed), Value::from(500)]);
}

#[test]
fn a_page_begins_beyond_the_last_row_of_the_one_before_it() {
    let newest_first = list().sorted(BY_DAY, Direction::Descending);
    let (text, values) = newest_first.statement(&Seek::After(day(7)), 3);
    assert!(
        text.contains(
            "where (r.doc_date, r.document_id) < ($1::date, $2::bigint) order by r.doc_date desc, r.document_id desc limit 3)"
        ),
        "{text}"
    );
    assert_eq!(values, [Value::from(date!(2026 - 10 - 31)), Value::from(7)]);
    let (text, _) = newest_first.statement(&Seek::Before(day(7)), 3);
    assert!(
        text.contains(
            "where (r.doc_date, r.document_id) > ($1::date, $2::bigint) order by r.doc_date asc, r.document_id asc limit 3)"
        ),
        "{text}"
    );
}

#[test]
fn rows_without_a_key_come_last_and_are_paged_by_the_tie_breaker() {
    let by_name = list().sorted(BY_NAME, Direction::Ascending);
    let named = Position::new(Some(Value::from("ada")), 7);
    let nameless = Position::new(None, 7);
    let holds = |seek: Seek, part: &str| {
        let (text, _) = by_name.statement(&seek, 3);
        assert!(text.contains(part), "{text}");
    };
    holds(
        Seek::After(named.clone()),
        "where ((lower(c.name), r.document_id) > ($1::text, $2::bigint) or lower(c.name) is null) \
         order by lower(c.name) asc nulls last, r.document_id asc limit 3)",
    );
    holds(
        Seek::After(nameless.clone()),
        "where (lower(c.name) is null and r.document_id > $1::bigint) \
         order by lower(c.name) asc nulls last, r.document_id asc limit 3)",
    );
    holds(
        Seek::Before(named),
        "where (lower(c.name), r.document_id) < ($1::text, $2::bigint) \
         order by lower(c.name) desc nulls first, r.document_id desc limit 3)",
    );
    holds(
        Seek::Before(nameless),
        "where (lower(c.name) is not null or r.document_id < $1::bigint) \
         order by lower(c.name) desc nulls first, r.document_id desc limit 3)",
    );
}

#[test]
fn what_a_list_as_a_whole_depends_on_is_bound_once_wherever_it_stands() {
    let (text, values) = ListQuery::new("s.open", "item i cross join lateral (select {} as open) s", "i.id")
        .given(date!(2026 - 10 - 31))
        .only_with("i.memo = {}", "rent")
        .sorted(
            SortKey {
                expression: "s.open - {}",
                kind: KeyKind::Integer,
                nullable: false,
            },
            Direction::Ascending,
        )
        .statement(&Seek::After(Position::new(Some(Value::Integer(5)), 7)), 2);
    assert_eq!(
        text,
        "select s.open, list_at.list_key, list_at.list_tie from (select s.open - $1::date as list_key, i.id as list_tie \
         from item i cross join lateral (select $1::date as open) s where (i.memo = $2::text) \
         and (s.open - $1::date, i.id) > ($3::bigint, $4::bigint) order by s.open - $1::date asc, i.id asc limit 2) list_at, \
         item i cross join lateral (select $1::date as open) s where i.id = list_at.list_tie \
         order by list_at.list_key asc, list_at.list_tie asc"
    );
    assert_eq!(
        values,
        [
            Value::from(date!(2026 - 10 - 31)),
            Value::from("rent"),
            Value::from(5),
            Value::from(7)
        ]
    );
}
