//! The one way in which a statement is put together: a list that people filter, sort and page through.
//!
//! Its text is made of fragments that stand in the program (`&'static str`) and of nothing else; what people typed goes along as
//! bound values, of which a fragment says by `{}` where they stand. Pages are found by key and not by count: after the last row
//! that was seen, whatever came or went meanwhile.

mod found;
mod parts;
mod position;
mod value;

use std::borrow::Cow;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, FromRow, Postgres, Row};

use crate::{Error, Read, TenantTx};

use found::{Common, Found, Way};
use parts::Part;

pub use position::{Position, Seek, place_day};
pub use value::{KeyKind, Value};

/// Most rows of one page of any list: what asks for more gets these. Files of a whole list take as many at a time.
pub const LIST_ROWS_MAX: u16 = 1_000;

/// What a list can be sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SortKey {
    /// The expression over the list's tables.
    pub expression: &'static str,
    /// What it gives.
    pub kind: KeyKind,
    /// Whether it may give nothing. Rows without it come last, whichever way the list goes.
    pub nullable: bool,
    /// How an index gives the rows in this order, where it does not have the expression beside the list's tie-breaker.
    pub served: Option<Served>,
}

/// An order as an index has it. Rows with a key are read along the index, those without one apart and after them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Served {
    /// Expressions that order rows just as the key does, one after the other; the first is nothing where the key is.
    pub parts: &'static [&'static str],
    /// What the first of them is at the key `{}`, so that a page begins within the index.
    pub first_at: &'static str,
    /// What holds of the rows without a key and of no others, as an index of theirs has it.
    pub without: &'static str,
    /// The tie-breaker as the table with the index has it: in each row what the list's is.
    pub tie: &'static str,
}

/// Which way a list goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

/// A list: which columns of which tables, narrowed by what, in which order.
#[derive(Clone, PartialEq, Debug)]
pub struct ListQuery {
    columns: &'static str,
    from: &'static str,
    tie: &'static str,
    given: Option<Value>,
    filters: Vec<(&'static str, Option<Value>)>,
    found: Option<Found>,
    sort: SortKey,
    direction: Direction,
}

/// A page of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// Where the page before this one ends, unless this is the first.
    pub previous: Option<Position>,
    /// Where the page after this one begins, unless this is the last.
    pub next: Option<Position>,
}

impl<T> Page<T> {
    /// The same page of what its rows stand for.
    ///
    /// # Errors
    /// What `of` says of the first row that stands for nothing.
    pub fn try_map<U, E>(self, of: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        Ok(Page {
            rows: self.rows.into_iter().map(of).collect::<Result<_, _>>()?,
            previous: self.previous,
            next: self.next,
        })
    }
}

/// How many rows pass a list's filters, and what they add up to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Totals {
    /// The rows, as far as they were counted.
    pub rows: i64,
    /// Whether there are more than were counted.
    pub more: bool,
    /// The sum over the rows that were counted; none beyond 64 bits.
    pub sum: Option<i64>,
}

impl ListQuery {
    /// A list of `columns` out of `from`, sorted by the tie-breaker alone: an integer expression that no two rows of `from` share
    /// (what makes it so, as only live revisions, is a condition of the join).
    pub fn new(columns: &'static str, from: &'static str, tie: &'static str) -> Self {
        Self {
            columns,
            from,
            tie,
            given: None,
            filters: Vec::new(),
            found: None,
            sort: SortKey {
                expression: tie,
                kind: KeyKind::Integer,
                nullable: false,
                served: None,
            },
            direction: Direction::Ascending,
        }
    }

    /// What the list as a whole depends on, such as the day on which amounts are open: every `{}` in its columns, tables, order and
    /// amount is this value.
    #[must_use]
    pub fn given(mut self, value: impl Into<Value>) -> Self {
        self.given = Some(value.into());
        self
    }

    /// Only rows of which this condition holds.
    #[must_use]
    pub fn only(mut self, condition: &'static str) -> Self {
        self.filters.push((condition, None));
        self
    }

    /// Only rows of which this condition holds; every `{}` in it is the value.
    #[must_use]
    pub fn only_with(mut self, condition: &'static str, value: impl Into<Value>) -> Self {
        self.filters.push((condition, Some(value.into())));
        self
    }

