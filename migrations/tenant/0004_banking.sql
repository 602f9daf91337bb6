-- Bank accounts, statement files and the lines between the bank's word and the books.

set local role {ledger};

create table bank_account (
    id bigint generated always as identity primary key,
    account_id bigint not null unique references account (id),
    -- The account's number as the bank writes it: sealed; the mask is its last four, the fingerprint finds it again.
    number_sealed bytea,
    number_fingerprint bytea constraint bank_account_number_once unique check (length(number_fingerprint) = 32),
    mask text check (length(mask) <= 4),
    -- What the newest statement said the balance was, and on which day.
    stated_balance bigint,
    stated_on date,
    check ((number_sealed is null) = (number_fingerprint is null)),
    check ((stated_balance is null) = (stated_on is null))
);
select books_table('bank_account', 'mutable', 'id');
grant insert (account_id, number_sealed, number_fingerprint, mask, stated_balance, stated_on) on bank_account to {schema};
grant update (number_sealed, number_fingerprint, mask, stated_balance, stated_on) on bank_account to {schema};

create table statement_import (
    id bigint generated always as identity primary key,
    file_name text not null check (length(file_name) <= 200),
    file_hash bytea not null check (length(file_hash) = 32),
    format text not null check (format in ('ofx_1', 'ofx_2')),
    new_lines integer not null check (new_lines >= 0),
    known_lines integer not null check (known_lines >= 0),
    doubtful_lines integer not null check (doubtful_lines >= 0),
    made_in bigint not null references change (n),
    -- Undone: its lines are withdrawn.
    retired_in bigint references change (n)
);
select books_table('statement_import', 'append_only', 'id');
grant insert (file_name, file_hash, format, new_lines, known_lines, doubtful_lines, made_in), update (retired_in) on statement_import to {schema};

create table bank_line (
    id bigint generated always as identity primary key,
    bank_account_id bigint not null references bank_account (id),
    statement_import_id bigint references statement_import (id),
    -- Account, the bank's id, amount, date and the occurrence among equals.
    identity text not null check (length(identity) between 1 and 400),
    provider_id text check (length(provider_id) <= 255),
    posted_on date not null,
    -- Null when the amount itself is in doubt; the text is the decimal as given.
    amount bigint,
    amount_text text not null check (length(amount_text) between 1 and 60),
    currency text not null check (length(currency) between 1 and 10),
    name text not null default '' check (length(name) <= 1000),
    memo text not null default '' check (length(memo) <= 1000),
    check_number text check (length(check_number) <= 40),
    state text not null check (state in ('new', 'accepted', 'excluded', 'withdrawn', 'doubtful')),
    doubt text check (length(doubt) <= 300),
    constraint bank_line_identity_once unique (bank_account_id, identity),
    constraint bank_line_doubt_has_reason check ((state = 'doubtful') <= (doubt is not null)),
    constraint bank_line_accepted_has_amount check (state <> 'accepted' or amount is not null)
);
create index bank_line_review on bank_line (bank_account_id, state, posted_on desc, id desc);
create index bank_line_import on bank_line (statement_import_id);
select books_table('bank_line', 'mutable', 'id');
grant insert (bank_account_id, statement_import_id, identity, provider_id, posted_on, amount, amount_text, currency, name, memo, check_number, state, doubt) on bank_line to {schema};
grant update (statement_import_id, state) on bank_line to {schema};

create table bank_match (
    id bigint generated always as identity primary key,
    bank_line_id bigint not null references bank_line (id),
    posting_id bigint not null references posting (id),
    amount bigint not null check (amount <> 0),
    made_in bigint not null references change (n),
    retired_in bigint references change (n)
);
create unique index bank_match_once on bank_match (bank_line_id, posting_id) where retired_in is null;
create index bank_match_posting on bank_match (posting_id) where retired_in is null;
select books_table('bank_match', 'append_only', 'id');
grant insert (bank_line_id, posting_id, amount, made_in), update (retired_in) on bank_match to {schema};

-- An uploaded file between its preview and its import. Sealed, not part of the books, not recorded; removed when used.
create table staging (
    id bigint generated always as identity primary key,
    person text not null check (length(person) <= 320),
    file_name text not null check (length(file_name) <= 200),
    file_sealed bytea not null,
    at timestamptz not null default now()
);
grant select, delete on staging to {schema};
grant insert (person, file_name, file_sealed) on staging to {schema};
-- A file is sealed for its row, so the row comes first.
grant update (file_sealed) on staging to {schema};

-- A line's matches never go beyond the line, nor beyond the posting; the posting is live and on the line's account.
create function bank_match_made() returns trigger
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
    where p.retired_in is not null or p.account_id <> b.account_id
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
create trigger made after insert on bank_match referencing new table as new_rows for each statement execute function bank_match_made();
alter table bank_match enable always trigger made;

-- A posting that a bank line is matched to is retired only together with the match.
create function posting_unmatched() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
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
create trigger unmatched after update on posting referencing new table as new_rows for each statement execute function posting_unmatched();
alter table posting enable always trigger unmatched;

-- A line is accepted when its matches add up to it, and leaves that state when none is left: looked at when the line changes, and
-- for the line of every match when the change is kept, because the line follows its matches.
create function bank_line_agrees(lines bigint[]) returns void
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
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

create function bank_line_state() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    perform bank_line_agrees(array(select l.id from new_rows l));
    return null;
end
$$;
create trigger state_made after insert on bank_line referencing new table as new_rows for each statement execute function bank_line_state();
create trigger state_changed after update on bank_line referencing new table as new_rows for each statement execute function bank_line_state();
alter table bank_line enable always trigger state_made;
alter table bank_line enable always trigger state_changed;

create function bank_match_kept() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
as $$
begin
    perform bank_line_agrees(array[new.bank_line_id]);
    return null;
end
$$;
create constraint trigger kept after insert or update on bank_match deferrable initially deferred
    for each row execute function bank_match_kept();
alter table bank_match enable always trigger kept;
