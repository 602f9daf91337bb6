-- Accounts that are retyped and merged, marks of entries, templates, fiscal years, two levels of locks with exceptions, saved
-- views, and the indexes that search and 'as known at' read.

-- The head first, as every writer takes it: a writer that is under way ends before this step touches what it will ask for.
set local role {audit};
lock table audit_head in share row exclusive mode;
set local role {ledger};

-- ----------------------------------------------------------------------------------------------------------------- accounts

alter table account add column description text constraint account_description_length check (length(description) between 1 and 1000);
-- Where its movement stands in the statement of cash flows; none where its type says.
alter table account add column cash_flow text constraint account_cash_flow check (cash_flow in ('cash', 'operating', 'investing', 'financing'));
-- Its postings stay; reports show them with the account it was merged into.
alter table account add column merged_into bigint references account (id);
alter table account add constraint account_merged_elsewhere check (merged_into <> id);
alter table account add constraint account_merged_is_inactive check (merged_into is null or not active);
create index account_merged on account (merged_into) where merged_into is not null;
create index account_parent on account (parent_id) where parent_id is not null;
grant insert (description, cash_flow), update (type, description, cash_flow, merged_into) on account to {schema};

-- An account is of its parent's type, and no account is above itself or merged into itself.
create function account_placed(ids bigint[]) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set plan_cache_mode = 'force_generic_plan'
as $$
declare
    bad bigint;
begin
    select c.id into bad from account c join account p on p.id = c.parent_id
    where (c.id = any (ids) or p.id = any (ids)) and c.type <> p.type limit 1;
    if found then
        raise exception 'a subaccount has the type of its parent' using errcode = 'CF013', detail = format('parent %s', bad);
    end if;
    with recursive up as (
        select a.id as start, a.parent_id as at, 1 as steps from account a where a.id = any (ids)
        union all
        select up.start, a.parent_id, up.steps + 1 from up join account a on a.id = up.at where up.at <> up.start and up.steps < 50
    )
    select up.start into bad from up where up.at = up.start or (up.steps = 50 and up.at is not null) limit 1;
    if found then
        raise exception 'an account is not above itself' using errcode = 'CF013', detail = format('circle %s', bad);
    end if;
    with recursive along as (
        select a.id as start, a.merged_into as at, 1 as steps from account a where a.id = any (ids)
        union all
        select along.start, a.merged_into, along.steps + 1 from along join account a on a.id = along.at where along.at <> along.start and along.steps < 50
    )
    select along.start into bad from along where along.at = along.start or (along.steps = 50 and along.at is not null) limit 1;
    if found then
        raise exception 'an account is not merged into itself' using errcode = 'CF013', detail = format('circle %s', bad);
    end if;
end
$$;

create function account_made() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    perform account_placed(array(select r.id from new_rows r where r.parent_id is not null));
    return null;
end
$$;
create trigger made after insert on account referencing new table as new_rows for each statement execute function account_made();
alter table account enable always trigger made;

-- A type changes within its statement, never to or from one that needs open items, and not under a bank's feed; a merge keeps the
-- type. What the program books to by role is neither retyped nor merged away. All of it is the accountant's.
create function account_changed() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    earning constant text[] := array['income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense'];
    control constant text[] := array['accounts_receivable', 'accounts_payable'];
    moved bigint[];
    bad record;
begin
    select array_agg(n.id) into moved from new_rows n join old_rows o on o.id = n.id
    where (n.type, n.parent_id, n.merged_into) is distinct from (o.type, o.parent_id, o.merged_into);
    if moved is null then
        return null;
    end if;
    if not exists (select from change c where c.n = change_current() and c.role in ('accountant', 'admin', 'system')) then
        raise exception 'this role rearranges no accounts' using errcode = '42501';
    end if;
    select s.id, s.rule into bad from (
        select n.id, case
            when n.type <> o.type and n.role is not null then 'system'
            when n.type <> o.type and (n.type = any (control) or o.type = any (control)) then 'control'
            when n.type <> o.type and (n.type = any (earning)) <> (o.type = any (earning)) then 'statement'
            when n.type <> o.type and n.type not in ('bank', 'credit_card') and exists (select from bank_account b where b.account_id = n.id) then 'bank'
            when n.merged_into is null then null
            when n.role is not null then 'system'
            when n.type = any (control) then 'control'
            when exists (select from bank_account b where b.account_id = n.id) then 'bank'
            when exists (select from account c where c.parent_id = n.id and c.merged_into is null) then 'subaccounts'
            when exists (select from account t where t.id = n.merged_into and (t.type, t.currency) is distinct from (n.type, n.currency)) then 'merge'
            -- Only a change of the merge itself asks whether its target stands: what was merged stays merged as the target is merged on.
            when n.merged_into is distinct from o.merged_into and exists (select from account t where t.id = n.merged_into and not t.active) then 'target'
        end as rule
        from new_rows n join old_rows o on o.id = n.id where n.id = any (moved)
    ) s where s.rule is not null limit 1;
    if found then
        raise exception 'account % is not changed like that', bad.id using errcode = 'CF013', detail = format('%s %s', bad.rule, bad.id);
    end if;
    -- What is merged into an account has its type.
    select t.id into bad from account t join account m on m.merged_into = t.id where t.id = any (moved) and m.type <> t.type limit 1;
    if found then
        raise exception 'what is merged into an account has its type' using errcode = 'CF013', detail = format('merge %s', bad.id);
    end if;
    perform account_placed(moved);
    return null;
