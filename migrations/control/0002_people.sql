-- People: who they are, which companies they may enter and as what, how they were invited, and when they signed in.
--
-- Times come from the server's clock, not from now(): one clock decides when a session or an invitation ends. What must never be
-- rewritten is refused by triggers that no setting turns off; SQLSTATE CF007 says so, CF020 that a company's last admin would go.

set local role {owner};

-- Somebody whom an identity provider vouched for. The provider and its subject are the identity; the e-mail address is what the
-- provider last said, and two people of two providers may have the same.
create table person (
    id uuid primary key,
    issuer text not null constraint person_issuer check (length(issuer) between 1 and 500),
    subject text not null constraint person_subject check (length(subject) between 1 and 255),
    email text not null constraint person_email check (email like '_%@_%' and length(email) <= 320),
    -- The provider itself said so at the last sign-in. Only then may anything be found or given by the address.
    email_verified boolean not null,
    name text not null constraint person_name check (length(name) <= 200),
    created_at timestamptz not null,
    signed_in_at timestamptz not null,
    constraint person_identity_once unique (issuer, subject)
);
create index person_by_email on person (lower(email));

-- A person in a company. A row is a stay: it ends with `until` and is never opened again.
create table membership (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant (id),
    person_id uuid not null references person (id),
    role text not null constraint membership_role check (role in ('viewer', 'editor', 'accountant', 'admin')),
    since timestamptz not null,
    until timestamptz,
    changed_at timestamptz not null,
    changed_by text not null constraint membership_changed_by check (length(changed_by) between 1 and 320),
    constraint membership_ends_after_it_began check (until >= since)
);
create unique index membership_once on membership (tenant_id, person_id) where until is null;
create index membership_by_person on membership (person_id) where until is null;

-- What happened to memberships, written by the table's own trigger.
create table membership_event (
    id bigint generated always as identity primary key,
    tenant_id uuid not null,
    person_id uuid not null,
    at timestamptz not null,
    actor text not null,
    role_before text,
    role_after text,
    constraint membership_event_changes check (role_before is distinct from role_after)
);
create index membership_event_by_tenant on membership_event (tenant_id, id);

