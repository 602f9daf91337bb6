//! What a verification found, named so that a person can look at it.

use std::fmt;

use crate::BadEvent;

/// Rows that a finding names at most; the rest is counted.
pub const ROWS_NAMED_MAX: usize = 20;

/// Where the record does not hold. A bad event ends a verification: nothing after it proves anything.
#[derive(Debug, Default)]
pub struct Findings {
    /// The first event that does not hold.
    pub event: Option<BadEvent>,
    /// The head of the chain, or the list of changes, says something else than the events.
    pub head: Option<HeadFault>,
    /// Tables that carry no recorders, or not all of them, or ones that are turned off.
    pub tables: Vec<String>,
    /// Rows that differ from what the record says of them.
    pub rows: RowFindings,
}

/// What can be wrong with the chain's end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeadFault {
    /// The head names another event: the last ones were cut off, or it was moved.
    Seq {
        /// What the head says.
        head: i64,
        /// The last event there is.
        last: i64,
    },
    /// The head's hash is not the last event's.
    Hash,
    /// The head counts other changes than there are, from 1 without a gap.
    Changes {
        /// What the head says.
        head: i64,
        /// How many there are.
        there: i64,
    },
}

/// Rows that differ: the first ones by name, all by number.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RowFindings {
    /// `ROWS_NAMED_MAX` of them.
    pub named: Vec<RowFinding>,
    /// How many there are.
    pub count: u64,
}

/// A row that differs from what the record says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowFinding {
    /// Its table.
    pub table: String,
    /// Its key.
    pub row: String,
    /// How it differs.
    pub fault: RowFault,
}

/// How a row differs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowFault {
    /// The record has it, its table does not.
    Missing,
    /// Its table has it, the record does not.
    Extra,
    /// Both have it, with different contents.
    Different,
    /// The event says that the row was different before than the events before it do: it was changed in between.
    ChangedOutside {
        /// Which event.
        seq: i64,
    },
}

impl Findings {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.event.is_none() && self.head.is_none() && self.tables.is_empty() && self.rows.count == 0
    }
}

impl RowFindings {
    /// Counts a row, and names it while there is room.
    pub fn push(&mut self, table: &str, row: &str, fault: RowFault) {
        self.count += 1;
        if self.named.len() < ROWS_NAMED_MAX {
            self.named.push(RowFinding {
                table: table.to_owned(),
                row: row.to_owned(),
                fault,
            });
        }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the record does not hold")?;
        if let Some(event) = &self.event {
            write!(f, "\n{event}")?;
        }
        if let Some(head) = &self.head {
            write!(f, "\n{head}")?;
        }
        for table in &self.tables {
            write!(f, "\ntable {table}: its recorders are missing or turned off")?;
        }
        for row in &self.rows.named {
            write!(f, "\n{row}")?;
        }
        match self.rows.count.saturating_sub(self.rows.named.len() as u64) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more rows"),
        }
    }
}

impl fmt::Display for HeadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seq { head, last } => write!(f, "the head says event {head} is the last, and {last} is"),
            Self::Hash => f.write_str("the head's hash is not that of the last event"),
            Self::Changes { head, there } => write!(f, "the head counts {head} changes, and there are {there}"),
        }
    }
}

impl fmt::Display for RowFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", self.table, self.row)?;
        match self.fault {
            RowFault::Missing => f.write_str("recorded, and not there"),
            RowFault::Extra => f.write_str("there, and not recorded"),
            RowFault::Different => f.write_str("not as it was recorded"),
            RowFault::ChangedOutside { seq } => write!(f, "changed outside the record before event {seq}"),
        }
    }
}