end
$$;
create trigger changed after update on account referencing old table as old_rows new table as new_rows for each statement execute function account_changed();
alter table account enable always trigger changed;

-- ------------------------------------------------------------------------------------------------------------------ entries

-- Marks of an entry: true or none, so that a row made before them is as it was recorded. An adjusting entry stands in the
-- trial balance's own columns; an accrual-only one is left out of the cash basis.
alter table revision add column adjusting boolean constraint revision_adjusting_or_none check (adjusting);
alter table revision add column accrual_only boolean constraint revision_accrual_only_or_none check (accrual_only);
grant insert (adjusting, accrual_only) on revision to {schema};
create index revision_adjusting on revision (doc_date) where adjusting and retired_in is null;

alter table document drop constraint document_source_check;
alter table document add constraint document_source_check check (source in ('person', 'import', 'bank_line', 'template'));

-- --------------------------------------------------------------------------------------------------------------- templates

-- What is entered again and again. Without a unit it is used by hand only; with one, an entry is due on `starts_on` and every
-- `step` units after it, through `ends_on`.
create table recurring_template (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('journal_entry')),
    name text not null check (length(btrim(name)) between 1 and 100),
    memo text check (length(memo) <= 4000),
    reference text check (length(reference) <= 100),
    adjusting boolean not null,
    accrual_only boolean not null,
    -- Whether each entry is reversed on the first day of the month after it.
    reversing boolean not null,
    unit text check (unit in ('week', 'month', 'year')),
    step smallint not null check (step between 1 and 99),
    starts_on date not null check (starts_on between '0001-01-01' and '9999-12-31'),
    ends_on date check (ends_on between '0001-01-01' and '9999-12-31'),
    -- Whether a due entry is issued or kept as a draft for somebody to look at.
    issues boolean not null,
    active boolean not null,
    -- Which of its lines are in force.
    version integer not null check (version > 0),
    -- Why the last due entry could not be made; it is tried again.
    problem text check (length(problem) <= 1000),
    constraint recurring_template_ends_after_start check (ends_on >= starts_on)
);
create unique index recurring_template_name_once on recurring_template (lower(name)) where active;
select books_table('recurring_template', 'mutable', 'id');
grant insert (kind, name, memo, reference, adjusting, accrual_only, reversing, unit, step, starts_on, ends_on, issues, active, version) on recurring_template to {schema};
grant update (name, memo, reference, adjusting, accrual_only, reversing, unit, step, starts_on, ends_on, issues, active, version, problem) on recurring_template to {schema};

create table recurring_template_line (
    id bigint generated always as identity primary key,
    template_id bigint not null references recurring_template (id),
    version integer not null check (version > 0),
    position integer not null check (position > 0),
    account_id bigint not null references account (id),
    contact_id bigint references contact (id),
    description text not null default '' check (length(description) <= 1000),
    amount bigint not null check (amount between -100000000000000 and 100000000000000),
    constraint recurring_template_line_position_once unique (template_id, version, position)
);
select books_table('recurring_template_line', 'append_only', 'id');
grant insert (template_id, version, position, account_id, contact_id, description, amount) on recurring_template_line to {schema};

-- One document a template and period, whoever makes it and however often it is tried. Without a document the period was skipped.
create table recurring_occurrence (
    id bigint generated always as identity primary key,
    template_id bigint not null references recurring_template (id),
    period date not null check (period between '0001-01-01' and '9999-12-31'),
    document_id bigint references document (id),
    made_in bigint not null references change (n),
    constraint recurring_occurrence_once unique (template_id, period)
);
create index recurring_occurrence_document on recurring_occurrence (document_id) where document_id is not null;
select books_table('recurring_occurrence', 'append_only', 'id');
grant insert (template_id, period, document_id, made_in) on recurring_occurrence to {schema};

-- ------------------------------------------------------------------------------------------------------- fiscal years, locks

