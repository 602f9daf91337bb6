-- The head first, as every writer takes it: a writer that is under way ends before this step touches what it will ask for.
set local role {audit};
lock table audit_head in share row exclusive mode;
set local role {ledger};

-- An account's sum over all months that anybody keeps books of then fits too, whatever is posted.
alter table month_total add constraint month_total_amount_bounds
    check (amount between -1000000000000000 and 1000000000000000) not valid;

-- A day is one that a calendar has: PostgreSQL's infinity and the years before 1 and after 9999 are none to any program that reads them.
alter table company add constraint company_books_begin_on_bounds check (books_begin_on between '0001-01-01' and '9999-12-31') not valid;
alter table revision add constraint revision_doc_date_bounds check (doc_date between '0001-01-01' and '9999-12-31') not valid;
alter table instalment add constraint instalment_due_on_bounds check (due_on between '0001-01-01' and '9999-12-31') not valid;
alter table posting add constraint posting_posted_on_bounds check (posted_on between '0001-01-01' and '9999-12-31') not valid;
alter table settlement add constraint settlement_applied_on_bounds check (applied_on between '0001-01-01' and '9999-12-31') not valid;
alter table period_lock add constraint period_lock_through_bounds check (through between '0001-01-01' and '9999-12-31') not valid;
alter table bank_account add constraint bank_account_stated_on_bounds check (stated_on between '0001-01-01' and '9999-12-31') not valid;
alter table bank_line add constraint bank_line_posted_on_bounds check (posted_on between '0001-01-01' and '9999-12-31') not valid;

-- What is sealed is a number of a few digits.
alter table company add constraint company_tax_id_sealed_length check (octet_length(tax_id_sealed) <= 1000) not valid;
alter table bank_account add constraint bank_account_number_sealed_length check (octet_length(number_sealed) <= 1000) not valid;

-- Lines come with their revision, instalments with it or as its draft is issued; one that stands gets no more of either.
create function revision_part_made() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set plan_cache_mode = 'force_generic_plan'
as $$
declare
    bad bigint;
begin
    select r.id into bad from audit_head h, new_rows l join revision r on r.id = l.revision_id
    where r.made_in <> h.change
      and (tg_table_name = 'document_line'
           or exists (select from posting p where p.document_id = r.document_id and p.made_in <> h.change))
    limit 1;
    if found then
        raise exception 'lines and instalments are made with their revision' using errcode = 'CF007', detail = format('revision %s', bad);
    end if;
    return null;
end
$$;
create trigger made after insert on document_line referencing new table as new_rows for each statement execute function revision_part_made();
create trigger made after insert on instalment referencing new table as new_rows for each statement execute function revision_part_made();
alter table document_line enable always trigger made;
alter table instalment enable always trigger made;

-- An instalment is of an item of its own document.
create function instalment_of_own_item() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set plan_cache_mode = 'force_generic_plan'
as $$
declare
    bad bigint;
begin
    select l.open_item_id into bad from new_rows l
    join revision r on r.id = l.revision_id
    join open_item i on i.id = l.open_item_id
    where i.document_id <> r.document_id limit 1;
    if found then
        raise exception 'an instalment is of an open item of its own document' using errcode = 'CF005', detail = format('open item %s', bad);
    end if;
    return null;
end
$$;
create trigger own_item after insert on instalment referencing new table as new_rows for each statement execute function instalment_of_own_item();
alter table instalment enable always trigger own_item;

-- Periods are locked and opened by accountants, admins and the system, whoever asks the database.
create function lock_set_by() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    if not exists (select from change c where c.n = change_current() and c.role in ('accountant', 'admin', 'system')) then
        raise exception 'this role locks and opens no period' using errcode = '42501';
    end if;
    return null;
end
$$;
create trigger set_by after insert on period_lock for each statement execute function lock_set_by();
alter table period_lock enable always trigger set_by;

