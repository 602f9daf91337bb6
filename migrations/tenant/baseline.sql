-- Made by `cargo xtask baseline` from the steps; do not edit.
CREATE FUNCTION {schema}.account_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
    earning constant text[] := array['income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense'];
    control constant text[] := array['accounts_receivable', 'accounts_payable'];
    moved bigint[];
    merged bigint[];
    bad record;
begin
    select array_agg(n.id), array_agg(n.id) filter (where n.merged_into is distinct from o.merged_into) into moved, merged
    from new_rows n join old_rows o on o.id = n.id
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
    if merged is not null then
        with recursive back as (
            select a.id, 0 as steps from account a where a.id = any (merged)
            union all
            select a.id, back.steps + 1 from back join account a on a.merged_into = back.id where back.steps < 51
        )
        select p.account_id as id into bad from bank_match m
        join posting p on p.id = m.posting_id join bank_line l on l.id = m.bank_line_id join bank_account b on b.id = l.bank_account_id
        where m.retired_in is null and p.account_id in (select back.id from back) and account_shown_as(p.account_id) <> b.account_id
        limit 1;
        if found then
            raise exception 'bank lines are matched to what is on account %', bad.id using errcode = 'CF013', detail = format('matched %s', bad.id);
        end if;
    end if;
    return null;
end
$$;

ALTER FUNCTION {schema}.account_changed() OWNER TO {ledger};

CREATE FUNCTION {schema}.account_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    perform account_placed(array(select r.id from new_rows r where r.parent_id is not null or r.merged_into is not null));
    return null;
end
$$;

ALTER FUNCTION {schema}.account_made() OWNER TO {ledger};

CREATE FUNCTION {schema}.account_placed(ids bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
declare
    bad bigint;
begin
    select c.id into bad from account c join account p on p.id = c.parent_id
    where (c.id = any (ids) or p.id = any (ids)) and c.type <> p.type limit 1;
    if found then
        raise exception 'a subaccount has the type of its parent' using errcode = 'CF013', detail = format('parent %s', bad);
    end if;
    select p.id into bad from account c join account p on p.id = c.parent_id
    where c.id = any (ids) and c.merged_into is null and p.merged_into is not null limit 1;
    if found then
        raise exception 'nothing is below an account that was merged away' using errcode = 'CF013', detail = format('below %s', bad);
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
        select a.id as start, a.merged_into as at, 1 as steps from account a where a.id = any (ids) and a.merged_into is not null
        union all
        select along.start, a.merged_into, along.steps + 1 from along join account a on a.id = along.at
        where a.merged_into is not null and along.at <> along.start and along.steps < 51
    )
    select along.start into bad from along where along.at = along.start limit 1;
    if found then
        raise exception 'an account is not merged into itself' using errcode = 'CF013', detail = format('circle %s', bad);
    end if;
    with recursive along as (
        select a.id as start, a.id as at, 0 as steps from account a where a.id = any (ids)
        union all
        select along.start, a.merged_into, along.steps + 1 from along join account a on a.id = along.at
        where a.merged_into is not null and along.steps < 51
    ), back as (
        select a.id as start, a.id as at, 0 as steps from account a where a.id = any (ids)
        union all
        select back.start, a.id, back.steps + 1 from back join account a on a.merged_into = back.at where back.steps < 51
    )
    select a.start into bad from (select start, max(steps) as steps from along group by start) a
    join (select start, max(steps) as steps from back group by start) b on b.start = a.start where a.steps + b.steps > 50 limit 1;
    if found then
        raise exception 'at most 50 merges follow one another' using errcode = 'CF013', detail = format('row %s', bad);
    end if;
end
$$;

ALTER FUNCTION {schema}.account_placed(ids bigint[]) OWNER TO {ledger};

