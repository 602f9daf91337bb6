-- Changes, the audit chain and the guard: what every later table of a company leans on.
--
-- How these files are read. The runner opens a transaction, sets search_path to the company's schema and puts in
--   {schema}  the company's schema, which is also the name of the company's role;
--   {ledger}  the role that owns the books, {audit} the role that owns the record. Nobody logs in as either.
-- Conventions of every step:
--   * text with CHECK for kinds and states; no enum, domain or composite type (a second schema's type would break a cached plan);
--   * every function is SECURITY DEFINER and pins search_path to its own schema, TimeZone and DateStyle, so that neither the
--     caller's settings nor a temporary table can change what it does;
--   * a refusal raises SQLSTATE CF0nn, which tenancy::Refusal names; the DETAIL carries the values a person needs;
--   * a table of the books is attached with books_table(): it then needs an open change, is recorded row by row, and is never
--     deleted from.

set local role {audit};

-- One row: whose schema this is, and at which step it stands.
create table guard (
    id smallint primary key default 1 check (id = 1),
    tenant_id uuid not null,
    schema_version integer not null
);

-- One row a writing transaction. `xact` ties it to the transaction that opened it; `answer` is what a repeated request gets.
create table change (
    n bigint primary key,
    at timestamptz not null,
    request_key text not null unique check (length(request_key) between 1 and 200),
    answer text check (length(answer) <= 4000),
    actor_kind text not null check (actor_kind in ('person', 'customer', 'job', 'operator')),
    actor text not null check (length(actor) between 1 and 320),
    role text not null check (role in ('viewer', 'editor', 'accountant', 'admin', 'system')),
    request_id text not null check (length(request_id) <= 100),
    xact xid8 not null
);
create index change_at on change (at);

-- The record. `bytes` is exactly what was hashed and is never made anew; source and row_id repeat two of its fields so that a
-- record's history can be found, and verification compares them.
create table audit_event (
    seq bigint primary key,
    change bigint not null references change (n),
    source text not null,
    row_id text not null,
    bytes bytea not null,
    hash bytea not null check (length(hash) = 32)
);
create index audit_event_row on audit_event (source, row_id, seq);
create index audit_event_change on audit_event (change);

-- The head of the chain and the lock that every writer takes first.
create table audit_head (
    id smallint primary key default 1 check (id = 1),
    change bigint not null,
    seq bigint not null,
    hash bytea not null check (length(hash) = 32)
);

-- The number of the change this transaction opened, or null. It must be the newest one: a transaction id alone could come
-- round again after a restore into another cluster.
create function change_current() returns bigint
    language sql stable security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
    select c.n from change c join audit_head h on h.change = c.n
    where c.xact = pg_current_xact_id_if_assigned()
$$;

-- Opens the one change of this transaction: compares the guard, takes the head lock, inserts the change and gives its number.
-- A request key that was used before gives no number but the first answer: the caller rolls back and repeats it.
create function change_open(
    tenant uuid, version integer, key text, kind text, who text, role_name text, request text,
    out n bigint, out answer text
)
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    last_at timestamptz;
begin
    if not exists (select from guard g where g.tenant_id = tenant and g.schema_version between version - 1 and version) then
        raise exception 'this schema is another company''s or of another version' using errcode = 'CF010';
    end if;
    perform 1 from audit_head for update;
    if change_current() is not null then
        raise exception 'a transaction opens one change' using errcode = 'CF011';
    end if;
    select c.answer into answer from change c where c.request_key = key;
    if found then
        return;
    end if;
    update audit_head h set change = h.change + 1 returning h.change into n;
    select c.at into last_at from change c where c.n = change_open.n - 1;
    -- Taken under the lock and never before the last one: a time then means one change, whatever the clock does.
    insert into change (n, at, request_key, actor_kind, actor, role, request_id, xact)
    values (n, greatest(clock_timestamp(), last_at), key, kind, who, role_name, request, pg_current_xact_id());
end
$$;

-- Keeps what a repeat of this request is to be told. Once a change, by the transaction that opened it.
create function change_answer(said text) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    update change c set answer = said where c.n = change_current() and c.answer is null;
    if not found then
        raise exception 'no change is open that has no answer yet' using errcode = 'CF008';
    end if;
end
$$;

-- Appends one event a row to the chain. The event's bytes are JSON text with its keys in a fixed order, UTC, format 1:
-- hash(n) = SHA-256(hash(n - 1) || bytes(n)), hash(0) = SHA-256('cartefi audit 1 ' || company id).
create function audit_append(action text, source text, row_ids text[], befores jsonb[], afters jsonb[]) returns void
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
begin
    if coalesce(cardinality(row_ids), 0) = 0 then
        return;
    end if;
    select * into c from change where n = change_current();
    if not found then
        raise exception 'no change is open in this transaction' using errcode = 'CF008';
    end if;
    select * into head from audit_head;
    select g.tenant_id::text into company from guard g;
    opening := format('{"v":1,"company":"%s","change":%s,"at":"%s","actor_kind":%s,"actor":%s,"role":%s,"request":%s,"seq":',
        company, c.n, to_char(c.at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), to_json(c.actor_kind), to_json(c.actor), to_json(c.role), to_json(c.request_id));
    what := format(',"action":%s,"table":%s,"row":', to_json(action), to_json(source));
    for i in 1 .. cardinality(row_ids) loop
        head.seq := head.seq + 1;
        event := convert_to(
            opening || head.seq || what || to_json(row_ids[i])
            || ',"before":' || coalesce(befores[i]::text, 'null')
            || ',"after":' || coalesce(afters[i]::text, 'null') || '}', 'UTF8');
        head.hash := sha256(head.hash || event);
        insert into audit_event (seq, change, source, row_id, bytes, hash)
        values (head.seq, c.n, source, row_ids[i], event, head.hash);
    end loop;
    update audit_head set seq = head.seq, hash = head.hash;
end
$$;

-- Events that no table shows: a sealed field revealed, an export, a first access. In a short write before the bytes leave.
create function audit_note(action text, source text, row_id text, note jsonb) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    if action not in ('reveal', 'export', 'access') then
        raise exception 'an event of this kind is appended by its table alone' using errcode = 'CF007', detail = action;
    end if;
    perform audit_append(action, source, array[row_id], array[null::jsonb], array[note]);
end
$$;

-- BEFORE STATEMENT on every table of the books.
create function books_require_change() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    if change_current() is null then
        raise exception 'the books are written only inside a change' using errcode = 'CF008', detail = tg_table_name;
    end if;
    return null;
end
$$;

-- BEFORE STATEMENT: what is never removed.
create function books_refuse_removal() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    raise exception 'nothing is removed from %', tg_table_name using errcode = 'CF007', detail = tg_table_name;
end
$$;

-- The three recorders, AFTER STATEMENT. Arguments: 'append_only' or 'mutable', then the key's columns.
-- An append-only row must say the change that makes it, is made live, and changes only by retired_in, once, to the change that
-- retires it; this is compared here because both images are at hand.
create function audit_insert() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex'
as $$
declare
    keys text[];
    rows jsonb[];
    stale boolean;
    retired boolean;
begin
    select array_agg(s.k order by s.k1, s.k2), array_agg(s.j order by s.k1, s.k2),
           coalesce(bool_or((s.j ->> 'made_in')::bigint is distinct from change_current()), false),
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

create function audit_update() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex'
as $$
declare
    keys text[];
    before_keys text[];
    befores jsonb[];
    afters jsonb[];
    this bigint := change_current();
begin
    select array_agg(s.k order by s.k1, s.k2), array_agg(s.j order by s.k1, s.k2) into keys, afters
    from (select to_jsonb(r) as j,
                 concat_ws('.', to_jsonb(r) ->> tg_argv[1], to_jsonb(r) ->> tg_argv[2]) as k,
                 (to_jsonb(r) ->> tg_argv[1])::bigint as k1, (to_jsonb(r) ->> tg_argv[2])::bigint as k2
          from new_rows r offset 0) s;
    select array_agg(s.k order by s.k1, s.k2), array_agg(s.j order by s.k1, s.k2) into before_keys, befores
    from (select to_jsonb(r) as j,
                 concat_ws('.', to_jsonb(r) ->> tg_argv[1], to_jsonb(r) ->> tg_argv[2]) as k,
                 (to_jsonb(r) ->> tg_argv[1])::bigint as k1, (to_jsonb(r) ->> tg_argv[2])::bigint as k2
          from old_rows r offset 0) s;
    if before_keys is distinct from keys then
        raise exception 'a key of % never changes', tg_table_name using errcode = 'CF007', detail = tg_table_name;
    end if;
    if tg_argv[0] = 'append_only' then
        for i in 1 .. coalesce(cardinality(keys), 0) loop
            if befores[i] - 'retired_in' is distinct from afters[i] - 'retired_in'
                or befores[i] ->> 'retired_in' is not null
                or (afters[i] ->> 'retired_in')::bigint is distinct from this then
                raise exception 'a row of % is never changed, only retired, once', tg_table_name
                    using errcode = 'CF007', detail = format('%s %s', tg_table_name, keys[i]);
            end if;
        end loop;
    end if;
    perform audit_append('update', tg_table_name, keys, befores, afters);
    return null;
end
$$;

create function audit_delete() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex'
as $$
declare
    keys text[];
    rows jsonb[];
begin
    select array_agg(concat_ws('.', to_jsonb(r) ->> tg_argv[1], to_jsonb(r) ->> tg_argv[2])), array_agg(to_jsonb(r))
    into keys, rows from old_rows r;
    perform audit_append('delete', tg_table_name, keys, rows, null);
    return null;
end
$$;

-- The record itself: nothing of it is ever changed, but for change.answer once and the head's steps, by the functions above.
create function record_refuse_rewrite() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    if tg_table_name = 'change' and tg_op = 'UPDATE' then
        if old.answer is null and to_jsonb(old) - 'answer' = to_jsonb(new) - 'answer' and old.n = change_current() then
            return new;
        end if;
    elsif tg_table_name = 'audit_head' and tg_op = 'UPDATE' then
        if (new.change = old.change + 1 and new.seq = old.seq and new.hash = old.hash)
            or (new.change = old.change and new.seq > old.seq) then
            return new;
        end if;
    end if;
    raise exception 'the record is never rewritten' using errcode = 'CF007', detail = tg_table_name;
end
$$;

create trigger refuse_rewrite before update or delete on change for each row execute function record_refuse_rewrite();
create trigger refuse_rewrite before update or delete on audit_event for each row execute function record_refuse_rewrite();
create trigger refuse_rewrite before update or delete on audit_head for each row execute function record_refuse_rewrite();
create trigger refuse_truncate before truncate on change for each statement execute function books_refuse_removal();
create trigger refuse_truncate before truncate on audit_event for each statement execute function books_refuse_removal();
create trigger refuse_truncate before truncate on audit_head for each statement execute function books_refuse_removal();
alter table change enable always trigger refuse_rewrite;
alter table change enable always trigger refuse_truncate;
alter table audit_event enable always trigger refuse_rewrite;
alter table audit_event enable always trigger refuse_truncate;
alter table audit_head enable always trigger refuse_rewrite;
alter table audit_head enable always trigger refuse_truncate;

grant select on guard, change, audit_event, audit_head to {schema}, {ledger};
grant references on change to {ledger};
grant execute on function change_current() to {schema}, {ledger};
grant execute on function change_open(uuid, integer, text, text, text, text, text) to {schema};
grant execute on function change_answer(text) to {schema};
grant execute on function audit_note(text, text, text, jsonb) to {schema};
grant execute on function books_require_change(), books_refuse_removal(), audit_insert(), audit_update(), audit_delete() to {ledger};

set local role {ledger};

-- Makes a table one of the books: an open change before any write, no removal, three recorders, and reading by the company.
-- `mode` is append_only or mutable; the key's columns are integers.
create function books_table(name text, mode text, key1 text, key2 text default null) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
declare
    arguments text := concat_ws(', ', quote_literal(mode), quote_literal(key1), quote_literal(key2));
    made text;
begin
    if mode not in ('append_only', 'mutable') then
        raise exception 'mode is append_only or mutable, not %', mode;
    end if;
    execute format('create trigger require_change before insert or update or delete on %I for each statement execute function books_require_change()', name);
    execute format('create trigger refuse_removal before delete or truncate on %I for each statement execute function books_refuse_removal()', name);
    execute format('create trigger audit_insert after insert on %I referencing new table as new_rows for each statement execute function audit_insert(%s)', name, arguments);
    execute format('create trigger audit_update after update on %I referencing old table as old_rows new table as new_rows for each statement execute function audit_update(%s)', name, arguments);
    execute format('create trigger audit_delete after delete on %I referencing old table as old_rows for each statement execute function audit_delete(%s)', name, arguments);
    foreach made in array array['require_change', 'refuse_removal', 'audit_insert', 'audit_update', 'audit_delete'] loop
        execute format('alter table %I enable always trigger %I', name, made);
    end loop;
    execute format('grant select on %I to {schema}', name);
end
$$;
