-- The spine: documents, their revisions, postings that are made and retired but never changed, open items and settlements.
-- Amounts are minor units, debit positive. Live means `retired_in is null`.

set local role {ledger};

-- Numbers without gaps: the trigger on document gives them, under the head lock.
create table series (
    id bigint generated always as identity primary key,
    kind text not null unique check (kind in ('journal_entry')),
    prefix text not null check (length(prefix) <= 10),
    next bigint not null check (next > 0)
);
select books_table('series', 'mutable', 'id');
grant insert (kind, prefix, next) on series to {schema};

create table document (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('journal_entry', 'opening_entry', 'expense', 'bank_deposit', 'transfer')),
    series_id bigint references series (id),
    series_no bigint,
    number text check (length(number) between 1 and 40),
    state text not null default 'draft' check (state in ('draft', 'submitted', 'issued', 'void')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    -- Where it came from: typed by a person, an import, a bank line.
    source text not null check (source in ('person', 'import', 'bank_line')),
    -- The document this one reverses, if it was made to do that.
    reverses_id bigint references document (id),
    void_reason text check (length(btrim(void_reason)) between 1 and 500),
    constraint document_series_no_once unique (series_id, series_no),
    constraint document_void_has_reason check ((state = 'void') = (void_reason is not null)),
    check ((series_id is null) = (series_no is null))
);
-- Not unique: an imported number is the text that another system gave it.
create index document_number on document (number) where number is not null;
create index document_kind on document (kind, id desc);
create index document_waiting on document (kind) where state in ('draft', 'submitted');
create index document_reverses on document (reverses_id) where reverses_id is not null;
select books_table('document', 'mutable', 'id');
grant insert (kind, number, state, currency, source, reverses_id) on document to {schema};
grant update (state, void_reason) on document to {schema};

create table revision (
    id bigint generated always as identity primary key,
    document_id bigint not null references document (id),
    n integer not null check (n > 0),
    doc_date date not null,
    contact_id bigint references contact (id),
    reference text check (length(reference) <= 100),
    memo text check (length(memo) <= 4000),
    total bigint not null check (total >= 0),
    made_in bigint not null references change (n),
    retired_in bigint references change (n),
    constraint revision_n_once unique (document_id, n)
);
create unique index revision_one_live on revision (document_id) where retired_in is null;
create index revision_date on revision (doc_date desc, document_id desc) where retired_in is null;
select books_table('revision', 'append_only', 'id');
grant insert (document_id, n, doc_date, contact_id, reference, memo, total, made_in), update (retired_in) on revision to {schema};

create table document_line (
    revision_id bigint not null references revision (id),
    -- Stable over a document's revisions and never reused; position is the order a person sees.
    line_no integer not null check (line_no > 0),
    position integer not null check (position > 0),
    account_id bigint not null references account (id),
    contact_id bigint references contact (id),
    description text not null default '' check (length(description) <= 1000),
    amount bigint not null,
    primary key (revision_id, line_no),
    constraint document_line_position_once unique (revision_id, position)
);
select books_table('document_line', 'append_only', 'revision_id', 'line_no');
grant insert on document_line to {schema};

-- A leg on a receivable, payable, undeposited or clearing account. Its account and contact never change.
create table open_item (
    id bigint generated always as identity primary key,
    document_id bigint not null references document (id),
    account_id bigint not null references account (id),
    contact_id bigint references contact (id)
);
create index open_item_document on open_item (document_id);
create index open_item_account on open_item (account_id, contact_id);
select books_table('open_item', 'append_only', 'id');
grant insert (document_id, account_id, contact_id) on open_item to {schema};

create table instalment (
    revision_id bigint not null references revision (id),
    n integer not null check (n > 0),
    open_item_id bigint not null references open_item (id),
    due_on date not null,
    amount bigint not null,
    primary key (revision_id, n)
);
create index instalment_item on instalment (open_item_id);
select books_table('instalment', 'append_only', 'revision_id', 'n');
grant insert on instalment to {schema};