CREATE FUNCTION {schema}.account_shown_as(id bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
    at bigint := id;
    next_one bigint;
begin
    for step in 1..50 loop
        select a.merged_into into next_one from account a where a.id = at;
        exit when next_one is null;
        at := next_one;
    end loop;
    return at;
end
$$;

ALTER FUNCTION {schema}.account_shown_as(id bigint) OWNER TO {ledger};

CREATE FUNCTION {schema}.audit_append(action text, source text, row_ids text[], befores jsonb[], afters jsonb[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET bytea_output TO 'hex'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.audit_append(action text, source text, row_ids text[], befores jsonb[], afters jsonb[]) OWNER TO {audit};

CREATE FUNCTION {schema}.audit_delete() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET bytea_output TO 'hex'
    AS $$
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

ALTER FUNCTION {schema}.audit_delete() OWNER TO {audit};

CREATE FUNCTION {schema}.audit_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET bytea_output TO 'hex'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.audit_insert() OWNER TO {audit};

CREATE FUNCTION {schema}.audit_note(action text, source text, row_id text, note jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
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

ALTER FUNCTION {schema}.audit_note(action text, source text, row_id text, note jsonb) OWNER TO {audit};

CREATE FUNCTION {schema}.audit_rows(name text) RETURNS TABLE(row_id text, image text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET bytea_output TO 'hex'
    AS $$
declare
    -- Mode, first and second key, as books_table() gave them; each ends in a zero byte.
    arguments text[];
begin
    select string_to_array(encode(t.tgargs, 'escape'), '\000') into arguments
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = '{schema}'::regnamespace and c.relname = audit_rows.name and t.tgname = 'audit_insert';
    if not found then
        raise exception 'no table of the books' using errcode = '42501', detail = name;
    end if;
    return query execute format(
        'select concat_ws(''.'', s.j ->> %L, s.j ->> %L), s.j::text from (select to_jsonb(r) as j from {schema}.%I r offset 0) s',
        arguments[2], arguments[3], name);
end
$$;

ALTER FUNCTION {schema}.audit_rows(name text) OWNER TO {ledger};

CREATE FUNCTION {schema}.audit_tables() RETURNS TABLE(name text, recorded boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
    select c.relname::text, count(t.oid) = 5
    from pg_class c
    left join pg_trigger t on t.tgrelid = c.oid and t.tgenabled = 'A'
        and (t.tgname::text, t.tgfoid::regproc::text) in (
            ('require_change', 'books_require_change'), ('refuse_removal', 'books_refuse_removal'),
            ('audit_insert', 'audit_insert'), ('audit_update', 'audit_update'), ('audit_delete', 'audit_delete'))
    where c.relnamespace = '{schema}'::regnamespace and c.relkind in ('r', 'p')
    group by c.relname
$$;

ALTER FUNCTION {schema}.audit_tables() OWNER TO {ledger};

CREATE FUNCTION {schema}.audit_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET bytea_output TO 'hex'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.audit_update() OWNER TO {audit};

CREATE FUNCTION {schema}.bank_account_placed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
    bad bigint;
begin
    select a.id into bad from new_rows r join account a on a.id = r.account_id where a.merged_into is not null limit 1;
    if found then
        raise exception 'account % was merged away', bad using errcode = 'CF013', detail = format('connected %s', bad);
    end if;
    return null;
end
$$;

ALTER FUNCTION {schema}.bank_account_placed() OWNER TO {ledger};

CREATE FUNCTION {schema}.bank_line_agrees(lines bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
    bad bigint;
begin
    select l.id into bad
    from bank_line l
    cross join lateral (select coalesce(sum(m.amount), 0) as matched, count(*) as n from bank_match m where m.bank_line_id = l.id and m.retired_in is null) m
    where l.id = any (lines)
      and ((l.state = 'accepted' and m.matched <> l.amount) or (l.state <> 'accepted' and m.n > 0)
           or (l.doubt is not null and l.state in ('new', 'accepted')))
    limit 1;
    if found then
        raise exception 'a bank line is accepted when its matches add up to it' using errcode = 'CF005', detail = format('bank line %s', bad);
    end if;
end
$$;

ALTER FUNCTION {schema}.bank_line_agrees(lines bigint[]) OWNER TO {ledger};

CREATE FUNCTION {schema}.bank_line_state() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    perform bank_line_agrees(array(select l.id from new_rows l));
    return null;
end
$$;

ALTER FUNCTION {schema}.bank_line_state() OWNER TO {ledger};

CREATE FUNCTION {schema}.bank_match_kept() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    perform bank_line_agrees(array[new.bank_line_id]);
    return null;
end
$$;

ALTER FUNCTION {schema}.bank_match_kept() OWNER TO {ledger};

CREATE FUNCTION {schema}.bank_match_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
    bad bigint;
begin
    select r.id into bad
    from new_rows r
    join bank_line l on l.id = r.bank_line_id
    join bank_account b on b.id = l.bank_account_id
    join posting p on p.id = r.posting_id
    where p.retired_in is not null or (p.account_id <> b.account_id and account_shown_as(p.account_id) <> b.account_id)
       or l.amount is null or sign(l.amount) <> sign(r.amount) or sign(p.amount) <> sign(r.amount)
       or abs((select sum(m.amount) from bank_match m where m.bank_line_id = l.id and m.retired_in is null)) > abs(l.amount)
       or abs((select sum(m.amount) from bank_match m where m.posting_id = p.id and m.retired_in is null)) > abs(p.amount)
    limit 1;
    if found then
        raise exception 'a match stays within its bank line and its posting' using errcode = 'CF005', detail = format('bank match %s', bad);
    end if;
    return null;
end
$$;

ALTER FUNCTION {schema}.bank_match_made() OWNER TO {ledger};

CREATE FUNCTION {schema}.books_refuse_removal() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    raise exception 'nothing is removed from %', tg_table_name using errcode = 'CF007', detail = tg_table_name;
end
$$;

ALTER FUNCTION {schema}.books_refuse_removal() OWNER TO {audit};

CREATE FUNCTION {schema}.books_require_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    if not exists (select from change c join audit_head h on h.change = c.n where c.xact = pg_current_xact_id_if_assigned()) then
        raise exception 'the books are written only inside a change' using errcode = 'CF008', detail = tg_table_name;
    end if;
    return null;
end
$$;

ALTER FUNCTION {schema}.books_require_change() OWNER TO {audit};

CREATE FUNCTION {schema}.books_table(name text, mode text, key1 text, key2 text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
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

ALTER FUNCTION {schema}.books_table(name text, mode text, key1 text, key2 text) OWNER TO {ledger};

CREATE FUNCTION {schema}.change_answer(said text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
begin
    update change c set answer = said from audit_head h
    where h.change = c.n and c.xact = pg_current_xact_id_if_assigned() and c.answer is null;
    if not found then
        raise exception 'no change is open that has no answer yet' using errcode = 'CF008';
    end if;
end
$$;

ALTER FUNCTION {schema}.change_answer(said text) OWNER TO {audit};

CREATE FUNCTION {schema}.change_current() RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    return (select c.n from change c join audit_head h on h.change = c.n where c.xact = pg_current_xact_id_if_assigned());
end
$$;

ALTER FUNCTION {schema}.change_current() OWNER TO {audit};

CREATE FUNCTION {schema}.change_open(tenant uuid, version integer, key text, kind text, who text, role_name text, request text, OUT n bigint, OUT answer text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.change_open(tenant uuid, version integer, key text, kind text, who text, role_name text, request text, OUT n bigint, OUT answer text) OWNER TO {audit};

CREATE FUNCTION {schema}.document_number() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.document_number() OWNER TO {ledger};

CREATE FUNCTION {schema}.document_void_empty(documents bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.document_void_empty(documents bigint[]) OWNER TO {ledger};

CREATE FUNCTION {schema}.document_voided() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    perform document_void_empty(array(select d.id from new_rows d where d.state = 'void'));
    return null;
end
$$;

ALTER FUNCTION {schema}.document_voided() OWNER TO {ledger};

CREATE FUNCTION {schema}.fiscal_year_locked() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
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

ALTER FUNCTION {schema}.fiscal_year_locked() OWNER TO {ledger};

CREATE FUNCTION {schema}.instalment_kept() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
begin
    update open_item_total t set due_on = n.due_on
    from (
        select n.open_item_id, min(n.due_on) as due_on
        from (select distinct r.open_item_id from new_rows r) u
        join instalment n on n.open_item_id = u.open_item_id
        join revision r on r.id = n.revision_id and r.retired_in is null
        group by n.open_item_id
    ) n
    where t.open_item_id = n.open_item_id and t.due_on <> n.due_on;
    return null;
end
$$;

ALTER FUNCTION {schema}.instalment_kept() OWNER TO {ledger};

CREATE FUNCTION {schema}.instalment_of_own_item() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    AS $$
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

ALTER FUNCTION {schema}.instalment_of_own_item() OWNER TO {ledger};

CREATE FUNCTION {schema}.lock_refuse(day date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
    through date := lock_through();
begin
    if day <= through then
        raise exception 'the books are locked through %', through using errcode = 'CF003', detail = format('%s %s', through, day);
    end if;
end
$$;

ALTER FUNCTION {schema}.lock_refuse(day date) OWNER TO {ledger};

CREATE FUNCTION {schema}.lock_set_by() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    if not exists (select from change c where c.n = change_current() and c.role in ('accountant', 'admin', 'system')) then
        raise exception 'this role locks and opens no period' using errcode = '42501';
    end if;
    return null;
end
$$;

ALTER FUNCTION {schema}.lock_set_by() OWNER TO {ledger};

CREATE FUNCTION {schema}.lock_through() RETURNS date
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
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

ALTER FUNCTION {schema}.lock_through() OWNER TO {ledger};

CREATE FUNCTION {schema}.open_item_within(items bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
declare
    bad bigint;
begin
    with kept as (
        insert into open_item_total as t
            (open_item_id, document_id, account_id, contact_id, due_on, amount, debit_settled, credit_settled, holds_from)
        select i.id, i.document_id, i.account_id, i.contact_id,
               coalesce(n.due_on, r.doc_date, p.last_on, date '0001-01-01'), p.posted, d.settled, c.settled,
               coalesce(greatest(p.last_on, d.last_on, c.last_on), date '0001-01-01')
        from unnest(items) as u (id)
        join open_item i on i.id = u.id
        left join revision r on r.document_id = i.document_id and r.retired_in is null
        cross join lateral (
            select min(n.due_on) as due_on from instalment n where n.open_item_id = i.id and n.revision_id = r.id
        ) n
        cross join lateral (
            select coalesce(sum(p.amount) filter (where p.retired_in is null), 0)::bigint as posted,
                   max(p.posted_on) filter (where p.retired_in is null) as last_on
            from posting p where p.open_item_id = i.id
        ) p
        cross join lateral (
            select coalesce(sum(s.amount), 0)::bigint as settled, max(s.applied_on) as last_on
            from settlement s where s.debit_item_id = i.id and s.retired_in is null
        ) d
        cross join lateral (
            select coalesce(sum(s.amount), 0)::bigint as settled, max(s.applied_on) as last_on
            from settlement s where s.credit_item_id = i.id and s.retired_in is null
        ) c
        on conflict (open_item_id) do update set due_on = excluded.due_on, amount = excluded.amount,
            debit_settled = excluded.debit_settled, credit_settled = excluded.credit_settled, holds_from = excluded.holds_from
        returning t.open_item_id, t.amount, t.debit_settled, t.credit_settled
    )
    select k.open_item_id into bad from kept k
    where (k.debit_settled > 0 and k.debit_settled > k.amount) or (k.credit_settled > 0 and k.credit_settled > -k.amount)
       or k.debit_settled < 0 or k.credit_settled < 0
    limit 1;
    if found then
        raise exception 'more would be settled than is open' using errcode = 'CF005', detail = format('open item %s', bad);
    end if;
end
$$;

ALTER FUNCTION {schema}.open_item_within(items bigint[]) OWNER TO {ledger};

CREATE FUNCTION {schema}.posting_balanced(documents bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.posting_balanced(documents bigint[]) OWNER TO {ledger};

CREATE FUNCTION {schema}.posting_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.posting_made() OWNER TO {ledger};

CREATE FUNCTION {schema}.posting_retired() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.posting_retired() OWNER TO {ledger};

CREATE FUNCTION {schema}.posting_unmatched() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
declare
    bad bigint;
begin
    select m.bank_line_id into bad from new_rows r join bank_match m on m.posting_id = r.id and m.retired_in is null limit 1;
    if found then
        raise exception 'a bank line is matched to this posting' using errcode = 'CF004', detail = format('bank line %s', bad);
    end if;
    return null;
end
$$;

ALTER FUNCTION {schema}.posting_unmatched() OWNER TO {ledger};

CREATE FUNCTION {schema}.record_refuse_rewrite() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    raise exception 'the record is never rewritten' using errcode = 'CF007', detail = tg_table_name;
end
$$;

ALTER FUNCTION {schema}.record_refuse_rewrite() OWNER TO {audit};

CREATE FUNCTION {schema}.revision_kept() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
declare
    items bigint[] := array(select i.id from new_rows r join open_item i on i.document_id = r.document_id where r.retired_in is null);
begin
    if items <> '{}' then
        perform open_item_within(items);
    end if;
    return null;
end
$$;

ALTER FUNCTION {schema}.revision_kept() OWNER TO {ledger};

CREATE FUNCTION {schema}.revision_part_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    AS $$
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

ALTER FUNCTION {schema}.revision_part_made() OWNER TO {ledger};

CREATE FUNCTION {schema}.series_step() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    AS $$
begin
    -- Depth 2: this trigger inside the one on document. Nothing else moves a series.
    if pg_trigger_depth() < 2 or new.next <> old.next + 1 or new.id <> old.id or new.kind <> old.kind or new.prefix <> old.prefix then
        raise exception 'a series moves by one, when a document is issued' using errcode = 'CF006', detail = old.kind;
    end if;
    return new;
end
$$;

ALTER FUNCTION {schema}.series_step() OWNER TO {ledger};

CREATE FUNCTION {schema}.settlement_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', '{schema}', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO, MDY'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

ALTER FUNCTION {schema}.settlement_made() OWNER TO {ledger};

CREATE TABLE {schema}.account (
    id bigint NOT NULL,
    number text,
    name text NOT NULL,
    parent_id bigint,
    type text NOT NULL,
    detail_type text,
    role text,
    currency text NOT NULL,
    tax_line text,
    active boolean DEFAULT true NOT NULL,
    description text,
    cash_flow text,
    merged_into bigint,
    CONSTRAINT account_cash_flow CHECK ((cash_flow = ANY (ARRAY['cash'::text, 'operating'::text, 'investing'::text, 'financing'::text]))),
    CONSTRAINT account_check CHECK ((parent_id <> id)),
    CONSTRAINT account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT account_description_length CHECK (((length(description) >= 1) AND (length(description) <= 1000))),
    CONSTRAINT account_detail_type_check CHECK (((length(detail_type) >= 1) AND (length(detail_type) <= 60))),
    CONSTRAINT account_merged_elsewhere CHECK ((merged_into <> id)),
    CONSTRAINT account_merged_is_inactive CHECK (((merged_into IS NULL) OR (NOT active))),
    CONSTRAINT account_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 100))),
    CONSTRAINT account_name_no_colon CHECK ((POSITION((':'::text) IN (name)) = 0)),
    CONSTRAINT account_number_check CHECK (((length(number) >= 1) AND (length(number) <= 20))),
    CONSTRAINT account_role_check CHECK ((role = ANY (ARRAY['undeposited_funds'::text, 'stripe_clearing'::text, 'accounts_receivable'::text, 'uncategorized_asset'::text, 'accounts_payable'::text, 'sales_tax_payable'::text, 'customer_deposits'::text, 'opening_balance_equity'::text, 'retained_earnings'::text, 'uncategorized_income'::text, 'unapplied_cash_payment_income'::text, 'merchant_fees'::text, 'uncategorized_expense'::text, 'unapplied_cash_bill_payment_expense'::text, 'reconciliation_discrepancies'::text]))),
    CONSTRAINT account_tax_line_check CHECK ((length(tax_line) <= 40)),
    CONSTRAINT account_type_check CHECK ((type = ANY (ARRAY['bank'::text, 'accounts_receivable'::text, 'other_current_asset'::text, 'fixed_asset'::text, 'other_asset'::text, 'accounts_payable'::text, 'credit_card'::text, 'other_current_liability'::text, 'long_term_liability'::text, 'equity'::text, 'income'::text, 'cost_of_goods_sold'::text, 'expense'::text, 'other_income'::text, 'other_expense'::text])))
);

ALTER TABLE {schema}.account OWNER TO {ledger};

ALTER TABLE {schema}.account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.audit_event (
    seq bigint NOT NULL,
    change bigint NOT NULL,
    source text NOT NULL,
    row_id text NOT NULL,
    bytes bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_event_hash_check CHECK ((length(hash) = 32))
);

ALTER TABLE {schema}.audit_event OWNER TO {audit};

CREATE TABLE {schema}.audit_head (
    id smallint DEFAULT 1 NOT NULL,
    change bigint NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_head_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT audit_head_id_check CHECK ((id = 1))
);

ALTER TABLE {schema}.audit_head OWNER TO {audit};

CREATE TABLE {schema}.bank_account (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    number_sealed bytea,
    number_fingerprint bytea,
    mask text,
    stated_balance bigint,
    stated_on date,
    stated_by bigint,
    CONSTRAINT bank_account_check CHECK (((number_sealed IS NULL) = (number_fingerprint IS NULL))),
    CONSTRAINT bank_account_check1 CHECK (((stated_balance IS NULL) = (stated_on IS NULL))),
    CONSTRAINT bank_account_mask_check CHECK ((length(mask) <= 4)),
    CONSTRAINT bank_account_number_fingerprint_check CHECK ((length(number_fingerprint) = 32))
);

ALTER TABLE {schema}.bank_account OWNER TO {ledger};

ALTER TABLE {schema}.bank_account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.bank_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.bank_line (
    id bigint NOT NULL,
    bank_account_id bigint NOT NULL,
    statement_import_id bigint,
    identity text NOT NULL,
    provider_id text,
    posted_on date NOT NULL,
    amount bigint,
    amount_text text NOT NULL,
    currency text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    memo text DEFAULT ''::text NOT NULL,
    check_number text,
    state text NOT NULL,
    doubt text,
    CONSTRAINT bank_line_accepted_has_amount CHECK (((state <> 'accepted'::text) OR (amount IS NOT NULL))),
    CONSTRAINT bank_line_amount_text_check CHECK (((length(amount_text) >= 1) AND (length(amount_text) <= 60))),
    CONSTRAINT bank_line_check_number_check CHECK ((length(check_number) <= 40)),
    CONSTRAINT bank_line_currency_check CHECK (((length(currency) >= 1) AND (length(currency) <= 10))),
    CONSTRAINT bank_line_doubt_check CHECK ((length(doubt) <= 300)),
    CONSTRAINT bank_line_doubt_has_reason CHECK (((state = 'doubtful'::text) <= (doubt IS NOT NULL))),
    CONSTRAINT bank_line_identity_check CHECK (((length(identity) >= 1) AND (length(identity) <= 400))),
    CONSTRAINT bank_line_memo_check CHECK ((length(memo) <= 1000)),
    CONSTRAINT bank_line_name_check CHECK ((length(name) <= 1000)),
    CONSTRAINT bank_line_provider_id_check CHECK ((length(provider_id) <= 255)),
    CONSTRAINT bank_line_state_check CHECK ((state = ANY (ARRAY['new'::text, 'accepted'::text, 'excluded'::text, 'withdrawn'::text, 'doubtful'::text])))
);

ALTER TABLE {schema}.bank_line OWNER TO {ledger};

ALTER TABLE {schema}.bank_line ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.bank_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.bank_match (
    id bigint NOT NULL,
    bank_line_id bigint NOT NULL,
    posting_id bigint NOT NULL,
    amount bigint NOT NULL,
    made_in bigint NOT NULL,
    retired_in bigint,
    CONSTRAINT bank_match_amount_check CHECK ((amount <> 0))
);

ALTER TABLE {schema}.bank_match OWNER TO {ledger};

ALTER TABLE {schema}.bank_match ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.bank_match_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.change (
    n bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    request_key text NOT NULL,
    answer text,
    actor_kind text NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    request_id text NOT NULL,
    xact xid8 NOT NULL,
    CONSTRAINT change_actor_check CHECK (((length(actor) >= 1) AND (length(actor) <= 320))),
    CONSTRAINT change_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'customer'::text, 'job'::text, 'operator'::text]))),
    CONSTRAINT change_answer_check CHECK ((length(answer) <= 4000)),
    CONSTRAINT change_request_id_check CHECK ((length(request_id) <= 100)),
    CONSTRAINT change_request_key_check CHECK (((length(request_key) >= 1) AND (length(request_key) <= 200))),
    CONSTRAINT change_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'editor'::text, 'accountant'::text, 'admin'::text, 'system'::text])))
);

ALTER TABLE {schema}.change OWNER TO {audit};

CREATE TABLE {schema}.company (
    id smallint DEFAULT 1 NOT NULL,
    name text NOT NULL,
    entity_type text NOT NULL,
    currency text NOT NULL,
    time_zone text NOT NULL,
    basis text NOT NULL,
    fiscal_year_first_month smallint NOT NULL,
    books_begin_on date,
    tax_id_sealed bytea,
    tax_id_hint text,
    CONSTRAINT company_basis_check CHECK ((basis = ANY (ARRAY['accrual'::text, 'cash'::text]))),
    CONSTRAINT company_check CHECK (((tax_id_sealed IS NULL) = (tax_id_hint IS NULL))),
    CONSTRAINT company_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT company_entity_type_check CHECK ((entity_type = ANY (ARRAY['sole_proprietor'::text, 'llc'::text, 'partnership'::text, 's_corp'::text, 'c_corp'::text, 'nonprofit'::text]))),
    CONSTRAINT company_fiscal_year_first_month_check CHECK (((fiscal_year_first_month >= 1) AND (fiscal_year_first_month <= 12))),
    CONSTRAINT company_id_check CHECK ((id = 1)),
    CONSTRAINT company_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 200))),
    CONSTRAINT company_tax_id_hint_check CHECK ((length(tax_id_hint) <= 4)),
    CONSTRAINT company_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 60)))
);

