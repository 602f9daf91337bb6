-- What is open of each item, kept: a list of a hundred thousand open items reads its first page of an index instead of summing them
-- all. The same function that refuses settling more than is open has the sums in hand and keeps them.

-- The head first, as every writer takes it: a writer that is under way ends before this step touches what it will ask for.
set local role {audit};
lock table audit_head in share row exclusive mode;
set local role {ledger};

-- Live postings and settlements of each open item: kept by the triggers on posting, settlement and instalment, never written by
-- anybody else. From `holds_from` on the sums are those of every day; before it they are to be made of the postings themselves.
create table open_item_total (
    open_item_id bigint primary key references open_item (id),
    document_id bigint not null,
    account_id bigint not null,
    contact_id bigint,
    due_on date not null,
    amount bigint not null,
    debit_settled bigint not null,
    credit_settled bigint not null,
    open bigint not null generated always as (amount - debit_settled + credit_settled) stored,
    holds_from date not null,
    -- The day from which nothing is open of it any more: on no earlier day may a list leave it out.
    open_until date not null generated always as (
        case when amount - debit_settled + credit_settled <> 0 then date 'infinity' else holds_from end
    ) stored
) with (fillfactor = 80);
create index open_item_total_due on open_item_total (due_on, open_item_id);
create index open_item_total_until on open_item_total (open_until);
grant select on open_item_total to {schema};
create trigger refuse_truncate before truncate on open_item_total for each statement execute function books_refuse_removal();
alter table open_item_total enable always trigger refuse_truncate;

-- Sums what is left of these items, keeps it, and refuses what settles beyond the postings of either side.
create or replace function open_item_within(items bigint[]) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set plan_cache_mode = 'force_generic_plan'
as $$
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

-- A revision may say another due date without another posting.
create function instalment_kept() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set plan_cache_mode = 'force_generic_plan'
as $$
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
create trigger kept after insert on instalment referencing new table as new_rows for each statement execute function instalment_kept();
alter table instalment enable always trigger kept;

-- Nor need another revision have instalments: what has none is due on its document's day.
create function revision_kept() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set plan_cache_mode = 'force_generic_plan'
as $$
declare
    items bigint[] := array(select i.id from new_rows r join open_item i on i.document_id = r.document_id where r.retired_in is null);
begin
    if items <> '{}' then
        perform open_item_within(items);
    end if;
    return null;
end
$$;
create trigger kept after insert on revision referencing new table as new_rows for each statement execute function revision_kept();
alter table revision enable always trigger kept;

select open_item_within(array(select i.id from open_item i));