create table posting (
    id bigint generated always as identity primary key,
    document_id bigint not null references document (id),
    line_no integer not null check (line_no > 0),
    account_id bigint not null references account (id),
    contact_id bigint references contact (id),
    open_item_id bigint references open_item (id),
    posted_on date not null,
    amount bigint not null constraint posting_amount_not_zero check (amount <> 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    base_amount bigint not null,
    made_in bigint not null references change (n),
    retired_in bigint references change (n),
    -- Until there are several currencies every posting is in the company's own.
    constraint posting_base_amount check (base_amount = amount)
);
create index posting_by_account on posting (account_id, posted_on) include (amount) where retired_in is null;
create index posting_by_date on posting (posted_on, account_id) include (amount) where retired_in is null;
create index posting_by_document on posting (document_id);
create index posting_by_item on posting (open_item_id) where open_item_id is not null;
select books_table('posting', 'append_only', 'id');
grant insert (document_id, line_no, account_id, contact_id, open_item_id, posted_on, amount, currency, base_amount, made_in), update (retired_in) on posting to {schema};

create table settlement (
    id bigint generated always as identity primary key,
    debit_item_id bigint not null references open_item (id),
    credit_item_id bigint not null references open_item (id) check (credit_item_id <> debit_item_id),
    amount bigint not null check (amount <> 0),
    applied_on date not null,
    -- Undoing what lies in a lock: a negative settlement at an open date.
    reverses_id bigint references settlement (id),
    made_in bigint not null references change (n),
    retired_in bigint references change (n),
    check ((amount < 0) = (reverses_id is not null))
);
create index settlement_debit on settlement (debit_item_id) where retired_in is null;
create index settlement_credit on settlement (credit_item_id) where retired_in is null;
create unique index settlement_reversed_once on settlement (reverses_id) where retired_in is null;
select books_table('settlement', 'append_only', 'id');
grant insert (debit_item_id, credit_item_id, amount, applied_on, reverses_id, made_in), update (retired_in) on settlement to {schema};

-- Live postings summed by account and month: kept by the trigger on posting, never written by anybody else.
create table month_total (
    account_id bigint not null references account (id),
    month date not null check (extract(day from month) = 1),
    amount bigint not null,
    primary key (account_id, month)
) with (fillfactor = 70);
grant select on month_total to {schema};
create trigger refuse_truncate before truncate on month_total for each statement execute function books_refuse_removal();
alter table month_total enable always trigger refuse_truncate;

-- The newest row is in force: nothing that a report through that day shows may be made or retired. No day: no lock.
create table period_lock (
    id bigint generated always as identity primary key,
    through date,
    reason text not null check (length(btrim(reason)) between 1 and 500),
    made_in bigint not null references change (n)
);
select books_table('period_lock', 'append_only', 'id');
grant insert (through, reason, made_in) on period_lock to {schema};

create function lock_through() returns date
    language sql stable security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$ select l.through from period_lock l order by l.id desc limit 1 $$;
grant execute on function lock_through() to {schema};

-- ---------------------------------------------------------------------------------------------------------------- documents

-- States go forward, a number is given once, and identity never changes.
create function document_number() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    ranks constant text[] := array['draft', 'submitted', 'issued', 'void'];
    s series%rowtype;
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
    if new.state = 'issued' and new.number is null then
        select * into s from series where kind = new.kind for update;
        if found then
            new.series_id := s.id;
            new.series_no := s.next;
            new.number := s.prefix || s.next;
            update series set next = s.next + 1 where id = s.id;
        end if;
    end if;
    return new;
end
$$;
create trigger number before insert or update on document for each row execute function document_number();
alter table document enable always trigger number;

create function series_step() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    -- Depth 2: this trigger inside the one on document. Nothing else moves a series.
    if pg_trigger_depth() < 2 or new.next <> old.next + 1 or new.id <> old.id or new.kind <> old.kind or new.prefix <> old.prefix then
        raise exception 'a series moves by one, when a document is issued' using errcode = 'CF006', detail = old.kind;
    end if;
    return new;
end
$$;
create trigger step before update on series for each row execute function series_step();
alter table series enable always trigger step;

-- A void document leaves nothing behind: retired, or reversed at another date. So it is when it is voided, and ever after.
create function document_void_empty(documents bigint[]) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    bad bigint;
begin
    select d.id into bad
    from document d
    join posting p on p.document_id = d.id and p.retired_in is null
    where d.id = any (documents) and d.state = 'void'
    group by d.id, p.account_id, p.contact_id having sum(p.amount) <> 0 limit 1;
    if found then
        raise exception 'a void document leaves no balance' using errcode = 'CF001', detail = format('document %s', bad);
    end if;
end
$$;

create function document_voided() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    perform document_void_empty(array(select d.id from new_rows d where d.state = 'void'));
    return null;
end
$$;
create trigger voided after update on document referencing new table as new_rows for each statement execute function document_voided();
alter table document enable always trigger voided;

-- ----------------------------------------------------------------------------------------------------------------- postings

-- Live postings of a document sum to zero on each date (one check over all affected documents).
create function posting_balanced(documents bigint[]) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    bad record;
begin
    -- Live is a filter of the sum, not of the rows: as a condition it lets the planner AND a second, partial index in, whole.
    select p.document_id, p.posted_on, sum(p.amount) filter (where p.retired_in is null) as off into bad
    from posting p where p.document_id = any (documents)
    group by p.document_id, p.posted_on having sum(p.amount) filter (where p.retired_in is null) <> 0 limit 1;
    if found then
        raise exception 'debits and credits differ' using errcode = 'CF001',
            detail = format('document %s, %s, %s', bad.document_id, bad.posted_on, bad.off);
    end if;
end
$$;

-- What is left of each open item is never beyond nothing: settlements stay within the postings of both sides.
create function open_item_within(items bigint[]) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    bad bigint;
begin
    select i.id into bad
    from unnest(items) as i (id)
    cross join lateral (select coalesce(sum(p.amount) filter (where p.retired_in is null), 0) as posted from posting p where p.open_item_id = i.id) p
    cross join lateral (select coalesce(sum(s.amount), 0) as settled from settlement s where s.debit_item_id = i.id and s.retired_in is null) d
    cross join lateral (select coalesce(sum(s.amount), 0) as settled from settlement s where s.credit_item_id = i.id and s.retired_in is null) c
    where (d.settled > 0 and d.settled > p.posted) or (c.settled > 0 and c.settled > -p.posted) or d.settled < 0 or c.settled < 0
    limit 1;
    if found then
        raise exception 'more would be settled than is open' using errcode = 'CF005', detail = format('open item %s', bad);
    end if;
end
$$;

-- Refuses a day that a lock covers.
create function lock_refuse(day date) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    through date := lock_through();
begin
    if day <= through then
        raise exception 'the books are locked through %', through using errcode = 'CF003', detail = format('%s %s', through, day);
    end if;
end
$$;

create function posting_made() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    company_row company%rowtype;
    earliest date;
    bad record;
begin
    if not exists (select from new_rows) then
        return null;
    end if;
    select * into company_row from company;
    select min(r.posted_on) into earliest from new_rows r;
    perform lock_refuse(earliest);
    if earliest < company_row.books_begin_on then
        select r.posted_on into bad from new_rows r join document d on d.id = r.document_id
        where r.posted_on < company_row.books_begin_on and d.kind <> 'opening_entry' limit 1;
        if found then
            raise exception 'the books begin on %', company_row.books_begin_on using errcode = 'CF012',
                detail = format('%s %s', company_row.books_begin_on, bad.posted_on);
        end if;
    end if;
    select r.line_no, r.document_id, a.name, a.active, r.currency, a.currency as account_currency, d.state,
           a.type in ('accounts_receivable', 'accounts_payable') as control,
           coalesce(a.role in ('undeposited_funds', 'stripe_clearing'), false) as clearing,
           r.contact_id, r.open_item_id, i.document_id as item_document, i.account_id as item_account, i.contact_id as item_contact, r.account_id
    into bad
    from new_rows r
    join account a on a.id = r.account_id
    join document d on d.id = r.document_id
    left join open_item i on i.id = r.open_item_id
    where d.state in ('draft', 'submitted')
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
        elsif bad.currency is distinct from company_row.currency or bad.currency <> bad.account_currency then
            raise exception 'a posting is in the currency of its account and company' using errcode = 'CF002', detail = format('line %s', bad.line_no);
        elsif not bad.active then
            raise exception 'account % is inactive', bad.name using errcode = 'CF009', detail = format('line %s', bad.line_no);
        else
            raise exception 'a leg on % needs its contact and open item', bad.name using errcode = 'CF002', detail = format('line %s', bad.line_no);
        end if;
    end if;
    perform posting_balanced(array(select distinct r.document_id from new_rows r));
    perform document_void_empty(array(select distinct r.document_id from new_rows r));
    perform open_item_within(array(select distinct r.open_item_id from new_rows r where r.open_item_id is not null));
    insert into month_total as t (account_id, month, amount)
    select r.account_id, date_trunc('month', r.posted_on)::date, sum(r.amount)::bigint from new_rows r group by 1, 2 order by 1, 2
    on conflict (account_id, month) do update set amount = t.amount + excluded.amount;
    return null;
end
$$;
create trigger made after insert on posting referencing new table as new_rows for each statement execute function posting_made();
alter table posting enable always trigger made;

create function posting_retired() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    earliest date;
begin
    select min(r.posted_on) into earliest from new_rows r;
    if earliest is null then
        return null;
    end if;
    perform lock_refuse(earliest);
    -- What was settled in a lock is not revised either: the settlement's shares would be made anew there.
    perform lock_refuse(min(s.applied_on))
    from (select distinct r.document_id from new_rows r) r
    join open_item i on i.document_id = r.document_id
    join settlement s on i.id in (s.debit_item_id, s.credit_item_id) and s.retired_in is null;
    perform posting_balanced(array(select distinct r.document_id from new_rows r));
    perform document_void_empty(array(select distinct r.document_id from new_rows r));
    perform open_item_within(array(select distinct r.open_item_id from new_rows r where r.open_item_id is not null));
    insert into month_total as t (account_id, month, amount)
    select r.account_id, date_trunc('month', r.posted_on)::date, -sum(r.amount)::bigint from new_rows r group by 1, 2 order by 1, 2
    on conflict (account_id, month) do update set amount = t.amount + excluded.amount;
    return null;
end
$$;
create trigger retired after update on posting referencing new table as new_rows for each statement execute function posting_retired();
alter table posting enable always trigger retired;

-- -------------------------------------------------------------------------------------------------------------- settlements

create function settlement_made() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    earliest date;
    bad bigint;
begin
    select min(r.applied_on) into earliest from new_rows r;
    if earliest is null then
        return null;
    end if;
    perform lock_refuse(earliest);
    if tg_op = 'INSERT' then
        select r.id into bad from new_rows r
        join open_item d on d.id = r.debit_item_id
        join open_item c on c.id = r.credit_item_id
        join account a on a.id = d.account_id
        left join settlement back on back.id = r.reverses_id
        where d.account_id <> c.account_id
           or (a.type in ('accounts_receivable', 'accounts_payable') and d.contact_id is distinct from c.contact_id)
           or (r.reverses_id is not null and (back.debit_item_id, back.credit_item_id, back.amount, back.retired_in) is distinct from (r.debit_item_id, r.credit_item_id, -r.amount, null::bigint))
        limit 1;
        if found then
            raise exception 'only items of one account and contact settle each other' using errcode = 'CF005', detail = format('settlement %s', bad);
        end if;
    else
        select r.id into bad from new_rows r join settlement back on back.reverses_id = r.id and back.retired_in is null limit 1;
        if found then
            raise exception 'a settlement that was reversed is not retired as well' using errcode = 'CF005', detail = format('settlement %s', bad);
        end if;
    end if;
    perform open_item_within(array(select r.debit_item_id from new_rows r union select r.credit_item_id from new_rows r));
    return null;
end
$$;
create trigger made after insert on settlement referencing new table as new_rows for each statement execute function settlement_made();
create trigger retired after update on settlement referencing new table as new_rows for each statement execute function settlement_made();
alter table settlement enable always trigger made;
alter table settlement enable always trigger retired;
