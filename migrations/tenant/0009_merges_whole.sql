-- Merges in a row are counted from both ends, so that no order of merging passes their limit; nothing is put below or connected to
-- an account that was merged away; and a bank line is matched to what its account shows, merged accounts included.

-- The head first, as every writer takes it: a writer that is under way ends before this step touches what it will ask for.
set local role {audit};
lock table audit_head in share row exclusive mode;
set local role {ledger};

-- The account that an account's postings are shown as: itself, or what it was merged into, at any remove.
create function account_shown_as(id bigint) returns bigint
    language plpgsql stable security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
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

-- An account is of its parent's type, no account is above itself or merged into itself, and nothing stands below what was merged
-- away. At most 50 merges follow one another, what was merged into these accounts before them included.
create or replace function account_placed(ids bigint[]) returns void
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

create or replace function account_made() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    perform account_placed(array(select r.id from new_rows r where r.parent_id is not null or r.merged_into is not null));
    return null;
end
$$;

-- As before; and a merge or its undoing leaves no bank line matched to what another account shows.
create or replace function account_changed() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
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

-- A bank's statements come for an account that stands for itself.
create function bank_account_placed() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
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
create trigger placed_changed after update on bank_account referencing new table as new_rows for each statement execute function bank_account_placed();
create trigger placed_made after insert on bank_account referencing new table as new_rows for each statement execute function bank_account_placed();
alter table bank_account enable always trigger placed_changed;
alter table bank_account enable always trigger placed_made;

-- A line's matches never go beyond the line, nor beyond the posting; the posting is live, and on the line's account or on one that
-- was merged into it.
create or replace function bank_match_made() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
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