ALTER TABLE {schema}.company OWNER TO {ledger};

CREATE TABLE {schema}.contact (
    id bigint NOT NULL,
    name text NOT NULL,
    customer boolean NOT NULL,
    vendor boolean NOT NULL,
    active boolean DEFAULT true NOT NULL,
    CONSTRAINT contact_is_customer_or_vendor CHECK ((customer OR vendor)),
    CONSTRAINT contact_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 200)))
);

ALTER TABLE {schema}.contact OWNER TO {ledger};

ALTER TABLE {schema}.contact ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.document (
    id bigint NOT NULL,
    kind text NOT NULL,
    series_id bigint,
    series_no bigint,
    number text,
    state text DEFAULT 'draft'::text NOT NULL,
    currency text NOT NULL,
    source text NOT NULL,
    reverses_id bigint,
    void_reason text,
    CONSTRAINT document_check CHECK (((series_id IS NULL) = (series_no IS NULL))),
    CONSTRAINT document_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT document_kind_check CHECK ((kind = ANY (ARRAY['journal_entry'::text, 'opening_entry'::text, 'expense'::text, 'bank_deposit'::text, 'transfer'::text]))),
    CONSTRAINT document_number_check CHECK (((length(number) >= 1) AND (length(number) <= 40))),
    CONSTRAINT document_source_check CHECK ((source = ANY (ARRAY['person'::text, 'import'::text, 'bank_line'::text, 'template'::text]))),
    CONSTRAINT document_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'issued'::text, 'void'::text]))),
    CONSTRAINT document_void_has_reason CHECK (((state = 'void'::text) = (void_reason IS NOT NULL))),
    CONSTRAINT document_void_reason_check CHECK (((length(btrim(void_reason)) >= 1) AND (length(btrim(void_reason)) <= 500)))
);

ALTER TABLE {schema}.document OWNER TO {ledger};

ALTER TABLE {schema}.document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.document_line (
    revision_id bigint NOT NULL,
    line_no integer NOT NULL,
    "position" integer NOT NULL,
    account_id bigint NOT NULL,
    contact_id bigint,
    description text DEFAULT ''::text NOT NULL,
    amount bigint NOT NULL,
    due_on date,
    CONSTRAINT document_line_description_check CHECK ((length(description) <= 1000)),
    CONSTRAINT document_line_due_on_bounds CHECK (((due_on >= '0001-01-01'::date) AND (due_on <= '9999-12-31'::date))),
    CONSTRAINT document_line_line_no_check CHECK ((line_no > 0)),
    CONSTRAINT document_line_position_check CHECK (("position" > 0))
);

ALTER TABLE {schema}.document_line OWNER TO {ledger};

CREATE TABLE {schema}.fiscal_year (
    id bigint NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    closed boolean NOT NULL,
    reason text,
    made_in bigint NOT NULL,
    retired_in bigint,
    CONSTRAINT fiscal_year_ends_on_check CHECK (((ends_on >= '0001-01-01'::date) AND (ends_on <= '9999-12-31'::date))),
    CONSTRAINT fiscal_year_length CHECK (((ends_on >= starts_on) AND ((ends_on - starts_on) < 371))),
    CONSTRAINT fiscal_year_reason_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 500))),
    CONSTRAINT fiscal_year_starts_on_check CHECK (((starts_on >= '0001-01-01'::date) AND (starts_on <= '9999-12-31'::date)))
);

ALTER TABLE {schema}.fiscal_year OWNER TO {ledger};

ALTER TABLE {schema}.fiscal_year ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.fiscal_year_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.guard (
    id smallint DEFAULT 1 NOT NULL,
    tenant_id uuid NOT NULL,
    schema_version integer NOT NULL,
    CONSTRAINT guard_id_check CHECK ((id = 1))
);

ALTER TABLE {schema}.guard OWNER TO {audit};

CREATE TABLE {schema}.instalment (
    revision_id bigint NOT NULL,
    n integer NOT NULL,
    open_item_id bigint NOT NULL,
    due_on date NOT NULL,
    amount bigint NOT NULL,
    CONSTRAINT instalment_n_check CHECK ((n > 0))
);

ALTER TABLE {schema}.instalment OWNER TO {ledger};

CREATE TABLE {schema}.lock_exception (
    id bigint NOT NULL,
    person text NOT NULL,
    from_day date NOT NULL,
    until timestamp with time zone NOT NULL,
    reason text NOT NULL,
    made_in bigint NOT NULL,
    retired_in bigint,
    CONSTRAINT lock_exception_from_day_check CHECK (((from_day >= '0001-01-01'::date) AND (from_day <= '9999-12-31'::date))),
    CONSTRAINT lock_exception_person_check CHECK (((length(person) >= 1) AND (length(person) <= 320))),
    CONSTRAINT lock_exception_reason_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 500)))
);

ALTER TABLE {schema}.lock_exception OWNER TO {ledger};

ALTER TABLE {schema}.lock_exception ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.lock_exception_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.month_total (
    account_id bigint NOT NULL,
    month date NOT NULL,
    amount bigint NOT NULL,
    CONSTRAINT month_total_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
)
WITH (fillfactor='70');

ALTER TABLE {schema}.month_total OWNER TO {ledger};

CREATE TABLE {schema}.open_item (
    id bigint NOT NULL,
    document_id bigint NOT NULL,
    account_id bigint NOT NULL,
    contact_id bigint
);

ALTER TABLE {schema}.open_item OWNER TO {ledger};

ALTER TABLE {schema}.open_item ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.open_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.open_item_total (
    open_item_id bigint NOT NULL,
    document_id bigint NOT NULL,
    account_id bigint NOT NULL,
    contact_id bigint,
    due_on date NOT NULL,
    amount bigint NOT NULL,
    debit_settled bigint NOT NULL,
    credit_settled bigint NOT NULL,
    open bigint GENERATED ALWAYS AS (((amount - debit_settled) + credit_settled)) STORED NOT NULL,
    holds_from date NOT NULL,
    open_until date GENERATED ALWAYS AS (
CASE
    WHEN (((amount - debit_settled) + credit_settled) <> 0) THEN 'infinity'::date
    ELSE holds_from
END) STORED NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE {schema}.open_item_total OWNER TO {ledger};

CREATE TABLE {schema}.period_lock (
    id bigint NOT NULL,
    through date,
    reason text NOT NULL,
    made_in bigint NOT NULL,
    level text,
    CONSTRAINT period_lock_level CHECK ((level = ANY (ARRAY['editors'::text, 'everyone'::text]))),
    CONSTRAINT period_lock_reason_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 500)))
);

ALTER TABLE {schema}.period_lock OWNER TO {ledger};

ALTER TABLE {schema}.period_lock ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.period_lock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.posting (
    id bigint NOT NULL,
    document_id bigint NOT NULL,
    line_no integer NOT NULL,
    account_id bigint NOT NULL,
    contact_id bigint,
    open_item_id bigint,
    posted_on date NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    base_amount bigint NOT NULL,
    made_in bigint NOT NULL,
    retired_in bigint,
    CONSTRAINT posting_amount_not_zero CHECK ((amount <> 0)),
    CONSTRAINT posting_base_amount CHECK ((base_amount = amount)),
    CONSTRAINT posting_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT posting_line_no_check CHECK ((line_no > 0))
);

ALTER TABLE {schema}.posting OWNER TO {ledger};

ALTER TABLE {schema}.posting ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.recurring_occurrence (
    id bigint NOT NULL,
    template_id bigint NOT NULL,
    period date NOT NULL,
    document_id bigint,
    made_in bigint NOT NULL,
    CONSTRAINT recurring_occurrence_period_check CHECK (((period >= '0001-01-01'::date) AND (period <= '9999-12-31'::date)))
);

ALTER TABLE {schema}.recurring_occurrence OWNER TO {ledger};

