-- An amount that no business has, booked twice, would make every sum over the account overflow and its reports unreadable. The
-- bound is `ledger::entry::AMOUNT_MAX`. What was posted before it stands: history is never rewritten, so it is not looked at.

set local role {ledger};

alter table posting add constraint posting_amount_bounds
    check (amount between -100000000000000 and 100000000000000) not valid;

-- Whose statement gave the balance that is shown: undoing that import takes the balance along, and no other does. None where it
-- came before this was kept.
alter table bank_account add column stated_by bigint references statement_import (id);
grant insert (stated_by), update (stated_by) on bank_account to {schema};

-- What follows changes no rule, only what a write costs. A function in `sql` is planned anew by each statement that calls it, one in
-- `plpgsql` once a session. Recorders ask for the change once a statement instead of once a row, and append their events in one insert.
-- A connection serves many companies, each with functions of its own, so that a plan is seldom used often enough to be kept: the
-- functions on the way of each write plan once, for any argument.
create or replace function lock_through() returns date
    language plpgsql stable security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    return (select l.through from period_lock l order by l.id desc limit 1);
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

create or replace function audit_append(action text, source text, row_ids text[], befores jsonb[], afters jsonb[]) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex'
as $$
declare
    c change%rowtype;
    head audit_head%rowtype;
    company text;
    opening text;
    what text;
    event bytea;
    first bigint;
    events bytea[] := '{}';
    hashes bytea[] := '{}';
begin
    if coalesce(cardinality(row_ids), 0) = 0 then
        return;
    end if;
    select o.* into c from change o join audit_head h on h.change = o.n where o.xact = pg_current_xact_id_if_assigned();
    if not found then
        raise exception 'no change is open in this transaction' using errcode = 'CF008';
    end if;
    select * into head from audit_head;
    select g.tenant_id::text into company from guard g;
    opening := format('{"v":1,"company":"%s","change":%s,"at":"%s","actor_kind":%s,"actor":%s,"role":%s,"request":%s,"seq":',
        company, c.n, to_char(c.at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), to_json(c.actor_kind), to_json(c.actor), to_json(c.role), to_json(c.request_id));
    first := head.seq;
    what := format(',"action":%s,"table":%s,"row":', to_json(action), to_json(source));
    for i in 1 .. cardinality(row_ids) loop
        head.seq := head.seq + 1;
        event := convert_to(
            opening || head.seq || what || to_json(row_ids[i])
            || ',"before":' || coalesce(befores[i]::text, 'null')
            || ',"after":' || coalesce(afters[i]::text, 'null') || '}', 'UTF8');
        head.hash := sha256(head.hash || event);
        events := events || event;
        hashes := hashes || head.hash;
    end loop;
    insert into audit_event (seq, change, source, row_id, bytes, hash)
    select first + u.place, c.n, source, u.row_id, u.event, u.hash
    from unnest(row_ids, events, hashes) with ordinality as u (row_id, event, hash, place);
    update audit_head set seq = head.seq, hash = head.hash;
end
$$;

create or replace function audit_insert() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex'
as $$
declare
    keys text[];
    rows jsonb[];
    stale boolean;
    retired boolean;
    this bigint := change_current();
begin
    select array_agg(s.k order by s.k1, s.k2), array_agg(s.j order by s.k1, s.k2),
           coalesce(bool_or((s.j ->> 'made_in')::bigint is distinct from this), false),
           coalesce(bool_or(s.j ->> 'retired_in' is not null), false)
    into keys, rows, stale, retired
    from (select to_jsonb(r) as j,
                 concat_ws('.', to_jsonb(r) ->> tg_argv[1], to_jsonb(r) ->> tg_argv[2]) as k,
                 (to_jsonb(r) ->> tg_argv[1])::bigint as k1, (to_jsonb(r) ->> tg_argv[2])::bigint as k2
          from new_rows r offset 0) s;
    if retired or (stale and rows[1] ? 'made_in') then
        raise exception 'a row of % is made live and names the change that makes it', tg_table_name using errcode = 'CF007', detail = tg_table_name;
    end if;
    perform audit_append('insert', tg_table_name, keys, null, rows);
    return null;
end
$$;

alter function change_open(uuid, integer, text, text, text, text, text) set plan_cache_mode = 'force_generic_plan';
alter function change_answer(text) set plan_cache_mode = 'force_generic_plan';
alter function audit_append(text, text, text[], jsonb[], jsonb[]) set plan_cache_mode = 'force_generic_plan';
alter function audit_insert() set plan_cache_mode = 'force_generic_plan';
alter function audit_update() set plan_cache_mode = 'force_generic_plan';

set local role {ledger};
revoke create on schema {schema} from {audit};
