-- A line says itself when it is due, so that a draft keeps it too; and documents are found by the names on them.

-- The head first, as every writer takes it: a writer that is under way ends before this step touches what it will ask for.
set local role {audit};
lock table audit_head in share row exclusive mode;
set local role {ledger};

-- Of a receivable or payable line; none where it is due on its document's own day. What was issued before this step has its days in
-- its instalments alone.
alter table document_line add column due_on date
    constraint document_line_due_on_bounds check (due_on between '0001-01-01' and '9999-12-31');

-- The documents and lines of a customer or vendor.
create index document_line_contact on document_line (contact_id) where contact_id is not null;
create index revision_contact on revision (contact_id) where retired_in is null and contact_id is not null;
