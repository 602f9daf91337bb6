-- A list of a hundred thousand documents reads a page along an index in whichever order it stands: by number, by amount, by the names
-- of customers and vendors; ties by id within the index. Words are found without making each text small twice.

-- The head first, as every writer takes it: a writer that is under way ends before this step touches what it will ask for.
set local role {audit};
lock table audit_head in share row exclusive mode;
set local role {ledger};

-- Those of a series by the number in it, then what another system numbered.
create index document_in_order on document ((case when series_no is null then lower(number) else lpad(series_no::text, 15, '0') end), id)
    where case when series_no is null then lower(number) else lpad(series_no::text, 15, '0') end is not null;
create index document_void on document (id) where state = 'void';

-- What may be a bank line is looked for by its amount, on its account, around its day.
create index posting_size_new on posting (abs(amount), account_id, posted_on) where retired_in is null;
create index revision_total_new on revision (total, document_id) where retired_in is null;
create index revision_contact_new on revision (contact_id, document_id) where retired_in is null and contact_id is not null;

create index contact_in_order on contact (lower(name), id);
create index open_item_total_contact on open_item_total (contact_id, due_on, open_item_id);
create index open_item_total_document on open_item_total (document_id);
-- On a day that all sums hold on, what is open is as it is kept.
create index open_item_total_size on open_item_total (abs(open), open_item_id) where open <> 0;
create index open_item_total_holds on open_item_total (holds_from);

create index document_line_words_new on document_line using gin (lower(description) trigram.gin_trgm_ops) where description <> '';
create index revision_memo_words_new on revision using gin (lower(memo) trigram.gin_trgm_ops) where retired_in is null and memo is not null;

grant create on schema {schema} to {audit};
set local role {audit};
-- What few events do (deletions, reveals, exports, access) is found without looking at all of them. The bytes hold their action once.
create index audit_event_seldom on audit_event (seq)
    where position(',"action":"insert","table":"'::bytea in bytes) = 0 and position(',"action":"update","table":"'::bytea in bytes) = 0;
set local role {ledger};
revoke create on schema {schema} from {audit};

-- A connection keeps one plan of what these ask. Made while the books were empty, it would read every revision for each line of the first
-- large import; by index it is right at any size.
alter function revision_part_made() set enable_seqscan = off;
alter function instalment_of_own_item() set enable_seqscan = off;

-- In the place of those before once all of them are made: readers wait for a drop.
drop index posting_size, revision_total, revision_contact, document_line_words, revision_memo_words;
alter index posting_size_new rename to posting_size;
alter index revision_total_new rename to revision_total;
alter index revision_contact_new rename to revision_contact;
alter index document_line_words_new rename to document_line_words;
alter index revision_memo_words_new rename to revision_memo_words;