    /// The same, where there is a value.
    #[must_use]
    pub fn only_where(self, condition: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.only_with(condition, value),
            None => self,
        }
    }

    /// Only rows that what people look for is found in, a condition of every `{}` written in two ways that let the same rows through:
    /// `each` looks at a row of the list, `all` collects rows by indexes of its own. A page of what many rows have is read along the
    /// order of the list; of what few have, all are collected.
    #[must_use]
    pub fn only_found(mut self, each: &'static str, all: &'static str, value: impl Into<Value>) -> Self {
        self.found = Some(Found {
            each,
            all,
            value: value.into(),
        });
        self
    }

    /// In this order, and by the tie-breaker where it leaves two rows equal.
    #[must_use]
    pub fn sorted(mut self, sort: SortKey, direction: Direction) -> Self {
        self.sort = sort;
        self.direction = direction;
        self
    }

    /// A page of at most `limit` rows, never more than [`LIST_ROWS_MAX`]. A place of a list in another order is none: the list
    /// begins. A page that reaches the beginning from behind is the first page, as full as any.
    pub async fn page<T>(&self, tx: &mut TenantTx<Read>, seek: &Seek, limit: u16) -> Result<Page<T>, Error>
    where
        T: for<'r> FromRow<'r, PgRow>,
    {
        let limit = usize::from(limit.clamp(1, LIST_ROWS_MAX));
        let mut seek = seek.of_kind(self.sort.kind);
        let mut rows = self.rows(tx, seek, limit + 1).await?;
        if matches!(seek, Seek::Before(_)) && rows.len() <= limit {
            seek = &Seek::First;
            rows = self.rows(tx, seek, limit + 1).await?;
        }
        let more = rows.len() > limit;
        rows.truncate(limit);
        let (has_previous, has_next) = match seek {
            Seek::First => (false, more),
            Seek::After(_) => (true, more),
            Seek::Before(_) => {
                rows.reverse();
                (true, true)
            }
        };
        let previous = rows.first().filter(|_| has_previous);
        let next = rows.last().filter(|_| has_next);
        Ok(Page {
            previous: self.position(previous)?,
            next: self.position(next)?,
            rows: rows.iter().map(T::from_row).collect::<Result<_, _>>()?,
        })
    }

    /// How many rows there are, and what `amount`, an integer expression, adds up to over them. At most `rows_max` are counted, so
    /// that a list of any length says how long it is about as soon as a page of it.
    pub async fn totals(&self, tx: &mut TenantTx<Read>, amount: &'static str, rows_max: u32) -> Result<Totals, Error> {
        let (conditions, values) = self.conditions(&Part::WHOLE, Way::All);
        let counted = i64::from(rows_max);
        let text = format!(
            "select count(*), sum(t.amount)::text from (select {} as amount from {}{conditions} limit {}) t",
            self.told(amount),
            self.told(self.from),
            counted + 1
        );
        let row = bound(text, values).fetch_one(&mut **tx).await?;
        let rows: i64 = row.try_get(0)?;
        let sum: Option<String> = row.try_get(1)?;
        Ok(Totals {
            rows: rows.min(counted),
            more: rows > counted,
            sum: sum.map_or(Some(0), |sum| sum.parse().ok()),
        })
    }

    /// The rows of a page from a place on, in the order in which they are read: towards the beginning from behind.
    async fn rows(&self, tx: &mut TenantTx<Read>, seek: &Seek, limit: usize) -> Result<Vec<PgRow>, Error> {
        let mut rows: Vec<PgRow> = Vec::new();
        for part in self.parts(seek) {
            let left = limit - rows.len();
            if left == 0 {
                break;
            }
            let mut more = match self.common(tx, &part, left).await? {
                Common::Nowhere => continue,
                Common::Often => self.part_rows(tx, &part, Way::Each, left).await?,
                Common::Seldom => Vec::new(),
            };
            if more.len() < left {
                more = self.part_rows(tx, &part, Way::All, left).await?;
            }
            rows.append(&mut more);
        }
        Ok(rows)
    }

    async fn part_rows(
        &self,
        tx: &mut TenantTx<Read>,
        part: &Part<'_>,
        way: Way,
        limit: usize,
    ) -> Result<Vec<PgRow>, Error> {
        let (text, values) = self.statement(part, way, limit);
        Ok(bound(text, values).fetch_all(&mut **tx).await?)
    }

    /// The statement of a part of a page, and its values in order. The rows are found by their keys alone, so that sorting many
    /// carries little; their columns are read of those that are on the page.
    fn statement(&self, part: &Part<'_>, way: Way, limit: usize) -> (String, Vec<Value>) {
        let (found, values) = self.keys(part, way, limit);
        let (columns, from, tie) = (self.told(self.columns), self.told(self.from), self.tie);
        let text = format!(
            "select {columns}, list_at.list_key, list_at.list_tie from ({found}) list_at, {from} where {tie} = list_at.list_tie \
             order by {}",
            self.order("list_at.list_key", "list_at.list_tie", part.is_back)
        );
        (text, values)
    }

    fn keys(&self, part: &Part<'_>, way: Way, limit: usize) -> (String, Vec<Value>) {
        let (key, tie, from) = (self.told(self.sort.expression), self.tie, self.told(self.from));
        match (&self.found, way) {
            (Some(found), Way::Each) => found.walked(self, part, limit),
            _ => {
                let (conditions, values) = self.conditions(part, Way::All);
                let text = format!(
                    "select {key} as list_key, {tie} as list_tie from {from}{conditions} order by {} limit {limit}",
                    self.part_order_text(part)
                );
                (text, values)
            }
        }
    }

    /// What holds of the rows of a part; read row by row, without what is looked for in each.
    fn conditions(&self, part: &Part<'_>, way: Way) -> (String, Vec<Value>) {
        let mut values: Vec<Value> = self.given.iter().cloned().collect();
        let mut conditions: Vec<String> = Vec::new();
        for (condition, value) in &self.filters {
            match value {
                Some(value) => {
                    let place = place(value.clone(), &mut values);
                    conditions.push(format!("({})", condition.replace("{}", &place)));
                }
                None => conditions.push(format!("({condition})")),
            }
        }
        if let Some(found) = self.found.as_ref().filter(|_| way == Way::All) {
            let place = place(found.value.clone(), &mut values);
            conditions.push(format!("({})", found.all.replace("{}", &place)));
        }
        conditions.extend(self.sought(part, &mut values));
        match conditions.is_empty() {
            true => (String::new(), values),
            false => (format!(" where {}", conditions.join(" and ")), values),
        }
    }

    /// A fragment with the place of what the list as a whole depends on, which is the first value.
    fn told(&self, fragment: &'static str) -> Cow<'static, str> {
        match &self.given {
            Some(value) => Cow::Owned(fragment.replace("{}", &format!("$1::{}", value.cast()))),
            None => Cow::Borrowed(fragment),
        }
    }

    fn order(&self, key: &str, tie: &str, is_back: bool) -> String {
        let (way, nulls) = (self.way(is_back), self.nulls(is_back));
        format!("{key} {way}{nulls}, {tie} {way}")
    }

    fn way(&self, is_back: bool) -> &'static str {
        match (self.direction == Direction::Ascending) != is_back {
            true => "asc",
            false => "desc",
        }
    }

    /// Where rows without a key come, said only where it matters: an index without nulls serves either way.
    fn nulls(&self, is_back: bool) -> &'static str {
        match (self.sort.nullable, is_back) {
            (false, _) => "",
            (true, false) => " nulls last",
            (true, true) => " nulls first",
        }
    }

    fn position(&self, row: Option<&PgRow>) -> Result<Option<Position>, Error> {
        let Some(row) = row else { return Ok(None) };
        let key = match self.sort.kind {
            KeyKind::Integer => row.try_get::<Option<i64>, _>("list_key")?.map(Value::Integer),
            KeyKind::Text => row.try_get::<Option<String>, _>("list_key")?.map(Value::Text),
            KeyKind::Date => row.try_get::<Option<time::Date>, _>("list_key")?.map(Value::Date),
        };
        Ok(Some(Position::new(key, row.try_get("list_tie")?)))
    }
}

/// Where a value stands in the text: `$3::date`.
fn place(value: Value, values: &mut Vec<Value>) -> String {
    let cast = value.cast();
    values.push(value);
    format!("${}::{cast}", values.len())
}

/// The statement with its values. It is planned for them and not kept: there are as many shapes as ways to narrow a list.
fn bound(text: String, values: Vec<Value>) -> Query<'static, Postgres, PgArguments> {
    let mut query = sqlx::query(AssertSqlSafe(text)).persistent(false);
    for value in values {
        query = match value {
            Value::Integer(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Date(value) => query.bind(value),
            Value::Moment(value) => query.bind(value),
            Value::Integers(values) => query.bind(values),
            Value::Texts(values) => query.bind(values),
        };
    }
    query
}

#[cfg(test)]
mod tests;