-- What follows changes no rule, only what a write costs: most of it is the number of statements and of functions that pin their
-- settings. A function in `sql` is planned anew by each statement that calls it, one in `plpgsql` once a session. A connection serves
-- many companies, each with functions of its own, so that a plan is seldom used often enough to be kept: the functions on the way of
-- each write plan once, for any argument.
create or replace function lock_through() returns date
    language plpgsql stable security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    return (select l.through from period_lock l order by l.id desc limit 1);
end
$$;

-- A number is taken and the series moved in one statement, under the head lock.
create or replace function document_number() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    ranks constant text[] := array['draft', 'submitted', 'issued', 'void'];
    taken record;
begin
    if tg_op = 'UPDATE' then
        if to_jsonb(old) - array['state', 'void_reason'] is distinct from to_jsonb(new) - array['state', 'void_reason'] then
            raise exception 'a document''s identity never changes' using errcode = 'CF007', detail = format('document %s', old.id);
        end if;
        if old.state = new.state or array_position(ranks, new.state) < array_position(ranks, old.state) then
            raise exception 'a document goes forward: draft, submitted, issued, void' using errcode = 'CF007', detail = format('document %s', old.id);
        end if;
    else
        if new.series_id is not null or new.series_no is not null then
            raise exception 'a series number is given, never brought' using errcode = 'CF006', detail = format('document %s', new.id);
        end if;
        if new.number is not null and new.source <> 'import' then
            raise exception 'only an imported document brings its number' using errcode = 'CF006', detail = new.number;
        end if;
    end if;
    -- Looked for first: an update of no row would have every check of an update made for nothing.
    if new.state = 'issued' and new.number is null and exists (select from series s where s.kind = new.kind) then
        update series s set next = s.next + 1 where s.kind = new.kind returning s.id, s.prefix, s.next - 1 as n into taken;
        new.series_id := taken.id;
        new.series_no := taken.n;
        new.number := taken.prefix || taken.n;
    end if;
    return new;
end
$$;

-- One look at all new rows finds their days, documents and items, and whether any breaks a rule; which one is asked only then.
create or replace function posting_made() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    company_row company%rowtype;
    made record;
    bad record;