ALTER TABLE {schema}.recurring_occurrence ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.recurring_occurrence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.recurring_template (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    memo text,
    reference text,
    adjusting boolean NOT NULL,
    accrual_only boolean NOT NULL,
    reversing boolean NOT NULL,
    unit text,
    step smallint NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    issues boolean NOT NULL,
    active boolean NOT NULL,
    version integer NOT NULL,
    problem text,
    CONSTRAINT recurring_template_ends_after_start CHECK ((ends_on >= starts_on)),
    CONSTRAINT recurring_template_ends_on_check CHECK (((ends_on >= '0001-01-01'::date) AND (ends_on <= '9999-12-31'::date))),
    CONSTRAINT recurring_template_kind_check CHECK ((kind = 'journal_entry'::text)),
    CONSTRAINT recurring_template_memo_check CHECK ((length(memo) <= 4000)),
    CONSTRAINT recurring_template_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 100))),
    CONSTRAINT recurring_template_problem_check CHECK ((length(problem) <= 1000)),
    CONSTRAINT recurring_template_reference_check CHECK ((length(reference) <= 100)),
    CONSTRAINT recurring_template_starts_on_check CHECK (((starts_on >= '0001-01-01'::date) AND (starts_on <= '9999-12-31'::date))),
    CONSTRAINT recurring_template_step_check CHECK (((step >= 1) AND (step <= 99))),
    CONSTRAINT recurring_template_unit_check CHECK ((unit = ANY (ARRAY['week'::text, 'month'::text, 'year'::text]))),
    CONSTRAINT recurring_template_version_check CHECK ((version > 0))
);

ALTER TABLE {schema}.recurring_template OWNER TO {ledger};

ALTER TABLE {schema}.recurring_template ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.recurring_template_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.recurring_template_line (
    id bigint NOT NULL,
    template_id bigint NOT NULL,
    version integer NOT NULL,
    "position" integer NOT NULL,
    account_id bigint NOT NULL,
    contact_id bigint,
    description text DEFAULT ''::text NOT NULL,
    amount bigint NOT NULL,
    CONSTRAINT recurring_template_line_amount_check CHECK (((amount >= '-100000000000000'::bigint) AND (amount <= '100000000000000'::bigint))),
    CONSTRAINT recurring_template_line_description_check CHECK ((length(description) <= 1000)),
    CONSTRAINT recurring_template_line_position_check CHECK (("position" > 0)),
    CONSTRAINT recurring_template_line_version_check CHECK ((version > 0))
);

ALTER TABLE {schema}.recurring_template_line OWNER TO {ledger};

ALTER TABLE {schema}.recurring_template_line ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.recurring_template_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.revision (
    id bigint NOT NULL,
    document_id bigint NOT NULL,
    n integer NOT NULL,
    doc_date date NOT NULL,
    contact_id bigint,
    reference text,
    memo text,
    total bigint NOT NULL,
    made_in bigint NOT NULL,
    retired_in bigint,
    adjusting boolean,
    accrual_only boolean,
    CONSTRAINT revision_accrual_only_or_none CHECK (accrual_only),
    CONSTRAINT revision_adjusting_or_none CHECK (adjusting),
    CONSTRAINT revision_memo_check CHECK ((length(memo) <= 4000)),
    CONSTRAINT revision_n_check CHECK ((n > 0)),
    CONSTRAINT revision_reference_check CHECK ((length(reference) <= 100)),
    CONSTRAINT revision_total_check CHECK ((total >= 0))
);

ALTER TABLE {schema}.revision OWNER TO {ledger};

ALTER TABLE {schema}.revision ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.revision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.saved_view (
    id bigint NOT NULL,
    name text NOT NULL,
    page text NOT NULL,
    query text NOT NULL,
    made_in bigint NOT NULL,
    retired_in bigint,
    CONSTRAINT saved_view_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 100))),
    CONSTRAINT saved_view_page_check CHECK ((page ~ '^[a-z][a-z0-9/-]{0,79}$'::text)),
    CONSTRAINT saved_view_query_check CHECK ((length(query) <= 2000))
);

ALTER TABLE {schema}.saved_view OWNER TO {ledger};

ALTER TABLE {schema}.saved_view ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.saved_view_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.series (
    id bigint NOT NULL,
    kind text NOT NULL,
    prefix text NOT NULL,
    next bigint NOT NULL,
    CONSTRAINT series_kind_check CHECK ((kind = 'journal_entry'::text)),
    CONSTRAINT series_next_check CHECK ((next > 0)),
    CONSTRAINT series_prefix_check CHECK ((length(prefix) <= 10))
);

ALTER TABLE {schema}.series OWNER TO {ledger};

ALTER TABLE {schema}.series ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.settlement (
    id bigint NOT NULL,
    debit_item_id bigint NOT NULL,
    credit_item_id bigint NOT NULL,
    amount bigint NOT NULL,
    applied_on date NOT NULL,
    reverses_id bigint,
    made_in bigint NOT NULL,
    retired_in bigint,
    CONSTRAINT settlement_amount_check CHECK ((amount <> 0)),
    CONSTRAINT settlement_check CHECK ((credit_item_id <> debit_item_id)),
    CONSTRAINT settlement_check1 CHECK (((amount < 0) = (reverses_id IS NOT NULL)))
);

ALTER TABLE {schema}.settlement OWNER TO {ledger};

ALTER TABLE {schema}.settlement ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.settlement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.staging (
    id bigint NOT NULL,
    person text NOT NULL,
    file_name text NOT NULL,
    file_sealed bytea NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT staging_file_name_check CHECK ((length(file_name) <= 200)),
    CONSTRAINT staging_person_check CHECK ((length(person) <= 320))
);

ALTER TABLE {schema}.staging OWNER TO {ledger};

ALTER TABLE {schema}.staging ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.staging_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE {schema}.statement_import (
    id bigint NOT NULL,
    file_name text NOT NULL,
    file_hash bytea NOT NULL,
    format text NOT NULL,
    new_lines integer NOT NULL,
    known_lines integer NOT NULL,
    doubtful_lines integer NOT NULL,
    made_in bigint NOT NULL,
    retired_in bigint,
    CONSTRAINT statement_import_doubtful_lines_check CHECK ((doubtful_lines >= 0)),
    CONSTRAINT statement_import_file_hash_check CHECK ((length(file_hash) = 32)),
    CONSTRAINT statement_import_file_name_check CHECK ((length(file_name) <= 200)),
    CONSTRAINT statement_import_format_check CHECK ((format = ANY (ARRAY['ofx_1'::text, 'ofx_2'::text]))),
    CONSTRAINT statement_import_known_lines_check CHECK ((known_lines >= 0)),
    CONSTRAINT statement_import_new_lines_check CHECK ((new_lines >= 0))
);

ALTER TABLE {schema}.statement_import OWNER TO {ledger};

ALTER TABLE {schema}.statement_import ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME {schema}.statement_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY {schema}.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.account
    ADD CONSTRAINT account_role_once UNIQUE (role, currency);

ALTER TABLE ONLY {schema}.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY {schema}.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.bank_account
    ADD CONSTRAINT bank_account_account_id_key UNIQUE (account_id);

ALTER TABLE ONLY {schema}.bank_account
    ADD CONSTRAINT bank_account_number_once UNIQUE (number_fingerprint);

ALTER TABLE {schema}.bank_account
    ADD CONSTRAINT bank_account_number_sealed_length CHECK ((octet_length(number_sealed) <= 1000)) NOT VALID;

ALTER TABLE ONLY {schema}.bank_account
    ADD CONSTRAINT bank_account_pkey PRIMARY KEY (id);

ALTER TABLE {schema}.bank_account
    ADD CONSTRAINT bank_account_stated_on_bounds CHECK (((stated_on >= '0001-01-01'::date) AND (stated_on <= '9999-12-31'::date))) NOT VALID;

ALTER TABLE ONLY {schema}.bank_line
    ADD CONSTRAINT bank_line_identity_once UNIQUE (bank_account_id, identity);

ALTER TABLE ONLY {schema}.bank_line
    ADD CONSTRAINT bank_line_pkey PRIMARY KEY (id);

ALTER TABLE {schema}.bank_line
    ADD CONSTRAINT bank_line_posted_on_bounds CHECK (((posted_on >= '0001-01-01'::date) AND (posted_on <= '9999-12-31'::date))) NOT VALID;

ALTER TABLE ONLY {schema}.bank_match
    ADD CONSTRAINT bank_match_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.change
    ADD CONSTRAINT change_pkey PRIMARY KEY (n);

ALTER TABLE ONLY {schema}.change
    ADD CONSTRAINT change_request_key_key UNIQUE (request_key);

ALTER TABLE {schema}.company
    ADD CONSTRAINT company_books_begin_on_bounds CHECK (((books_begin_on >= '0001-01-01'::date) AND (books_begin_on <= '9999-12-31'::date))) NOT VALID;

ALTER TABLE ONLY {schema}.company
    ADD CONSTRAINT company_pkey PRIMARY KEY (id);

ALTER TABLE {schema}.company
    ADD CONSTRAINT company_tax_id_sealed_length CHECK ((octet_length(tax_id_sealed) <= 1000)) NOT VALID;

ALTER TABLE ONLY {schema}.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.document_line
    ADD CONSTRAINT document_line_pkey PRIMARY KEY (revision_id, line_no);

ALTER TABLE ONLY {schema}.document_line
    ADD CONSTRAINT document_line_position_once UNIQUE (revision_id, "position");

ALTER TABLE ONLY {schema}.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.document
    ADD CONSTRAINT document_series_no_once UNIQUE (series_id, series_no);

ALTER TABLE ONLY {schema}.fiscal_year
    ADD CONSTRAINT fiscal_year_apart EXCLUDE USING gist (daterange(starts_on, ends_on, '[]'::text) WITH &&) WHERE ((retired_in IS NULL));

ALTER TABLE ONLY {schema}.fiscal_year
    ADD CONSTRAINT fiscal_year_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.guard
    ADD CONSTRAINT guard_pkey PRIMARY KEY (id);

ALTER TABLE {schema}.instalment
    ADD CONSTRAINT instalment_due_on_bounds CHECK (((due_on >= '0001-01-01'::date) AND (due_on <= '9999-12-31'::date))) NOT VALID;

ALTER TABLE ONLY {schema}.instalment
    ADD CONSTRAINT instalment_pkey PRIMARY KEY (revision_id, n);

ALTER TABLE ONLY {schema}.lock_exception
    ADD CONSTRAINT lock_exception_pkey PRIMARY KEY (id);

ALTER TABLE {schema}.month_total
    ADD CONSTRAINT month_total_amount_bounds CHECK (((amount >= '-1000000000000000'::bigint) AND (amount <= '1000000000000000'::bigint))) NOT VALID;

ALTER TABLE ONLY {schema}.month_total
    ADD CONSTRAINT month_total_pkey PRIMARY KEY (account_id, month);

ALTER TABLE ONLY {schema}.open_item
    ADD CONSTRAINT open_item_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.open_item_total
    ADD CONSTRAINT open_item_total_pkey PRIMARY KEY (open_item_id);

ALTER TABLE ONLY {schema}.period_lock
    ADD CONSTRAINT period_lock_pkey PRIMARY KEY (id);

ALTER TABLE {schema}.period_lock
    ADD CONSTRAINT period_lock_through_bounds CHECK (((through >= '0001-01-01'::date) AND (through <= '9999-12-31'::date))) NOT VALID;

ALTER TABLE {schema}.posting
    ADD CONSTRAINT posting_amount_bounds CHECK (((amount >= '-100000000000000'::bigint) AND (amount <= '100000000000000'::bigint))) NOT VALID;

ALTER TABLE ONLY {schema}.posting
    ADD CONSTRAINT posting_pkey PRIMARY KEY (id);

ALTER TABLE {schema}.posting
    ADD CONSTRAINT posting_posted_on_bounds CHECK (((posted_on >= '0001-01-01'::date) AND (posted_on <= '9999-12-31'::date))) NOT VALID;

ALTER TABLE ONLY {schema}.recurring_occurrence
    ADD CONSTRAINT recurring_occurrence_once UNIQUE (template_id, period);

