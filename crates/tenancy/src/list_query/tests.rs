use time::macros::date;

use super::*;

const BY_DAY: SortKey = SortKey {
    expression: "r.doc_date",
    kind: KeyKind::Date,
    nullable: false,
    served: None,
};
const BY_NAME: SortKey = SortKey {
    expression: "lower(c.name)",
    kind: KeyKind::Text,
    nullable: true,
    served: None,
};

/// What is sent for a part of a page.
fn sent(list: &ListQuery, seek: &Seek, part: usize, limit: usize) -> (String, Vec<Value>) {
    list.statement(&list.parts(seek)[part], Way::All, limit)
}

fn list() -> ListQuery {
    ListQuery::new("r.id", "revision r", "r.document_id")
}

fn day(tie: i64) -> Position {
    Position::new(Some(Value::Date(date!(2026 - 10 - 31))), tie)
}

#[test]
fn what_people_typed_is_bound_and_never_a_part_of_the_text() {
    let typed = "'); drop table document; --";
    let list = list()
        .only("r.retired_in is null")
        .only_with("r.memo = {} or r.reference = {}", typed)
        .only_where("r.total >= {}", Some(500_i64))
        .only_where("r.total <= {}", None::<i64>);
    let (text, values) = sent(&list, &Seek::First, 0, 11);
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
    let (text, values) = sent(&newest_first, &Seek::After(day(7)), 0, 3);
    assert!(
        text.contains(
            "where (r.doc_date, r.document_id) < ($1::date, $2::bigint) order by r.doc_date desc, r.document_id desc limit 3)"
        ),
        "{text}"
    );
    assert_eq!(values, [Value::from(date!(2026 - 10 - 31)), Value::from(7)]);
    let (text, _) = sent(&newest_first, &Seek::Before(day(7)), 0, 3);
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
        let (text, _) = sent(&by_name, &seek, 0, 3);
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
    let list = ListQuery::new("s.open", "item i cross join lateral (select {} as open) s", "i.id")
        .given(date!(2026 - 10 - 31))
        .only_with("i.memo = {}", "rent")
        .sorted(
            SortKey {
                expression: "s.open - {}",
                kind: KeyKind::Integer,
                nullable: false,
                served: None,
            },
            Direction::Ascending,
        );
    let place = Seek::After(Position::new(Some(Value::Integer(5)), 7));
    let (text, values) = sent(&list, &place, 0, 2);
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

/// By the customer's name and then the day, as two indexes together give it.
const BY_NAME_AND_DAY: SortKey = SortKey {
    expression: "lower(c.name) || chr(1) || r.doc_date",
    kind: KeyKind::Text,
    nullable: true,
    served: Some(Served {
        parts: &["lower(c.name)", "r.doc_date"],
        first_at: "split_part({}, chr(1), 1)",
        without: "r.contact_id is null",
        tie: "r.id",
    }),
};

#[test]
fn an_order_that_an_index_has_is_read_along_it_and_what_has_no_key_apart_and_after() {
    let list = list().sorted(BY_NAME_AND_DAY, Direction::Descending);
    let place = |key: Option<&str>| Position::new(key.map(Value::from), 7);
    let found = |seek: &Seek| -> Vec<String> {
        let parts = list.parts(seek);
        let each = parts.iter().map(|part| list.keys(part, Way::All, 3).0);
        each.map(|text| text.split_once(" from revision r").expect("a table").1.to_owned())
            .collect()
    };
    let with = " where lower(c.name) is not null order by lower(c.name) desc, r.doc_date desc, r.id desc limit 3";
    let without = " where r.contact_id is null order by r.document_id desc limit 3";
    assert_eq!(found(&Seek::First), [with, without]);
    let after = " where lower(c.name) is not null and lower(c.name) <= split_part($1::text, chr(1), 1) \
        and (lower(c.name) || chr(1) || r.doc_date, r.id) < ($1::text, $2::bigint) \
        order by lower(c.name) desc, r.doc_date desc, r.id desc limit 3";
    assert_eq!(found(&Seek::After(place(Some("ada")))), [after, without]);
    let rest = " where r.contact_id is null and r.document_id < $1::bigint order by r.document_id desc limit 3";
    assert_eq!(found(&Seek::After(place(None))), [rest]);
    let [back] = &found(&Seek::Before(place(Some("ada"))))[..] else {
        panic!("one part");
    };
    assert!(
        back.contains("lower(c.name) >= split_part") && back.contains("r.id asc"),
        "{back}"
    );
    let last_of_the_nameless =
        " where r.contact_id is null and r.document_id > $1::bigint order by r.document_id asc limit 3";
    let last_of_the_named =
        " where lower(c.name) is not null order by lower(c.name) asc, r.doc_date asc, r.id asc limit 3";
    assert_eq!(
        found(&Seek::Before(place(None))),
        [last_of_the_nameless, last_of_the_named]
    );
}

#[test]
fn what_is_looked_for_is_found_row_by_row_within_the_order_or_collected() {
    let list = list()
        .only_with("r.total > {}", 5)
        .only_found(
            "r.memo like {}",
            "r.id in (select m.id from memo m where m.words like {})",
            "rent",
        )
        .sorted(BY_DAY, Direction::Descending);
    let part = list.parts(&Seek::First)[0];
    assert_eq!(
        list.keys(&part, Way::Each, 3).0,
        "select list_key, list_tie from (select r.doc_date as list_by0, r.document_id as list_by1, r.doc_date as list_key, \
         r.document_id as list_tie, (r.memo like $2::text) as list_holds from revision r where (r.total > $1::bigint) \
         order by r.doc_date desc, r.document_id desc limit 4000) list_of where list_holds \
         order by list_by0 desc, list_by1 desc limit 3"
    );
    let (text, values) = list.keys(&part, Way::All, 3);
    assert!(
        text.contains(
            "where (r.total > $1::bigint) and (r.id in (select m.id from memo m where m.words like $2::text)) order by"
        ),
        "{text}"
    );
    assert_eq!(values, [Value::from(5), Value::from("rent")]);
}