begin
    select * into company_row from company;
    select min(r.posted_on) as earliest, array_agg(distinct r.document_id) as documents,
           array_agg(distinct r.open_item_id) filter (where r.open_item_id is not null) as items,
           min(r.posted_on) filter (where d.kind <> 'opening_entry') as earliest_entry,
           bool_or(not a.active) as any_inactive,
           bool_or(d.state <> 'issued'
               or r.currency is distinct from company_row.currency
               or a.currency <> r.currency
               or (a.type in ('accounts_receivable', 'accounts_payable') and (r.contact_id is null or r.open_item_id is null))
               or (a.role in ('undeposited_funds', 'stripe_clearing') and r.open_item_id is null)
               or (r.open_item_id is not null and (i.document_id, i.account_id) is distinct from (r.document_id, r.account_id))
               or (r.open_item_id is not null and i.contact_id is distinct from r.contact_id)) as any_bad
    into made
    from new_rows r
    left join account a on a.id = r.account_id
    left join document d on d.id = r.document_id
    left join open_item i on i.id = r.open_item_id;
    if made.earliest is null then
        return null;
    end if;
    perform lock_refuse(made.earliest);
    if made.earliest_entry < company_row.books_begin_on then
        raise exception 'the books begin on %', company_row.books_begin_on using errcode = 'CF012',
            detail = format('%s %s', company_row.books_begin_on, made.earliest_entry);
    end if;
    if made.any_bad or made.any_inactive then
        select r.line_no, r.document_id, a.name, a.active, r.currency, a.currency as account_currency, d.state,
               a.type in ('accounts_receivable', 'accounts_payable') as control,
               coalesce(a.role in ('undeposited_funds', 'stripe_clearing'), false) as clearing,
               r.contact_id, r.open_item_id, i.document_id as item_document, i.account_id as item_account, i.contact_id as item_contact, r.account_id
        into bad
        from new_rows r
        join account a on a.id = r.account_id
        join document d on d.id = r.document_id
        left join open_item i on i.id = r.open_item_id
        where d.state <> 'issued'
           or r.currency is distinct from company_row.currency
           or a.currency <> r.currency
           or (a.type in ('accounts_receivable', 'accounts_payable') and (r.contact_id is null or r.open_item_id is null))
           or (a.role in ('undeposited_funds', 'stripe_clearing') and r.open_item_id is null)
           or (r.open_item_id is not null and (i.document_id, i.account_id) is distinct from (r.document_id, r.account_id))
           or (r.open_item_id is not null and i.contact_id is distinct from r.contact_id)
           or (not a.active and not exists (
                  select from posting p where p.account_id = r.account_id and p.amount = -r.amount and p.made_in < r.made_in
                  and p.retired_in is null and p.document_id in (d.id, d.reverses_id)))
        limit 1;
        if found then
            if bad.state in ('draft', 'submitted') then
                raise exception 'a document posts when it is issued' using errcode = 'CF007', detail = format('document %s', bad.document_id);
            elsif bad.state = 'void' then
                raise exception 'a void document posts no more' using errcode = 'CF001', detail = format('document %s', bad.document_id);
            elsif bad.currency is distinct from company_row.currency or bad.currency <> bad.account_currency then
                raise exception 'a posting is in the currency of its account and company' using errcode = 'CF002', detail = format('line %s', bad.line_no);
            elsif not bad.active then
                raise exception 'account % is inactive', bad.name using errcode = 'CF009', detail = format('line %s', bad.line_no);
            else
                raise exception 'a leg on % needs its contact and open item', bad.name using errcode = 'CF002', detail = format('line %s', bad.line_no);
            end if;
        end if;
    end if;
    perform posting_balanced(made.documents);
    if made.items is not null then
        perform open_item_within(made.items);
    end if;
    insert into month_total as t (account_id, month, amount)
    select r.account_id, date_trunc('month', r.posted_on)::date, sum(r.amount)::bigint from new_rows r group by 1, 2 order by 1, 2
    on conflict (account_id, month) do update set amount = t.amount + excluded.amount;
    return null;
end
$$;

alter function posting_made() set plan_cache_mode = 'force_generic_plan';
alter function posting_retired() set plan_cache_mode = 'force_generic_plan';
alter function posting_balanced(bigint[]) set plan_cache_mode = 'force_generic_plan';
alter function document_void_empty(bigint[]) set plan_cache_mode = 'force_generic_plan';
alter function open_item_within(bigint[]) set plan_cache_mode = 'force_generic_plan';
alter function document_number() set plan_cache_mode = 'force_generic_plan';
alter function settlement_made() set plan_cache_mode = 'force_generic_plan';

-- The owner of the record makes nothing in a schema but while a step lets it.
grant create on schema {schema} to {audit};
set local role {audit};

create or replace function change_current() returns bigint
    language plpgsql stable security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    return (select c.n from change c join audit_head h on h.change = c.n where c.xact = pg_current_xact_id_if_assigned());
end
$$;

create or replace function change_open(
    tenant uuid, version integer, key text, kind text, who text, role_name text, request text,
    out n bigint, out answer text
)
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    last change%rowtype;
begin
    if not exists (select from guard g where g.tenant_id = tenant and g.schema_version between version - 1 and version) then
        raise exception 'this schema is another company''s or of another version' using errcode = 'CF010';
    end if;
    perform 1 from audit_head for update;
    select c.* into last from change c join audit_head h on h.change = c.n;
    if last.xact = pg_current_xact_id_if_assigned() then
        raise exception 'a transaction opens one change' using errcode = 'CF011';
    end if;
    select c.answer into answer from change c where c.request_key = key;
    if found then
        return;
    end if;
    update audit_head h set change = h.change + 1 returning h.change into n;
    -- Taken under the lock and never before the last one: a time then means one change, whatever the clock does.
    insert into change (n, at, request_key, actor_kind, actor, role, request_id, xact)
    values (n, greatest(clock_timestamp(), last.at), key, kind, who, role_name, request, pg_current_xact_id());
