//! Verifying a company: its chain, the chain's head, its tables, and its rows against the replay.

use futures::TryStreamExt;
use tenancy::{Capability, Cx, Read, TenantTx};

use crate::{
    AuditError, ChainVerifier, Digest, Findings, HeadFault, Replay, RowFindings, StoredChange, StoredEvent,
    UNRECORDED_TABLES,
};

/// A record that holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// Events, all of them linked.
    pub events: i64,
    /// Changes, from 1 without a gap.
    pub changes: i64,
    /// The last link: what a checkpoint keeps elsewhere.
    pub head: Digest,
    /// Recorded tables.
    pub tables: usize,
    /// Present rows, each as the record says.
    pub rows: u64,
}

/// Verifies a company in one reading transaction, so that events and rows are of the same moment. Events and rows are streamed;
/// what grows is a hash a row. Writers do not wait.
///
/// What this cannot show: that events were cut off the end together with the head and their rows. Only a head kept elsewhere can.
///
/// # Errors
/// `Findings` where the record does not hold; `Tenancy` where it could not be read.
pub async fn verify(cx: &Cx) -> Result<Verified, AuditError> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    // Each statement goes over all there is; what a page may take is no measure for it.
    sqlx::query!("set local statement_timeout = '1h'")
        .execute(&mut *tx)
        .await?;
    let mut chain = ChainVerifier::new(cx.tenant().id.uuid());
    let mut replay = Replay::default();
    if let Err(event) = follow(&mut tx, &mut chain, &mut replay).await? {
        return Err(refused(Findings {
            event: Some(event),
            ..Findings::default()
        }));
    }
    let changes = changes(&mut tx, &chain).await?;
    let present = present(&mut tx, replay).await?;
    let findings = Findings {
        event: None,
        head: changes.err(),
        tables: present.unrecorded,
        rows: present.found,
    };
    match changes {
        Ok(changes) if findings.is_empty() => Ok(Verified {
            events: chain.seq(),
            changes,
            head: chain.hash(),
            tables: present.tables,
            rows: present.rows,
        }),
        _ => Err(refused(findings)),
    }
}

fn refused(findings: Findings) -> AuditError {
    AuditError::Findings(Box::new(findings))
}

/// Goes over the events in their order; ends at the first bad one.
async fn follow(
    tx: &mut TenantTx<Read>,
    chain: &mut ChainVerifier,
    replay: &mut Replay,
) -> Result<Result<(), crate::BadEvent>, AuditError> {
    // The change is looked up event by event, which keeps the events in the index's order and unsorted.
    let mut events = sqlx::query!(
        r#"select e.seq, e.change, e.source, e.row_id, e.bytes, e.hash,
                  c.at as "at?", c.actor_kind as "actor_kind?", c.actor as "actor?", c.role as "role?", c.request_id as "request_id?"
           from audit_event e
           left join lateral (select at, actor_kind, actor, role, request_id from change where n = e.change limit 1) c on true
           order by e.seq"#
    )
    .fetch(&mut **tx);
    while let Some(row) = events.try_next().await? {
        let made_by = match (row.at, &row.actor_kind, &row.actor, &row.role, &row.request_id) {
            (Some(at), Some(actor_kind), Some(actor), Some(role), Some(request)) => Some(StoredChange {
                at,
                actor_kind,
                actor,
                role,
                request,
            }),
            _ => None,
        };
        let stored = StoredEvent {
            seq: row.seq,
            change: row.change,
            source: &row.source,
            row_id: &row.row_id,
            bytes: &row.bytes,
            hash: &row.hash,
            made_by,
        };
        match chain.check(&stored) {
            Ok(event) => replay.apply(&event),
            Err(bad) => return Ok(Err(bad)),
        }
    }
    Ok(Ok(()))
}

/// How many changes there are, if the head agrees with them and with the chain.
async fn changes(tx: &mut TenantTx<Read>, chain: &ChainVerifier) -> Result<Result<i64, HeadFault>, AuditError> {
    let head = sqlx::query!(
        r#"select h.change, h.seq, h.hash, (select count(*) from change) as "changes!", (select coalesce(max(n), 0) from change) as "newest!"
           from audit_head h"#
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(if head.seq != chain.seq() {
        Err(HeadFault::Seq {
            head: head.seq,
            last: chain.seq(),
        })
    } else if head.hash != chain.hash() {
        Err(HeadFault::Hash)
    } else if head.change != head.changes || head.change != head.newest {
        Err(HeadFault::Changes {
            head: head.change,
            there: head.changes,
        })
    } else {
        Ok(head.changes)
    })
}

struct Present {
    tables: usize,
    rows: u64,
    unrecorded: Vec<String>,
    found: RowFindings,
}

/// Compares every row of every recorded table with the replay.
async fn present(tx: &mut TenantTx<Read>, mut replay: Replay) -> Result<Present, AuditError> {
    let mut present = Present {
        tables: 0,
        rows: 0,
        unrecorded: Vec::new(),
        found: RowFindings::default(),
    };
    let tables = sqlx::query!(r#"select name as "name!", recorded as "recorded!" from audit_tables() order by name"#)
        .fetch_all(&mut **tx)
        .await?;
    for table in tables {
        if UNRECORDED_TABLES.contains(&table.name.as_str()) {
            continue;
        }
        if !table.recorded {
            // Named as a whole: without its recorder a table does not even say what its key is.
            replay.forget(&table.name);
            present.unrecorded.push(table.name);
            continue;
        }
        present.tables += 1;
        let mut rows = sqlx::query!(
            r#"select row_id as "row_id!", image as "image!" from audit_rows($1)"#,
            table.name
        )
        .fetch(&mut **tx);
        while let Some(row) = rows.try_next().await? {
            present.rows += 1;
            replay.compare(&table.name, &row.row_id, &row.image);
        }
    }
    present.found = replay.finish();
    Ok(present)
}
