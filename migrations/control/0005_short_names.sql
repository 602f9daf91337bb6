-- A company that the operator makes anew, as the demo company, takes the short name of the one that it stands in for: addresses stay.

set local role {owner};

-- The one before goes out of sight with its books, and by a name of its own. No login may write short names, so that none turns an
-- address round to another company's books; here both were made by the request keys of the demo company, which nobody else's have.
create function tenant_take_place(before uuid, after uuid) returns text
    language plpgsql security definer
as $$
declare
    taken text;
begin
    if before = after then
        raise exception 'a company takes the place of another' using errcode = 'CF007', detail = after::text;
    end if;
    if exists (select from tenant t where t.id in (before, after) and t.request_key not like 'demo company %') then
        raise exception 'only a demo company gives its short name away' using errcode = 'CF007', detail = before::text;
    end if;
    select t.slug into strict taken from tenant t where t.id = before for update;
    update tenant t
    set state = 'opening', slug = rtrim(left(t.slug, 40), '-') || '-before-' || left(replace(t.id::text, '-', ''), 12)
    where t.id = before;
    update tenant t set slug = taken where t.id = after;
    if not found then
        raise exception 'there is no such company' using errcode = 'CF007', detail = after::text;
    end if;
    return taken;
end
$$;

do $$
begin
    execute format('alter function tenant_take_place(uuid, uuid) set search_path = pg_catalog, %I, pg_temp', current_schema());
end
$$;
revoke execute on function tenant_take_place(uuid, uuid) from public;
grant execute on function tenant_take_place(uuid, uuid) to {web};