end
$$;

create or replace function change_answer(said text) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    update change c set answer = said from audit_head h
    where h.change = c.n and c.xact = pg_current_xact_id_if_assigned() and c.answer is null;
    if not found then
        raise exception 'no change is open that has no answer yet' using errcode = 'CF008';
    end if;
end
$$;

create or replace function books_require_change() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    if not exists (select from change c join audit_head h on h.change = c.n where c.xact = pg_current_xact_id_if_assigned()) then
        raise exception 'the books are written only inside a change' using errcode = 'CF008', detail = tg_table_name;
    end if;
    return null;
end
$$;

-- As before, but the events of a statement are made, chained and appended together.
create or replace function audit_append(action text, source text, row_ids text[], befores jsonb[], afters jsonb[]) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex'
as $$
declare
    head record;
    events bytea[];
    event bytea;
    hashes bytea[] := '{}';
begin
    if coalesce(cardinality(row_ids), 0) = 0 then
        return;
    end if;
    select h.change, h.seq, h.hash,
           format('{"v":1,"company":"%s","change":%s,"at":"%s","actor_kind":%s,"actor":%s,"role":%s,"request":%s,"seq":',
               g.tenant_id, c.n, to_char(c.at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), to_json(c.actor_kind), to_json(c.actor), to_json(c.role), to_json(c.request_id)) as opening,
           format(',"action":%s,"table":%s,"row":', to_json(action), to_json(source)) as what
    into head
    from audit_head h join change c on c.n = h.change cross join guard g where c.xact = pg_current_xact_id_if_assigned();
    if not found then
        raise exception 'no change is open in this transaction' using errcode = 'CF008';
    end if;
    select array_agg(convert_to(
        head.opening || (head.seq + u.place) || head.what || to_json(u.row_id)
        || ',"before":' || coalesce(u.before::text, 'null') || ',"after":' || coalesce(u.after::text, 'null') || '}', 'UTF8') order by u.place)
    into events
    from unnest(row_ids, befores, afters) with ordinality as u (row_id, before, after, place);
    foreach event in array events loop
        head.hash := sha256(head.hash || event);
        hashes := hashes || head.hash;
    end loop;
    insert into audit_event (seq, change, source, row_id, bytes, hash)
    select head.seq + u.place, head.change, source, u.row_id, u.event, u.hash
    from unnest(row_ids, events, hashes) with ordinality as u (row_id, event, hash, place);
    update audit_head set seq = head.seq + cardinality(row_ids), hash = head.hash;
end
$$;

-- An action that is null is no action that may be noted; and a note has a limit, as all that is kept for ever.
create or replace function audit_note(action text, source text, row_id text, note jsonb) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    if (action in ('reveal', 'export', 'access')) is not true then
        raise exception 'an event of this kind is appended by its table alone' using errcode = 'CF007', detail = coalesce(action, 'none');
    end if;
    -- Of what is sealed or exported: a note of a document would stand in its history beside what its table says.
    if (source in ('company', 'bank_account')) is not true or length(row_id) > 100 or length(note::text) > 4000 then
        raise exception 'a note is short, and of a company or a bank account' using errcode = 'CF007', detail = coalesce(source, 'none');
    end if;
    perform audit_append(action, source, array[row_id], array[null::jsonb], array[note]);
end
$$;

-- Each row becomes JSON once; no column may bear the name that stands for the row. That the head's change is this transaction's own is for audit_append to see.
create or replace function audit_insert() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex'
as $$
declare
    keys text[];
    rows jsonb[];
    stale boolean;
    retired boolean;