-- An offer of a membership, taken once. With a token: a link. Without one, and then with an e-mail address: it is taken by the
-- first sign-in of a person whose provider says that the address is theirs.
create table invitation (
    id uuid primary key,
    tenant_id uuid not null references tenant (id),
    -- SHA-256 of the token in the link; the token itself is shown once and kept nowhere.
    token_sha256 bytea constraint invitation_token_once unique constraint invitation_token_digest check (length(token_sha256) = 32),
    role text not null constraint invitation_role check (role in ('viewer', 'editor', 'accountant', 'admin')),
    email text constraint invitation_email check (email like '_%@_%' and length(email) <= 320),
    invited_by text not null constraint invitation_invited_by check (length(invited_by) between 1 and 320),
    -- The same as a person, where it was one: what they offered ends when they are no admin any more.
    invited_by_id uuid references person (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    used_by uuid references person (id),
    revoked_at timestamptz,
    revoked_by text,
    constraint invitation_has_a_way_in check (token_sha256 is not null or email is not null),
    constraint invitation_lasts_seven_days check (expires_at = created_at + interval '168 hours'),
    constraint invitation_used_by_somebody check ((used_at is null) = (used_by is null)),
    constraint invitation_used_in_time check (used_at < expires_at),
    constraint invitation_revoked_by_somebody check ((revoked_at is null) = (revoked_by is null)),
    constraint invitation_used_or_revoked check (used_at is null or revoked_at is null)
);
create index invitation_by_tenant on invitation (tenant_id, created_at);
create index invitation_by_email on invitation (lower(email)) where token_sha256 is null and used_at is null and revoked_at is null;

-- Somebody signed in, in one browser.
create table session (
    -- SHA-256 of the id in the cookie: whoever reads this table cannot sign in with it.
    id bytea primary key constraint session_id_digest check (length(id) = 32),
    person_id uuid not null references person (id),
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    absolute_end timestamptz not null,
    revoked_at timestamptz,
    user_agent text not null constraint session_user_agent check (length(user_agent) <= 200),
    -- How the provider made sure of the person (RFC 8176), and when.
    amr text[] not null constraint session_amr check (cardinality(amr) <= 20),
    auth_time timestamptz,
    -- Sealed; the provider wants it back when the person signs out.
    id_token bytea not null,
    constraint session_lasts_eight_hours check (absolute_end = created_at + interval '8 hours'),
    constraint session_seen_while_it_lasts check (last_seen_at >= created_at and last_seen_at < absolute_end)
);
create index session_by_person on session (person_id);
create index session_by_end on session (absolute_end);

-- Every sign-in that the provider vouched for, also those that were then refused.
create table sign_in (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    issuer text not null,
    subject text not null,
    person_id uuid references person (id),
    outcome text not null constraint sign_in_outcome check (outcome in ('signed_in', 'email_missing', 'email_unverified')),
    amr text[] not null constraint sign_in_amr check (cardinality(amr) <= 20),
    user_agent text not null constraint sign_in_user_agent check (length(user_agent) <= 200),
    constraint sign_in_names_the_person check (outcome <> 'signed_in' or person_id is not null)
);
create index sign_in_by_person on sign_in (person_id, at);

create function people_refuse_rewrite() returns trigger
    language plpgsql
as $$
begin
    raise exception 'what is recorded is never changed or removed' using errcode = 'CF007', detail = tg_table_name;
end
$$;

-- A stay that ended and an invitation that was used or revoked are closed. `to_jsonb` reads the columns that the table has.
create function people_refuse_reopening() returns trigger
    language plpgsql
as $$
begin
    if coalesce(to_jsonb(old) ->> 'until', to_jsonb(old) ->> 'used_at', to_jsonb(old) ->> 'revoked_at') is not null then
        raise exception 'what is closed stays closed' using errcode = 'CF007', detail = tg_table_name;
    end if;
    return new;
end
$$;

-- After an admin left or was given another role, another must be there. Whoever asks this first takes the company's row, so that
-- of two who ask at once the second sees what the first did; a transaction that keeps an old view would not, and is refused.
create function membership_keep_an_admin() returns trigger
    language plpgsql security definer
as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'memberships change in a read committed transaction' using errcode = 'CF008';
    end if;
    perform from tenant t where t.id = old.tenant_id for no key update;
    if not exists (select from membership m where m.tenant_id = old.tenant_id and m.role = 'admin' and m.until is null) then
        raise exception 'a company keeps at least one admin' using errcode = 'CF020';
    end if;
    return null;
end
$$;

create function membership_record() returns trigger
    language plpgsql security definer
as $$
declare
    before text;
    after text;
begin
    if tg_op = 'UPDATE' then
        before := old.role;
    end if;
    if new.until is null then
        after := new.role;
    end if;
    if before is distinct from after then
        insert into membership_event (tenant_id, person_id, at, actor, role_before, role_after)
        values (new.tenant_id, new.person_id, new.changed_at, new.changed_by, before, after);
    end if;
    return null;
end
$$;

-- Each function looks in the schema it was made in and nowhere else, whatever the caller has set.
do $$
declare
    name text;
begin
    foreach name in array array['people_refuse_rewrite', 'people_refuse_reopening', 'membership_keep_an_admin', 'membership_record'] loop
        execute format('alter function %I() set search_path = pg_catalog, %I, pg_temp', name, current_schema());
        execute format('revoke execute on function %I() from public', name);
    end loop;
end
$$;

create trigger keep_an_admin after update on membership for each row
    when (old.role = 'admin' and old.until is null and (new.role <> 'admin' or new.until is not null))
    execute function membership_keep_an_admin();
create trigger record after insert or update on membership for each row execute function membership_record();
create trigger refuse_reopening before update on membership for each row execute function people_refuse_reopening();
create trigger refuse_removal before delete or truncate on membership for each statement execute function people_refuse_rewrite();
create trigger refuse_rewrite before update or delete or truncate on membership_event for each statement execute function people_refuse_rewrite();
create trigger refuse_reopening before update on invitation for each row execute function people_refuse_reopening();
create trigger refuse_removal before delete or truncate on invitation for each statement execute function people_refuse_rewrite();
create trigger refuse_rewrite before update or delete or truncate on sign_in for each statement execute function people_refuse_rewrite();
alter table membership enable always trigger keep_an_admin;
alter table membership enable always trigger record;
alter table membership enable always trigger refuse_reopening;
alter table membership enable always trigger refuse_removal;
alter table membership_event enable always trigger refuse_rewrite;
alter table invitation enable always trigger refuse_reopening;
alter table invitation enable always trigger refuse_removal;
alter table sign_in enable always trigger refuse_rewrite;

grant select on person, membership, membership_event, invitation, session, sign_in to {web};
grant insert, update (email, email_verified, name, signed_in_at) on person to {web};
grant insert (tenant_id, person_id, role, since, changed_at, changed_by), update (role, until, changed_at, changed_by) on membership to {web};
grant insert, update (used_at, used_by, revoked_at, revoked_by) on invitation to {web};
grant insert, update (last_seen_at, revoked_at), delete on session to {web};
grant insert (at, issuer, subject, person_id, outcome, amr, user_agent) on sign_in to {web};