ALTER TABLE ONLY {schema}.recurring_occurrence
    ADD CONSTRAINT recurring_occurrence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.recurring_template_line
    ADD CONSTRAINT recurring_template_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.recurring_template_line
    ADD CONSTRAINT recurring_template_line_position_once UNIQUE (template_id, version, "position");

ALTER TABLE ONLY {schema}.recurring_template
    ADD CONSTRAINT recurring_template_pkey PRIMARY KEY (id);

ALTER TABLE {schema}.revision
    ADD CONSTRAINT revision_doc_date_bounds CHECK (((doc_date >= '0001-01-01'::date) AND (doc_date <= '9999-12-31'::date))) NOT VALID;

ALTER TABLE ONLY {schema}.revision
    ADD CONSTRAINT revision_n_once UNIQUE (document_id, n);

ALTER TABLE ONLY {schema}.revision
    ADD CONSTRAINT revision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.series
    ADD CONSTRAINT series_kind_key UNIQUE (kind);

ALTER TABLE ONLY {schema}.series
    ADD CONSTRAINT series_pkey PRIMARY KEY (id);

ALTER TABLE {schema}.settlement
    ADD CONSTRAINT settlement_applied_on_bounds CHECK (((applied_on >= '0001-01-01'::date) AND (applied_on <= '9999-12-31'::date))) NOT VALID;

ALTER TABLE ONLY {schema}.settlement
    ADD CONSTRAINT settlement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.staging
    ADD CONSTRAINT staging_pkey PRIMARY KEY (id);

ALTER TABLE ONLY {schema}.statement_import
    ADD CONSTRAINT statement_import_pkey PRIMARY KEY (id);

CREATE INDEX account_merged ON {schema}.account USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE UNIQUE INDEX account_name_once ON {schema}.account USING btree (COALESCE(parent_id, (0)::bigint), lower(name)) WHERE active;

CREATE UNIQUE INDEX account_number_once ON {schema}.account USING btree (number) WHERE active;

CREATE INDEX account_parent ON {schema}.account USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX audit_event_change ON {schema}.audit_event USING btree (change);

CREATE INDEX audit_event_row ON {schema}.audit_event USING btree (source, row_id, seq);

CREATE INDEX audit_event_seldom ON {schema}.audit_event USING btree (seq) WHERE ((POSITION(('\x2c22616374696f6e223a22696e73657274222c227461626c65223a22'::bytea) IN (bytes)) = 0) AND (POSITION(('\x2c22616374696f6e223a22757064617465222c227461626c65223a22'::bytea) IN (bytes)) = 0));

CREATE INDEX bank_line_import ON {schema}.bank_line USING btree (statement_import_id);

CREATE INDEX bank_line_review ON {schema}.bank_line USING btree (bank_account_id, state, posted_on DESC, id DESC);

CREATE UNIQUE INDEX bank_match_once ON {schema}.bank_match USING btree (bank_line_id, posting_id) WHERE (retired_in IS NULL);

CREATE INDEX bank_match_posting ON {schema}.bank_match USING btree (posting_id) WHERE (retired_in IS NULL);

CREATE INDEX change_at ON {schema}.change USING btree (at);

CREATE INDEX contact_in_order ON {schema}.contact USING btree (lower(name), id);

CREATE UNIQUE INDEX contact_name_once ON {schema}.contact USING btree (lower(name)) WHERE active;

CREATE INDEX contact_name_words ON {schema}.contact USING gin (name trigram.gin_trgm_ops);

CREATE INDEX document_in_order ON {schema}.document USING btree ((
CASE
    WHEN (series_no IS NULL) THEN lower(number)
    ELSE lpad((series_no)::text, 15, '0'::text)
END), id) WHERE (
CASE
    WHEN (series_no IS NULL) THEN lower(number)
    ELSE lpad((series_no)::text, 15, '0'::text)
END IS NOT NULL);

CREATE INDEX document_kind ON {schema}.document USING btree (kind, id DESC);

CREATE INDEX document_line_contact ON {schema}.document_line USING btree (contact_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX document_line_words ON {schema}.document_line USING gin (lower(description) trigram.gin_trgm_ops) WHERE (description <> ''::text);

CREATE INDEX document_number ON {schema}.document USING btree (number) WHERE (number IS NOT NULL);

CREATE INDEX document_number_begins ON {schema}.document USING btree (lower(number) text_pattern_ops) WHERE (number IS NOT NULL);

CREATE INDEX document_reverses ON {schema}.document USING btree (reverses_id) WHERE (reverses_id IS NOT NULL);

CREATE INDEX document_void ON {schema}.document USING btree (id) WHERE (state = 'void'::text);

CREATE INDEX document_waiting ON {schema}.document USING btree (kind) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text]));

CREATE INDEX instalment_item ON {schema}.instalment USING btree (open_item_id);

CREATE INDEX lock_exception_person ON {schema}.lock_exception USING btree (person) WHERE (retired_in IS NULL);

CREATE INDEX open_item_account ON {schema}.open_item USING btree (account_id, contact_id);

CREATE INDEX open_item_document ON {schema}.open_item USING btree (document_id);

CREATE INDEX open_item_total_contact ON {schema}.open_item_total USING btree (contact_id, due_on, open_item_id);

CREATE INDEX open_item_total_document ON {schema}.open_item_total USING btree (document_id);

CREATE INDEX open_item_total_due ON {schema}.open_item_total USING btree (due_on, open_item_id);

CREATE INDEX open_item_total_holds ON {schema}.open_item_total USING btree (holds_from);

CREATE INDEX open_item_total_size ON {schema}.open_item_total USING btree (abs(open), open_item_id) WHERE (open <> 0);

CREATE INDEX open_item_total_until ON {schema}.open_item_total USING btree (open_until);

CREATE INDEX posting_by_account ON {schema}.posting USING btree (account_id, posted_on) INCLUDE (amount) WHERE (retired_in IS NULL);

CREATE INDEX posting_by_date ON {schema}.posting USING btree (posted_on, account_id) INCLUDE (amount) WHERE (retired_in IS NULL);

CREATE INDEX posting_by_document ON {schema}.posting USING btree (document_id);

CREATE INDEX posting_by_item ON {schema}.posting USING btree (open_item_id) WHERE (open_item_id IS NOT NULL);

CREATE INDEX posting_made_in ON {schema}.posting USING brin (made_in) WITH (pages_per_range='16', autosummarize='on');

CREATE INDEX posting_retired_in ON {schema}.posting USING btree (retired_in) WHERE (retired_in IS NOT NULL);

CREATE INDEX posting_size ON {schema}.posting USING btree (abs(amount), account_id, posted_on) WHERE (retired_in IS NULL);

CREATE INDEX recurring_occurrence_document ON {schema}.recurring_occurrence USING btree (document_id) WHERE (document_id IS NOT NULL);

CREATE UNIQUE INDEX recurring_template_name_once ON {schema}.recurring_template USING btree (lower(name)) WHERE active;

CREATE INDEX revision_adjusting ON {schema}.revision USING btree (doc_date) WHERE (adjusting AND (retired_in IS NULL));

CREATE INDEX revision_contact ON {schema}.revision USING btree (contact_id, document_id) WHERE ((retired_in IS NULL) AND (contact_id IS NOT NULL));

CREATE INDEX revision_date ON {schema}.revision USING btree (doc_date DESC, document_id DESC) WHERE (retired_in IS NULL);

CREATE INDEX revision_memo_words ON {schema}.revision USING gin (lower(memo) trigram.gin_trgm_ops) WHERE ((retired_in IS NULL) AND (memo IS NOT NULL));

CREATE UNIQUE INDEX revision_one_live ON {schema}.revision USING btree (document_id) WHERE (retired_in IS NULL);

CREATE INDEX revision_reference_begins ON {schema}.revision USING btree (lower(reference) text_pattern_ops) WHERE ((retired_in IS NULL) AND (reference IS NOT NULL));

CREATE INDEX revision_total ON {schema}.revision USING btree (total, document_id) WHERE (retired_in IS NULL);

CREATE UNIQUE INDEX saved_view_name_once ON {schema}.saved_view USING btree (lower(name)) WHERE (retired_in IS NULL);

CREATE INDEX settlement_credit ON {schema}.settlement USING btree (credit_item_id) WHERE (retired_in IS NULL);

CREATE INDEX settlement_debit ON {schema}.settlement USING btree (debit_item_id) WHERE (retired_in IS NULL);

CREATE UNIQUE INDEX settlement_reversed_once ON {schema}.settlement USING btree (reverses_id) WHERE (retired_in IS NULL);

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.account REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('mutable', 'id');

ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.bank_account REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('mutable', 'id');

ALTER TABLE {schema}.bank_account ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.bank_line REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('mutable', 'id');

ALTER TABLE {schema}.bank_line ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.bank_match REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.bank_match ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.company REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('mutable', 'id');

ALTER TABLE {schema}.company ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.contact REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('mutable', 'id');

ALTER TABLE {schema}.contact ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.document REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('mutable', 'id');

ALTER TABLE {schema}.document ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.document_line REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'revision_id', 'line_no');

ALTER TABLE {schema}.document_line ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.fiscal_year REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.fiscal_year ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.instalment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'revision_id', 'n');

ALTER TABLE {schema}.instalment ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.lock_exception REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.lock_exception ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.open_item REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.open_item ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.period_lock REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.period_lock ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.posting REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.posting ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.recurring_occurrence REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.recurring_occurrence ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.recurring_template REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('mutable', 'id');

ALTER TABLE {schema}.recurring_template ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.recurring_template_line REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.recurring_template_line ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.revision ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.saved_view REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.saved_view ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.series REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('mutable', 'id');

ALTER TABLE {schema}.series ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.settlement REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.settlement ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_delete AFTER DELETE ON {schema}.statement_import REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_delete('append_only', 'id');

ALTER TABLE {schema}.statement_import ENABLE ALWAYS TRIGGER audit_delete;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.account REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('mutable', 'id');

ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.bank_account REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('mutable', 'id');

ALTER TABLE {schema}.bank_account ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.bank_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('mutable', 'id');

ALTER TABLE {schema}.bank_line ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.bank_match REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.bank_match ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.company REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('mutable', 'id');

ALTER TABLE {schema}.company ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.contact REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('mutable', 'id');

ALTER TABLE {schema}.contact ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.document REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('mutable', 'id');

ALTER TABLE {schema}.document ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.document_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'revision_id', 'line_no');

ALTER TABLE {schema}.document_line ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.fiscal_year REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.fiscal_year ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.instalment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'revision_id', 'n');

ALTER TABLE {schema}.instalment ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.lock_exception REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.lock_exception ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.open_item REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.open_item ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.period_lock REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.period_lock ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.posting REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.posting ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.recurring_occurrence REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.recurring_occurrence ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.recurring_template REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('mutable', 'id');

ALTER TABLE {schema}.recurring_template ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.recurring_template_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.recurring_template_line ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.revision REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.revision ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.saved_view REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.saved_view ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.series REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('mutable', 'id');

ALTER TABLE {schema}.series ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.settlement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.settlement ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_insert AFTER INSERT ON {schema}.statement_import REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_insert('append_only', 'id');

ALTER TABLE {schema}.statement_import ENABLE ALWAYS TRIGGER audit_insert;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.account REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('mutable', 'id');

ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.bank_account REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('mutable', 'id');

ALTER TABLE {schema}.bank_account ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.bank_line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('mutable', 'id');

ALTER TABLE {schema}.bank_line ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.bank_match REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.bank_match ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.company REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('mutable', 'id');

ALTER TABLE {schema}.company ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.contact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('mutable', 'id');