begin
    select array_agg(s.k), array_agg(s.j), bool_or((s.j ->> 'made_in')::bigint is distinct from (select h.change from audit_head h)),
           bool_or(s.j ->> 'retired_in' is not null)
    into keys, rows, stale, retired
    from (select r.j, concat_ws('.', r.j ->> tg_argv[1], r.j ->> tg_argv[2]) as k
          from (select to_jsonb(new_row) as j from new_rows new_row offset 0) r
          order by (r.j ->> tg_argv[1])::bigint, (r.j ->> tg_argv[2])::bigint) s;
    if retired or (stale and rows[1] ? 'made_in') then
        raise exception 'a row of % is made live and names the change that makes it', tg_table_name using errcode = 'CF007', detail = tg_table_name;
    end if;
    perform audit_append('insert', tg_table_name, keys, null, rows);
    return null;
end
$$;

create or replace function audit_update() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex'
as $$
declare
    keys text[];
    before_keys text[];
    befores jsonb[];
    afters jsonb[];
    bad text;
begin
    select array_agg(s.k), array_agg(s.j) into keys, afters
    from (select r.j, concat_ws('.', r.j ->> tg_argv[1], r.j ->> tg_argv[2]) as k
          from (select to_jsonb(new_row) as j from new_rows new_row offset 0) r
          order by (r.j ->> tg_argv[1])::bigint, (r.j ->> tg_argv[2])::bigint) s;
    select array_agg(s.k), array_agg(s.j) into before_keys, befores
    from (select r.j, concat_ws('.', r.j ->> tg_argv[1], r.j ->> tg_argv[2]) as k
          from (select to_jsonb(old_row) as j from old_rows old_row offset 0) r
          order by (r.j ->> tg_argv[1])::bigint, (r.j ->> tg_argv[2])::bigint) s;
    if before_keys is distinct from keys then
        raise exception 'a key of % never changes', tg_table_name using errcode = 'CF007', detail = tg_table_name;
    end if;
    if tg_argv[0] = 'append_only' then
        select u.k into bad from unnest(keys, befores, afters) as u (k, before, after)
        where u.before - 'retired_in' is distinct from u.after - 'retired_in'
           or u.before ->> 'retired_in' is not null
           or (u.after ->> 'retired_in')::bigint is distinct from (select h.change from audit_head h)
        limit 1;
        if found then
            raise exception 'a row of % is never changed, only retired, once', tg_table_name
                using errcode = 'CF007', detail = format('%s %s', tg_table_name, bad);
        end if;
    end if;
    perform audit_append('update', tg_table_name, keys, befores, afters);
    return null;
end
$$;

-- What the record lets through is told by the triggers' own conditions, so that its steps call nothing.
create or replace function record_refuse_rewrite() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    raise exception 'the record is never rewritten' using errcode = 'CF007', detail = tg_table_name;
end
$$;

-- Replaced and not dropped: readers of the record need not wait.
create or replace trigger refuse_rewrite before update on change for each row
    when ((old.answer is null and to_jsonb(old) - 'answer' = to_jsonb(new) - 'answer' and old.n = change_current()) is not true)
    execute function record_refuse_rewrite();
create trigger refuse_delete before delete on change for each row execute function record_refuse_rewrite();
create or replace trigger refuse_rewrite before update on audit_head for each row
    when (((new.change = old.change + 1 and new.seq = old.seq and new.hash = old.hash) or (new.change = old.change and new.seq > old.seq)) is not true)
    execute function record_refuse_rewrite();
create trigger refuse_delete before delete on audit_head for each row execute function record_refuse_rewrite();
alter table change enable always trigger refuse_rewrite;
alter table change enable always trigger refuse_delete;
alter table audit_head enable always trigger refuse_rewrite;
alter table audit_head enable always trigger refuse_delete;

alter function change_open(uuid, integer, text, text, text, text, text) set plan_cache_mode = 'force_generic_plan';
alter function change_answer(text) set plan_cache_mode = 'force_generic_plan';
alter function audit_append(text, text, text[], jsonb[], jsonb[]) set plan_cache_mode = 'force_generic_plan';
alter function audit_insert() set plan_cache_mode = 'force_generic_plan';
alter function audit_update() set plan_cache_mode = 'force_generic_plan';

set local role {ledger};
revoke create on schema {schema} from {audit};
