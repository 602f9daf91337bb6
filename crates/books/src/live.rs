//! A document as it stands, read inside the change that is about to alter it: under the head lock nobody else can.

use std::collections::HashSet;

use tenancy::{TenantTx, Write};
use time::Date;

use crate::Error;
use crate::documents::{Content, ContentLine, DocumentKind, DocumentState, Marks, Written};

/// A document and the revision that is live.
pub(crate) struct LiveDocument {
    pub(crate) id: i64,
    pub(crate) state: DocumentState,
    pub(crate) number: Option<String>,
    /// The live revision's number.
    pub(crate) version: i32,
    /// The document that reverses it, by its number.
    pub(crate) reversed_by: Option<String>,
    /// The document it reverses, by its number.
    pub(crate) reverses: Option<String>,
    /// What it says. A due date that is the document's own is left out, as one that was never given.
    pub(crate) content: Content,
}

impl LiveDocument {
    /// The document of that kind and id.
    pub(crate) async fn load(tx: &mut TenantTx<Write>, kind: DocumentKind, id: i64) -> Result<Self, Error> {
        let head = sqlx::query!(
            r#"select d.state, d.number, r.id as revision_id, r.n, r.doc_date, r.contact_id, r.reference, r.memo, r.adjusting, r.accrual_only,
                (select coalesce(b.number, '') from document b where b.reverses_id = d.id and b.state = 'issued' order by b.id limit 1) as reversed_by,
                (select coalesce(b.number, '') from document b where b.id = d.reverses_id) as reverses
               from document d join revision r on r.document_id = d.id and r.retired_in is null where d.id = $1 and d.kind = $2"#,
            id,
            kind.code()
        )
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("that entry"))?;
        let lines = sqlx::query!(
            r#"select l.line_no, l.account_id, l.contact_id, l.description, l.amount,
                coalesce(l.due_on, (select i.due_on from instalment i join posting p on p.open_item_id = i.open_item_id and p.document_id = $2
                 where i.revision_id = l.revision_id and p.line_no = l.line_no limit 1)) as "due_on?"
               from document_line l where l.revision_id = $1 order by l.position"#,
            head.revision_id,
            id
        )
        .fetch_all(&mut **tx)
        .await?
        .into_iter()
        .map(|line| ContentLine {
            line_no: Some(line.line_no),
            account_id: line.account_id,
            contact_id: line.contact_id,
            description: line.description,
            amount: line.amount,
            due_on: line.due_on.filter(|due_on| *due_on != head.doc_date),
        })
        .collect();
        Ok(Self {
            id,
            state: DocumentState::of(&head.state),
            number: head.number,
            version: head.n,
            reversed_by: head.reversed_by,
            reverses: head.reverses,
            content: Content {
                doc_date: head.doc_date,
                contact_id: head.contact_id,
                reference: head.reference,
                memo: head.memo,
                marks: Marks::of(head.adjusting, head.accrual_only),
                lines,
            },
        })
    }

    /// Goes on only when the caller saw this version.
    pub(crate) fn seen(&self, version: i32) -> Result<(), Error> {
        if self.version == version {
            Ok(())
        } else {
            Err(Error::Stale {
                live: i64::from(self.version),
            })
        }
    }

    /// The answer for a form that changes nothing.
    pub(crate) fn unchanged(self) -> Written {
        Written {
            id: self.id,
            number: self.number,
            version: self.version,
        }
    }

    /// The line of that number.
    pub(crate) fn line(&self, line_no: i32) -> Option<&ContentLine> {
        self.content.lines.iter().find(|line| line.line_no == Some(line_no))
    }

    /// Whether a content posts exactly what this one does: then only words differ, which a lock allows.
    pub(crate) fn posts_the_same_as(&self, content: &Content) -> bool {
        type Leg = (Option<i32>, i64, Option<i64>, i64);
        let legs = |content: &Content| -> Vec<Leg> {
            let posting = content.lines.iter().filter(|line| line.amount != 0);
            let mut legs: Vec<Leg> = posting
                .map(|line| (line.line_no, line.account_id, line.contact_id, line.amount))
                .collect();
            legs.sort_unstable();
            legs
        };
        self.content.doc_date == content.doc_date && legs(&self.content) == legs(content)
    }

    /// The accounts on which `content` posts nothing that is not posted already: they may have become inactive meanwhile.
    pub(crate) fn untouched_accounts(&self, content: &Content) -> Vec<i64> {
        let is_posted = |line: &ContentLine| {
            let before = line.line_no.and_then(|line_no| self.line(line_no));
            self.state == DocumentState::Issued
                && self.content.doc_date == content.doc_date
                && before.is_some_and(|before| {
                    (before.account_id, before.contact_id, before.amount)
                        == (line.account_id, line.contact_id, line.amount)
                })
        };
        let touched: HashSet<i64> = content
            .lines
            .iter()
            .filter(|line| !is_posted(line))
            .map(|line| line.account_id)
            .collect();
        content
            .lines
            .iter()
            .map(|line| line.account_id)
            .filter(|account_id| !touched.contains(account_id))
            .collect()
    }

    /// Why what it posts stays as it is: it is one of a pair that cancel each other.
    pub(crate) fn pair_words(&self) -> Option<String> {
        match (&self.reversed_by, &self.reverses) {
            (Some(number), _) => Some(format!(
                "{number} reverses this, so only its words can change. Void {number} first."
            )),
            (None, Some(number)) => Some(format!(
                "This reverses {number}, so only its words can change. Void it, and reverse {number} anew."
            )),
            (None, None) => None,
        }
    }

    /// The day it is on, for checks that compare it with the lock.
    pub(crate) fn day(&self) -> Date {
        self.content.doc_date
    }
}