ALTER TABLE {schema}.contact ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.document REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('mutable', 'id');

ALTER TABLE {schema}.document ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.document_line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'revision_id', 'line_no');

ALTER TABLE {schema}.document_line ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.fiscal_year REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.fiscal_year ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.instalment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'revision_id', 'n');

ALTER TABLE {schema}.instalment ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.lock_exception REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.lock_exception ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.open_item REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.open_item ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.period_lock REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.period_lock ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.posting REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.posting ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.recurring_occurrence REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.recurring_occurrence ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.recurring_template REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('mutable', 'id');

ALTER TABLE {schema}.recurring_template ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.recurring_template_line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.recurring_template_line ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.revision REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.revision ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.saved_view REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.saved_view ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.series REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('mutable', 'id');

ALTER TABLE {schema}.series ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.settlement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.settlement ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER audit_update AFTER UPDATE ON {schema}.statement_import REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_update('append_only', 'id');

ALTER TABLE {schema}.statement_import ENABLE ALWAYS TRIGGER audit_update;

CREATE TRIGGER changed AFTER UPDATE ON {schema}.account REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.account_changed();

ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER changed;

CREATE CONSTRAINT TRIGGER kept AFTER INSERT OR UPDATE ON {schema}.bank_match DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {schema}.bank_match_kept();

ALTER TABLE {schema}.bank_match ENABLE ALWAYS TRIGGER kept;

CREATE TRIGGER kept AFTER INSERT ON {schema}.instalment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.instalment_kept();

ALTER TABLE {schema}.instalment ENABLE ALWAYS TRIGGER kept;

CREATE TRIGGER kept AFTER INSERT ON {schema}.revision REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.revision_kept();

ALTER TABLE {schema}.revision ENABLE ALWAYS TRIGGER kept;

CREATE TRIGGER made AFTER INSERT ON {schema}.account REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.account_made();

ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER made;

CREATE TRIGGER made AFTER INSERT ON {schema}.bank_match REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.bank_match_made();

ALTER TABLE {schema}.bank_match ENABLE ALWAYS TRIGGER made;

CREATE TRIGGER made AFTER INSERT ON {schema}.document_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.revision_part_made();

ALTER TABLE {schema}.document_line ENABLE ALWAYS TRIGGER made;

CREATE TRIGGER made AFTER INSERT ON {schema}.instalment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.revision_part_made();

ALTER TABLE {schema}.instalment ENABLE ALWAYS TRIGGER made;

CREATE TRIGGER made AFTER INSERT ON {schema}.posting REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.posting_made();

ALTER TABLE {schema}.posting ENABLE ALWAYS TRIGGER made;

CREATE TRIGGER made AFTER INSERT ON {schema}.settlement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.settlement_made();

ALTER TABLE {schema}.settlement ENABLE ALWAYS TRIGGER made;

CREATE TRIGGER number BEFORE INSERT OR UPDATE ON {schema}.document FOR EACH ROW EXECUTE FUNCTION {schema}.document_number();

ALTER TABLE {schema}.document ENABLE ALWAYS TRIGGER number;

CREATE TRIGGER own_item AFTER INSERT ON {schema}.instalment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.instalment_of_own_item();

ALTER TABLE {schema}.instalment ENABLE ALWAYS TRIGGER own_item;

CREATE TRIGGER placed_changed AFTER UPDATE ON {schema}.bank_account REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.bank_account_placed();

ALTER TABLE {schema}.bank_account ENABLE ALWAYS TRIGGER placed_changed;

CREATE TRIGGER placed_made AFTER INSERT ON {schema}.bank_account REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.bank_account_placed();

ALTER TABLE {schema}.bank_account ENABLE ALWAYS TRIGGER placed_made;

CREATE TRIGGER refuse_delete BEFORE DELETE ON {schema}.audit_head FOR EACH ROW EXECUTE FUNCTION {schema}.record_refuse_rewrite();

ALTER TABLE {schema}.audit_head ENABLE ALWAYS TRIGGER refuse_delete;

CREATE TRIGGER refuse_delete BEFORE DELETE ON {schema}.change FOR EACH ROW EXECUTE FUNCTION {schema}.record_refuse_rewrite();

ALTER TABLE {schema}.change ENABLE ALWAYS TRIGGER refuse_delete;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.account FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.bank_account FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.bank_account ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.bank_line FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.bank_line ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.bank_match FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.bank_match ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.company FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.company ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.contact FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.contact ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.document FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.document ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.document_line FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.document_line ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.fiscal_year FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.fiscal_year ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.instalment FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.instalment ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.lock_exception FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.lock_exception ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.open_item FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.open_item ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.period_lock FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.period_lock ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.posting FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.posting ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.recurring_occurrence FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.recurring_occurrence ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.recurring_template FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.recurring_template ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.recurring_template_line FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.recurring_template_line ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.revision FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.revision ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.saved_view FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.saved_view ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.series FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.series ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.settlement FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.settlement ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON {schema}.statement_import FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.statement_import ENABLE ALWAYS TRIGGER refuse_removal;

CREATE TRIGGER refuse_rewrite BEFORE DELETE OR UPDATE ON {schema}.audit_event FOR EACH ROW EXECUTE FUNCTION {schema}.record_refuse_rewrite();

ALTER TABLE {schema}.audit_event ENABLE ALWAYS TRIGGER refuse_rewrite;

CREATE TRIGGER refuse_rewrite BEFORE UPDATE ON {schema}.audit_head FOR EACH ROW WHEN (((((new.change = (old.change + 1)) AND (new.seq = old.seq) AND (new.hash = old.hash)) OR ((new.change = old.change) AND (new.seq > old.seq))) IS NOT TRUE)) EXECUTE FUNCTION {schema}.record_refuse_rewrite();

ALTER TABLE {schema}.audit_head ENABLE ALWAYS TRIGGER refuse_rewrite;

CREATE TRIGGER refuse_rewrite BEFORE UPDATE ON {schema}.change FOR EACH ROW WHEN ((((old.answer IS NULL) AND ((to_jsonb(old.*) - 'answer'::text) = (to_jsonb(new.*) - 'answer'::text)) AND (old.n = {schema}.change_current())) IS NOT TRUE)) EXECUTE FUNCTION {schema}.record_refuse_rewrite();

ALTER TABLE {schema}.change ENABLE ALWAYS TRIGGER refuse_rewrite;

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {schema}.audit_event FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.audit_event ENABLE ALWAYS TRIGGER refuse_truncate;

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {schema}.audit_head FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.audit_head ENABLE ALWAYS TRIGGER refuse_truncate;

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {schema}.change FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.change ENABLE ALWAYS TRIGGER refuse_truncate;

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {schema}.month_total FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.month_total ENABLE ALWAYS TRIGGER refuse_truncate;

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {schema}.open_item_total FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_refuse_removal();

ALTER TABLE {schema}.open_item_total ENABLE ALWAYS TRIGGER refuse_truncate;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.account FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.account ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.bank_account FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.bank_account ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.bank_line FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.bank_line ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.bank_match FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.bank_match ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.company FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.company ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.contact FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.contact ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.document FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.document ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.document_line FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.document_line ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.fiscal_year FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.fiscal_year ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.instalment FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.instalment ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.lock_exception FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.lock_exception ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.open_item FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.open_item ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.period_lock FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.period_lock ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.posting FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.posting ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.recurring_occurrence FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.recurring_occurrence ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.recurring_template FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.recurring_template ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.recurring_template_line FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.recurring_template_line ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.revision FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.revision ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.saved_view FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.saved_view ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.series FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.series ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.settlement FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.settlement ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER require_change BEFORE INSERT OR DELETE OR UPDATE ON {schema}.statement_import FOR EACH STATEMENT EXECUTE FUNCTION {schema}.books_require_change();

ALTER TABLE {schema}.statement_import ENABLE ALWAYS TRIGGER require_change;

CREATE TRIGGER retired AFTER UPDATE ON {schema}.posting REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.posting_retired();

ALTER TABLE {schema}.posting ENABLE ALWAYS TRIGGER retired;

CREATE TRIGGER retired AFTER UPDATE ON {schema}.settlement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.settlement_made();

ALTER TABLE {schema}.settlement ENABLE ALWAYS TRIGGER retired;

CREATE TRIGGER set_by AFTER INSERT OR UPDATE ON {schema}.fiscal_year FOR EACH STATEMENT EXECUTE FUNCTION {schema}.lock_set_by();

ALTER TABLE {schema}.fiscal_year ENABLE ALWAYS TRIGGER set_by;

CREATE TRIGGER set_by AFTER INSERT OR UPDATE ON {schema}.lock_exception FOR EACH STATEMENT EXECUTE FUNCTION {schema}.lock_set_by();

ALTER TABLE {schema}.lock_exception ENABLE ALWAYS TRIGGER set_by;

CREATE TRIGGER set_by AFTER INSERT ON {schema}.period_lock FOR EACH STATEMENT EXECUTE FUNCTION {schema}.lock_set_by();

ALTER TABLE {schema}.period_lock ENABLE ALWAYS TRIGGER set_by;

CREATE TRIGGER state_changed AFTER UPDATE ON {schema}.bank_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.bank_line_state();

ALTER TABLE {schema}.bank_line ENABLE ALWAYS TRIGGER state_changed;

CREATE TRIGGER state_made AFTER INSERT ON {schema}.bank_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.bank_line_state();

ALTER TABLE {schema}.bank_line ENABLE ALWAYS TRIGGER state_made;

CREATE TRIGGER step BEFORE UPDATE ON {schema}.series FOR EACH ROW EXECUTE FUNCTION {schema}.series_step();

ALTER TABLE {schema}.series ENABLE ALWAYS TRIGGER step;

CREATE TRIGGER unmatched AFTER UPDATE ON {schema}.posting REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.posting_unmatched();

ALTER TABLE {schema}.posting ENABLE ALWAYS TRIGGER unmatched;

CREATE TRIGGER voided AFTER UPDATE ON {schema}.document REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {schema}.document_voided();

ALTER TABLE {schema}.document ENABLE ALWAYS TRIGGER voided;

CREATE TRIGGER years_locked AFTER INSERT ON {schema}.fiscal_year FOR EACH STATEMENT EXECUTE FUNCTION {schema}.fiscal_year_locked();

ALTER TABLE {schema}.fiscal_year ENABLE ALWAYS TRIGGER years_locked;

CREATE TRIGGER years_locked AFTER INSERT ON {schema}.period_lock FOR EACH STATEMENT EXECUTE FUNCTION {schema}.fiscal_year_locked();

ALTER TABLE {schema}.period_lock ENABLE ALWAYS TRIGGER years_locked;

ALTER TABLE ONLY {schema}.account
    ADD CONSTRAINT account_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES {schema}.account(id);

ALTER TABLE ONLY {schema}.account
    ADD CONSTRAINT account_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES {schema}.account(id);

ALTER TABLE ONLY {schema}.audit_event
    ADD CONSTRAINT audit_event_change_fkey FOREIGN KEY (change) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.bank_account
    ADD CONSTRAINT bank_account_account_id_fkey FOREIGN KEY (account_id) REFERENCES {schema}.account(id);

ALTER TABLE ONLY {schema}.bank_account
    ADD CONSTRAINT bank_account_stated_by_fkey FOREIGN KEY (stated_by) REFERENCES {schema}.statement_import(id);

ALTER TABLE ONLY {schema}.bank_line
    ADD CONSTRAINT bank_line_bank_account_id_fkey FOREIGN KEY (bank_account_id) REFERENCES {schema}.bank_account(id);

