-- The control database: which companies there are, in which cell, and who may enter. No company's role may connect to it.
-- One transaction a step. {owner} owns the tables, and the provisioner and migrator belong to it; {web} is the web server's login.

set local role {owner};

-- A database that holds companies: its own cluster in production. Logins and addresses are configuration, not rows.
create table cell (
    name text primary key check (name ~ '^[a-z][a-z0-9]{0,15}$')
);

-- A schema that nobody owns yet. Its row comes first and `ready` last, so that one cut off in between is found again.
create table stock (
    tenant_id uuid primary key,
    cell text not null references cell (name),
    sub_pool smallint not null check (sub_pool >= 0),
    schema_version integer not null,
    ready boolean not null default false,
    provisioned_at timestamptz not null default now()
);

create table tenant (
    id uuid primary key,
    slug text not null constraint tenant_slug_once unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
    name text not null check (length(btrim(name)) between 1 and 200),
    cell text not null references cell (name),
    sub_pool smallint not null,
    -- opening: claimed, its books not yet set up.
    state text not null check (state in ('opening', 'active')),
    schema_version integer not null,
    -- The request that opened it: a form sent twice opens one company.
    request_key text not null constraint tenant_request_key_once unique check (length(request_key) between 1 and 200),
    created_at timestamptz not null default now()
);

-- The company's data key, wrapped with the key-encryption key; deleting it makes every sealed field unreadable.
create table tenant_key (
    tenant_id uuid not null references tenant (id),
    key_id integer not null check (key_id > 0),
    wrapped bytea not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, key_id)
);

-- How far a migration got, a row a company and step: what failed is found here and done again.
create table migration_progress (
    tenant_id uuid not null,
    step integer not null,
    state text not null check (state in ('done', 'failed')),
    message text,
    at timestamptz not null default now(),
    primary key (tenant_id, step)
);

grant select on cell, stock, tenant, tenant_key to {web};
grant delete, update (ready) on stock to {web};
grant insert, update (name, state) on tenant to {web};
grant insert on tenant_key to {web};