-- Changed, short and closed years only: every other one follows from the company's first month, in both directions.
create table fiscal_year (
    id bigint generated always as identity primary key,
    starts_on date not null check (starts_on between '0001-01-01' and '9999-12-31'),
    ends_on date not null check (ends_on between '0001-01-01' and '9999-12-31'),
    closed boolean not null,
    reason text check (length(btrim(reason)) between 1 and 500),
    made_in bigint not null references change (n),
    retired_in bigint references change (n),
    -- 53 weeks at most.
    constraint fiscal_year_length check (ends_on >= starts_on and ends_on - starts_on < 371),
    constraint fiscal_year_apart exclude using gist (daterange(starts_on, ends_on, '[]') with &&) where (retired_in is null)
);
select books_table('fiscal_year', 'append_only', 'id');
grant insert (starts_on, ends_on, closed, reason, made_in), update (retired_in) on fiscal_year to {schema};
create trigger set_by after insert or update on fiscal_year for each statement execute function lock_set_by();
alter table fiscal_year enable always trigger set_by;

-- Two levels, each with its newest row in force: 'editors' holds for everybody below an accountant, 'everyone' for all. A row
-- made before there were levels holds for everyone.
alter table period_lock add column level text constraint period_lock_level check (level in ('editors', 'everyone'));
grant insert (level) on period_lock to {schema};

-- Lets one person through the locks from a day on, until a moment.
create table lock_exception (
    id bigint generated always as identity primary key,
    person text not null check (length(person) between 1 and 320),
    from_day date not null check (from_day between '0001-01-01' and '9999-12-31'),
    until timestamptz not null,
    reason text not null check (length(btrim(reason)) between 1 and 500),
    made_in bigint not null references change (n),
    retired_in bigint references change (n)
);
create index lock_exception_person on lock_exception (person) where retired_in is null;
select books_table('lock_exception', 'append_only', 'id');
grant insert (person, from_day, until, reason, made_in), update (retired_in) on lock_exception to {schema};
create trigger set_by after insert or update on lock_exception for each statement execute function lock_set_by();
alter table lock_exception enable always trigger set_by;

-- The last day that whoever makes this change may not touch; in a reading transaction the one that holds for everyone.
create or replace function lock_through() returns date
    language plpgsql stable security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    who record;
    through date := (select l.through from period_lock l where coalesce(l.level, 'everyone') = 'everyone' order by l.id desc limit 1);
    opened date;
begin
    select c.role, c.actor, c.at into who from change c join audit_head h on h.change = c.n
    where c.xact = pg_current_xact_id_if_assigned();
    if who.role in ('viewer', 'editor') then
        through := greatest(through, (select l.through from period_lock l where l.level = 'editors' order by l.id desc limit 1));
    end if;
    if through is not null and who.actor is not null then
        select min(e.from_day) - 1 into opened from lock_exception e
        where e.person = who.actor and e.retired_in is null and e.until > who.at;
        through := least(through, opened);
    end if;
    return through;
end
$$;

-- A closed year is locked for everyone as long as it is closed.
create function fiscal_year_locked() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    closed_through date := (select max(y.ends_on) from fiscal_year y where y.closed and y.retired_in is null);
    through date := (select l.through from period_lock l where coalesce(l.level, 'everyone') = 'everyone' order by l.id desc limit 1);
begin
    if closed_through > coalesce(through, '0001-01-01') then
        raise exception 'a closed year stays locked' using errcode = 'CF014', detail = closed_through::text;
    end if;
    return null;
end
$$;
create trigger years_locked after insert on fiscal_year for each statement execute function fiscal_year_locked();
create trigger years_locked after insert on period_lock for each statement execute function fiscal_year_locked();
alter table fiscal_year enable always trigger years_locked;
alter table period_lock enable always trigger years_locked;

-- -------------------------------------------------------------------------------------------------------------------- views

-- A list or report as somebody wants to see it again: the page and what its address asks.
create table saved_view (
    id bigint generated always as identity primary key,
    name text not null check (length(btrim(name)) between 1 and 100),
    page text not null check (page ~ '^[a-z][a-z0-9/-]{0,79}$'),
    query text not null check (length(query) <= 2000),
    made_in bigint not null references change (n),
    retired_in bigint references change (n)
);
create unique index saved_view_name_once on saved_view (lower(name)) where retired_in is null;
select books_table('saved_view', 'append_only', 'id');
grant insert (name, page, query, made_in), update (retired_in) on saved_view to {schema};

-- ---------------------------------------------------------------------------------------------- search, and as known at

-- Words within memos, lines and names; numbers from their beginning; amounts exactly.
create index revision_memo_words on revision using gin (memo trigram.gin_trgm_ops) where retired_in is null and memo is not null;
create index document_line_words on document_line using gin (description trigram.gin_trgm_ops) where description <> '';
create index contact_name_words on contact using gin (name trigram.gin_trgm_ops);
create index document_number_begins on document (lower(number) text_pattern_ops) where number is not null;
create index revision_reference_begins on revision (lower(reference) text_pattern_ops) where retired_in is null and reference is not null;
create index revision_total on revision (total) where retired_in is null;
create index posting_size on posting (abs(amount)) where retired_in is null;

-- What was made or retired after a change: rows lie in the order of the changes that made them.
create index posting_made_in on posting using brin (made_in) with (pages_per_range = 16, autosummarize = on);
create index posting_retired_in on posting (retired_in) where retired_in is not null;
