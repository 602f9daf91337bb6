-- What verification compares the record with: the tables of the books and their present rows, in the words of the recorders.

set local role {ledger};

-- Every table of the schema, and whether all that keeps its record stands: the refusal of a write outside a change, of removal,
-- and the three recorders, each firing whatever a session sets.
create function audit_tables() returns table (name text, recorded boolean)
    language sql stable security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
    select c.relname::text, count(t.oid) = 5
    from pg_class c
    left join pg_trigger t on t.tgrelid = c.oid and t.tgenabled = 'A'
        and (t.tgname::text, t.tgfoid::regproc::text) in (
            ('require_change', 'books_require_change'), ('refuse_removal', 'books_refuse_removal'),
            ('audit_insert', 'audit_insert'), ('audit_update', 'audit_update'), ('audit_delete', 'audit_delete'))
    where c.relnamespace = '{schema}'::regnamespace and c.relkind in ('r', 'p')
    group by c.relname
$$;

-- The rows of one recorded table as its recorder writes them: the key's columns come from the recorder itself.
create function audit_rows(name text) returns table (row_id text, image text)
    language plpgsql stable security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex'
as $$
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

grant execute on function audit_tables(), audit_rows(text) to {schema};