ALTER TABLE ONLY {schema}.bank_line
    ADD CONSTRAINT bank_line_statement_import_id_fkey FOREIGN KEY (statement_import_id) REFERENCES {schema}.statement_import(id);

ALTER TABLE ONLY {schema}.bank_match
    ADD CONSTRAINT bank_match_bank_line_id_fkey FOREIGN KEY (bank_line_id) REFERENCES {schema}.bank_line(id);

ALTER TABLE ONLY {schema}.bank_match
    ADD CONSTRAINT bank_match_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.bank_match
    ADD CONSTRAINT bank_match_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES {schema}.posting(id);

ALTER TABLE ONLY {schema}.bank_match
    ADD CONSTRAINT bank_match_retired_in_fkey FOREIGN KEY (retired_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.document_line
    ADD CONSTRAINT document_line_account_id_fkey FOREIGN KEY (account_id) REFERENCES {schema}.account(id);

ALTER TABLE ONLY {schema}.document_line
    ADD CONSTRAINT document_line_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES {schema}.contact(id);

ALTER TABLE ONLY {schema}.document_line
    ADD CONSTRAINT document_line_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES {schema}.revision(id);

ALTER TABLE ONLY {schema}.document
    ADD CONSTRAINT document_reverses_id_fkey FOREIGN KEY (reverses_id) REFERENCES {schema}.document(id);

ALTER TABLE ONLY {schema}.document
    ADD CONSTRAINT document_series_id_fkey FOREIGN KEY (series_id) REFERENCES {schema}.series(id);

ALTER TABLE ONLY {schema}.fiscal_year
    ADD CONSTRAINT fiscal_year_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.fiscal_year
    ADD CONSTRAINT fiscal_year_retired_in_fkey FOREIGN KEY (retired_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.instalment
    ADD CONSTRAINT instalment_open_item_id_fkey FOREIGN KEY (open_item_id) REFERENCES {schema}.open_item(id);

ALTER TABLE ONLY {schema}.instalment
    ADD CONSTRAINT instalment_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES {schema}.revision(id);

ALTER TABLE ONLY {schema}.lock_exception
    ADD CONSTRAINT lock_exception_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.lock_exception
    ADD CONSTRAINT lock_exception_retired_in_fkey FOREIGN KEY (retired_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.month_total
    ADD CONSTRAINT month_total_account_id_fkey FOREIGN KEY (account_id) REFERENCES {schema}.account(id);

ALTER TABLE ONLY {schema}.open_item
    ADD CONSTRAINT open_item_account_id_fkey FOREIGN KEY (account_id) REFERENCES {schema}.account(id);

ALTER TABLE ONLY {schema}.open_item
    ADD CONSTRAINT open_item_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES {schema}.contact(id);

ALTER TABLE ONLY {schema}.open_item
    ADD CONSTRAINT open_item_document_id_fkey FOREIGN KEY (document_id) REFERENCES {schema}.document(id);

ALTER TABLE ONLY {schema}.open_item_total
    ADD CONSTRAINT open_item_total_open_item_id_fkey FOREIGN KEY (open_item_id) REFERENCES {schema}.open_item(id);

ALTER TABLE ONLY {schema}.period_lock
    ADD CONSTRAINT period_lock_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.posting
    ADD CONSTRAINT posting_account_id_fkey FOREIGN KEY (account_id) REFERENCES {schema}.account(id);

ALTER TABLE ONLY {schema}.posting
    ADD CONSTRAINT posting_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES {schema}.contact(id);

ALTER TABLE ONLY {schema}.posting
    ADD CONSTRAINT posting_document_id_fkey FOREIGN KEY (document_id) REFERENCES {schema}.document(id);

ALTER TABLE ONLY {schema}.posting
    ADD CONSTRAINT posting_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.posting
    ADD CONSTRAINT posting_open_item_id_fkey FOREIGN KEY (open_item_id) REFERENCES {schema}.open_item(id);

ALTER TABLE ONLY {schema}.posting
    ADD CONSTRAINT posting_retired_in_fkey FOREIGN KEY (retired_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.recurring_occurrence
    ADD CONSTRAINT recurring_occurrence_document_id_fkey FOREIGN KEY (document_id) REFERENCES {schema}.document(id);

ALTER TABLE ONLY {schema}.recurring_occurrence
    ADD CONSTRAINT recurring_occurrence_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.recurring_occurrence
    ADD CONSTRAINT recurring_occurrence_template_id_fkey FOREIGN KEY (template_id) REFERENCES {schema}.recurring_template(id);

ALTER TABLE ONLY {schema}.recurring_template_line
    ADD CONSTRAINT recurring_template_line_account_id_fkey FOREIGN KEY (account_id) REFERENCES {schema}.account(id);

ALTER TABLE ONLY {schema}.recurring_template_line
    ADD CONSTRAINT recurring_template_line_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES {schema}.contact(id);

ALTER TABLE ONLY {schema}.recurring_template_line
    ADD CONSTRAINT recurring_template_line_template_id_fkey FOREIGN KEY (template_id) REFERENCES {schema}.recurring_template(id);

ALTER TABLE ONLY {schema}.revision
    ADD CONSTRAINT revision_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES {schema}.contact(id);

ALTER TABLE ONLY {schema}.revision
    ADD CONSTRAINT revision_document_id_fkey FOREIGN KEY (document_id) REFERENCES {schema}.document(id);

ALTER TABLE ONLY {schema}.revision
    ADD CONSTRAINT revision_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.revision
    ADD CONSTRAINT revision_retired_in_fkey FOREIGN KEY (retired_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.saved_view
    ADD CONSTRAINT saved_view_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.saved_view
    ADD CONSTRAINT saved_view_retired_in_fkey FOREIGN KEY (retired_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.settlement
    ADD CONSTRAINT settlement_credit_item_id_fkey FOREIGN KEY (credit_item_id) REFERENCES {schema}.open_item(id);

ALTER TABLE ONLY {schema}.settlement
    ADD CONSTRAINT settlement_debit_item_id_fkey FOREIGN KEY (debit_item_id) REFERENCES {schema}.open_item(id);

ALTER TABLE ONLY {schema}.settlement
    ADD CONSTRAINT settlement_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.settlement
    ADD CONSTRAINT settlement_retired_in_fkey FOREIGN KEY (retired_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.settlement
    ADD CONSTRAINT settlement_reverses_id_fkey FOREIGN KEY (reverses_id) REFERENCES {schema}.settlement(id);

ALTER TABLE ONLY {schema}.statement_import
    ADD CONSTRAINT statement_import_made_in_fkey FOREIGN KEY (made_in) REFERENCES {schema}.change(n);

ALTER TABLE ONLY {schema}.statement_import
    ADD CONSTRAINT statement_import_retired_in_fkey FOREIGN KEY (retired_in) REFERENCES {schema}.change(n);

REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC;
GRANT ALL ON LANGUAGE plpgsql TO {ledger};
GRANT ALL ON LANGUAGE plpgsql TO {audit};

REVOKE ALL ON FUNCTION {schema}.account_changed() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.account_made() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.account_placed(ids bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.account_shown_as(id bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.audit_append(action text, source text, row_ids text[], befores jsonb[], afters jsonb[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.audit_delete() FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.audit_delete() TO {ledger};

REVOKE ALL ON FUNCTION {schema}.audit_insert() FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.audit_insert() TO {ledger};

REVOKE ALL ON FUNCTION {schema}.audit_note(action text, source text, row_id text, note jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.audit_note(action text, source text, row_id text, note jsonb) TO {schema};

REVOKE ALL ON FUNCTION {schema}.audit_rows(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.audit_rows(name text) TO {schema};

REVOKE ALL ON FUNCTION {schema}.audit_tables() FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.audit_tables() TO {schema};

REVOKE ALL ON FUNCTION {schema}.audit_update() FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.audit_update() TO {ledger};

REVOKE ALL ON FUNCTION {schema}.bank_account_placed() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.bank_line_agrees(lines bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.bank_line_state() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.bank_match_kept() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.bank_match_made() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.books_refuse_removal() FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.books_refuse_removal() TO {ledger};

REVOKE ALL ON FUNCTION {schema}.books_require_change() FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.books_require_change() TO {ledger};

REVOKE ALL ON FUNCTION {schema}.books_table(name text, mode text, key1 text, key2 text) FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.change_answer(said text) FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.change_answer(said text) TO {schema};

REVOKE ALL ON FUNCTION {schema}.change_current() FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.change_current() TO {schema};
GRANT ALL ON FUNCTION {schema}.change_current() TO {ledger};

REVOKE ALL ON FUNCTION {schema}.change_open(tenant uuid, version integer, key text, kind text, who text, role_name text, request text, OUT n bigint, OUT answer text) FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.change_open(tenant uuid, version integer, key text, kind text, who text, role_name text, request text, OUT n bigint, OUT answer text) TO {schema};

REVOKE ALL ON FUNCTION {schema}.document_number() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.document_void_empty(documents bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.document_voided() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.fiscal_year_locked() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.instalment_kept() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.instalment_of_own_item() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.lock_refuse(day date) FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.lock_set_by() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.lock_through() FROM PUBLIC;
GRANT ALL ON FUNCTION {schema}.lock_through() TO {schema};

REVOKE ALL ON FUNCTION {schema}.open_item_within(items bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.posting_balanced(documents bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.posting_made() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.posting_retired() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.posting_unmatched() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.record_refuse_rewrite() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.revision_kept() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.revision_part_made() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.series_step() FROM PUBLIC;

REVOKE ALL ON FUNCTION {schema}.settlement_made() FROM PUBLIC;

GRANT SELECT ON TABLE {schema}.account TO {schema};

GRANT INSERT(number),UPDATE(number) ON TABLE {schema}.account TO {schema};

GRANT INSERT(name),UPDATE(name) ON TABLE {schema}.account TO {schema};

GRANT INSERT(parent_id),UPDATE(parent_id) ON TABLE {schema}.account TO {schema};

GRANT INSERT(type),UPDATE(type) ON TABLE {schema}.account TO {schema};

GRANT INSERT(detail_type),UPDATE(detail_type) ON TABLE {schema}.account TO {schema};

GRANT INSERT(role) ON TABLE {schema}.account TO {schema};

GRANT INSERT(currency) ON TABLE {schema}.account TO {schema};

GRANT INSERT(tax_line),UPDATE(tax_line) ON TABLE {schema}.account TO {schema};

GRANT INSERT(active),UPDATE(active) ON TABLE {schema}.account TO {schema};

GRANT INSERT(description),UPDATE(description) ON TABLE {schema}.account TO {schema};

GRANT INSERT(cash_flow),UPDATE(cash_flow) ON TABLE {schema}.account TO {schema};

GRANT UPDATE(merged_into) ON TABLE {schema}.account TO {schema};

GRANT SELECT ON TABLE {schema}.audit_event TO {schema};
GRANT SELECT ON TABLE {schema}.audit_event TO {ledger};

GRANT SELECT ON TABLE {schema}.audit_head TO {schema};
GRANT SELECT ON TABLE {schema}.audit_head TO {ledger};

GRANT SELECT ON TABLE {schema}.bank_account TO {schema};

GRANT INSERT(account_id) ON TABLE {schema}.bank_account TO {schema};

GRANT INSERT(number_sealed),UPDATE(number_sealed) ON TABLE {schema}.bank_account TO {schema};

GRANT INSERT(number_fingerprint),UPDATE(number_fingerprint) ON TABLE {schema}.bank_account TO {schema};

GRANT INSERT(mask),UPDATE(mask) ON TABLE {schema}.bank_account TO {schema};

GRANT INSERT(stated_balance),UPDATE(stated_balance) ON TABLE {schema}.bank_account TO {schema};

GRANT INSERT(stated_on),UPDATE(stated_on) ON TABLE {schema}.bank_account TO {schema};

GRANT INSERT(stated_by),UPDATE(stated_by) ON TABLE {schema}.bank_account TO {schema};

GRANT SELECT ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(bank_account_id) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(statement_import_id),UPDATE(statement_import_id) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(identity) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(provider_id) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(posted_on) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(amount) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(amount_text) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(currency) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(name) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(memo) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(check_number) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(state),UPDATE(state) ON TABLE {schema}.bank_line TO {schema};

GRANT INSERT(doubt) ON TABLE {schema}.bank_line TO {schema};

GRANT SELECT ON TABLE {schema}.bank_match TO {schema};

GRANT INSERT(bank_line_id) ON TABLE {schema}.bank_match TO {schema};

GRANT INSERT(posting_id) ON TABLE {schema}.bank_match TO {schema};

GRANT INSERT(amount) ON TABLE {schema}.bank_match TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.bank_match TO {schema};

GRANT UPDATE(retired_in) ON TABLE {schema}.bank_match TO {schema};

GRANT SELECT ON TABLE {schema}.change TO {schema};
GRANT SELECT,REFERENCES ON TABLE {schema}.change TO {ledger};

GRANT SELECT,INSERT ON TABLE {schema}.company TO {schema};

GRANT UPDATE(name) ON TABLE {schema}.company TO {schema};

GRANT UPDATE(entity_type) ON TABLE {schema}.company TO {schema};

GRANT UPDATE(time_zone) ON TABLE {schema}.company TO {schema};

GRANT UPDATE(basis) ON TABLE {schema}.company TO {schema};

GRANT UPDATE(fiscal_year_first_month) ON TABLE {schema}.company TO {schema};

GRANT UPDATE(books_begin_on) ON TABLE {schema}.company TO {schema};

GRANT UPDATE(tax_id_sealed) ON TABLE {schema}.company TO {schema};

GRANT UPDATE(tax_id_hint) ON TABLE {schema}.company TO {schema};

GRANT SELECT ON TABLE {schema}.contact TO {schema};

GRANT INSERT(name),UPDATE(name) ON TABLE {schema}.contact TO {schema};

GRANT INSERT(customer),UPDATE(customer) ON TABLE {schema}.contact TO {schema};

GRANT INSERT(vendor),UPDATE(vendor) ON TABLE {schema}.contact TO {schema};

GRANT INSERT(active),UPDATE(active) ON TABLE {schema}.contact TO {schema};

GRANT SELECT ON TABLE {schema}.document TO {schema};

GRANT INSERT(kind) ON TABLE {schema}.document TO {schema};

GRANT INSERT(number) ON TABLE {schema}.document TO {schema};

GRANT INSERT(state),UPDATE(state) ON TABLE {schema}.document TO {schema};

GRANT INSERT(currency) ON TABLE {schema}.document TO {schema};

GRANT INSERT(source) ON TABLE {schema}.document TO {schema};

GRANT INSERT(reverses_id) ON TABLE {schema}.document TO {schema};

GRANT UPDATE(void_reason) ON TABLE {schema}.document TO {schema};

GRANT SELECT,INSERT ON TABLE {schema}.document_line TO {schema};

GRANT SELECT ON TABLE {schema}.fiscal_year TO {schema};

GRANT INSERT(starts_on) ON TABLE {schema}.fiscal_year TO {schema};

GRANT INSERT(ends_on) ON TABLE {schema}.fiscal_year TO {schema};

GRANT INSERT(closed) ON TABLE {schema}.fiscal_year TO {schema};

GRANT INSERT(reason) ON TABLE {schema}.fiscal_year TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.fiscal_year TO {schema};

GRANT UPDATE(retired_in) ON TABLE {schema}.fiscal_year TO {schema};

GRANT SELECT ON TABLE {schema}.guard TO {schema};
GRANT SELECT ON TABLE {schema}.guard TO {ledger};

GRANT SELECT,INSERT ON TABLE {schema}.instalment TO {schema};

GRANT SELECT ON TABLE {schema}.lock_exception TO {schema};

GRANT INSERT(person) ON TABLE {schema}.lock_exception TO {schema};

GRANT INSERT(from_day) ON TABLE {schema}.lock_exception TO {schema};

GRANT INSERT(until) ON TABLE {schema}.lock_exception TO {schema};

GRANT INSERT(reason) ON TABLE {schema}.lock_exception TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.lock_exception TO {schema};

GRANT UPDATE(retired_in) ON TABLE {schema}.lock_exception TO {schema};

GRANT SELECT ON TABLE {schema}.month_total TO {schema};

GRANT SELECT ON TABLE {schema}.open_item TO {schema};

GRANT INSERT(document_id) ON TABLE {schema}.open_item TO {schema};

GRANT INSERT(account_id) ON TABLE {schema}.open_item TO {schema};

GRANT INSERT(contact_id) ON TABLE {schema}.open_item TO {schema};

GRANT SELECT ON TABLE {schema}.open_item_total TO {schema};

GRANT SELECT ON TABLE {schema}.period_lock TO {schema};

GRANT INSERT(through) ON TABLE {schema}.period_lock TO {schema};

GRANT INSERT(reason) ON TABLE {schema}.period_lock TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.period_lock TO {schema};

GRANT INSERT(level) ON TABLE {schema}.period_lock TO {schema};

GRANT SELECT ON TABLE {schema}.posting TO {schema};

GRANT INSERT(document_id) ON TABLE {schema}.posting TO {schema};

GRANT INSERT(line_no) ON TABLE {schema}.posting TO {schema};

GRANT INSERT(account_id) ON TABLE {schema}.posting TO {schema};

GRANT INSERT(contact_id) ON TABLE {schema}.posting TO {schema};

GRANT INSERT(open_item_id) ON TABLE {schema}.posting TO {schema};

GRANT INSERT(posted_on) ON TABLE {schema}.posting TO {schema};

GRANT INSERT(amount) ON TABLE {schema}.posting TO {schema};

GRANT INSERT(currency) ON TABLE {schema}.posting TO {schema};

GRANT INSERT(base_amount) ON TABLE {schema}.posting TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.posting TO {schema};

GRANT UPDATE(retired_in) ON TABLE {schema}.posting TO {schema};

GRANT SELECT ON TABLE {schema}.recurring_occurrence TO {schema};

GRANT INSERT(template_id) ON TABLE {schema}.recurring_occurrence TO {schema};

GRANT INSERT(period) ON TABLE {schema}.recurring_occurrence TO {schema};

GRANT INSERT(document_id) ON TABLE {schema}.recurring_occurrence TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.recurring_occurrence TO {schema};

GRANT SELECT ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(kind) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(name),UPDATE(name) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(memo),UPDATE(memo) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(reference),UPDATE(reference) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(adjusting),UPDATE(adjusting) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(accrual_only),UPDATE(accrual_only) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(reversing),UPDATE(reversing) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(unit),UPDATE(unit) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(step),UPDATE(step) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(starts_on),UPDATE(starts_on) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(ends_on),UPDATE(ends_on) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(issues),UPDATE(issues) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(active),UPDATE(active) ON TABLE {schema}.recurring_template TO {schema};

GRANT INSERT(version),UPDATE(version) ON TABLE {schema}.recurring_template TO {schema};

GRANT UPDATE(problem) ON TABLE {schema}.recurring_template TO {schema};

GRANT SELECT ON TABLE {schema}.recurring_template_line TO {schema};

GRANT INSERT(template_id) ON TABLE {schema}.recurring_template_line TO {schema};

GRANT INSERT(version) ON TABLE {schema}.recurring_template_line TO {schema};

GRANT INSERT("position") ON TABLE {schema}.recurring_template_line TO {schema};

GRANT INSERT(account_id) ON TABLE {schema}.recurring_template_line TO {schema};

GRANT INSERT(contact_id) ON TABLE {schema}.recurring_template_line TO {schema};

GRANT INSERT(description) ON TABLE {schema}.recurring_template_line TO {schema};

GRANT INSERT(amount) ON TABLE {schema}.recurring_template_line TO {schema};

GRANT SELECT ON TABLE {schema}.revision TO {schema};

GRANT INSERT(document_id) ON TABLE {schema}.revision TO {schema};

GRANT INSERT(n) ON TABLE {schema}.revision TO {schema};

GRANT INSERT(doc_date) ON TABLE {schema}.revision TO {schema};

GRANT INSERT(contact_id) ON TABLE {schema}.revision TO {schema};

GRANT INSERT(reference) ON TABLE {schema}.revision TO {schema};

GRANT INSERT(memo) ON TABLE {schema}.revision TO {schema};

GRANT INSERT(total) ON TABLE {schema}.revision TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.revision TO {schema};

GRANT UPDATE(retired_in) ON TABLE {schema}.revision TO {schema};

GRANT INSERT(adjusting) ON TABLE {schema}.revision TO {schema};

GRANT INSERT(accrual_only) ON TABLE {schema}.revision TO {schema};

GRANT SELECT ON TABLE {schema}.saved_view TO {schema};

GRANT INSERT(name) ON TABLE {schema}.saved_view TO {schema};

GRANT INSERT(page) ON TABLE {schema}.saved_view TO {schema};

GRANT INSERT(query) ON TABLE {schema}.saved_view TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.saved_view TO {schema};

GRANT UPDATE(retired_in) ON TABLE {schema}.saved_view TO {schema};

GRANT SELECT ON TABLE {schema}.series TO {schema};

GRANT INSERT(kind) ON TABLE {schema}.series TO {schema};

GRANT INSERT(prefix) ON TABLE {schema}.series TO {schema};

GRANT INSERT(next) ON TABLE {schema}.series TO {schema};

GRANT SELECT ON TABLE {schema}.settlement TO {schema};

GRANT INSERT(debit_item_id) ON TABLE {schema}.settlement TO {schema};

GRANT INSERT(credit_item_id) ON TABLE {schema}.settlement TO {schema};

GRANT INSERT(amount) ON TABLE {schema}.settlement TO {schema};

GRANT INSERT(applied_on) ON TABLE {schema}.settlement TO {schema};

GRANT INSERT(reverses_id) ON TABLE {schema}.settlement TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.settlement TO {schema};

GRANT UPDATE(retired_in) ON TABLE {schema}.settlement TO {schema};

GRANT SELECT,DELETE ON TABLE {schema}.staging TO {schema};

GRANT INSERT(person) ON TABLE {schema}.staging TO {schema};

GRANT INSERT(file_name) ON TABLE {schema}.staging TO {schema};

GRANT INSERT(file_sealed),UPDATE(file_sealed) ON TABLE {schema}.staging TO {schema};

GRANT SELECT ON TABLE {schema}.statement_import TO {schema};

GRANT INSERT(file_name) ON TABLE {schema}.statement_import TO {schema};

GRANT INSERT(file_hash) ON TABLE {schema}.statement_import TO {schema};

GRANT INSERT(format) ON TABLE {schema}.statement_import TO {schema};

GRANT INSERT(new_lines) ON TABLE {schema}.statement_import TO {schema};

GRANT INSERT(known_lines) ON TABLE {schema}.statement_import TO {schema};

GRANT INSERT(doubtful_lines) ON TABLE {schema}.statement_import TO {schema};

GRANT INSERT(made_in) ON TABLE {schema}.statement_import TO {schema};

GRANT UPDATE(retired_in) ON TABLE {schema}.statement_import TO {schema};

