-- The company, its chart of accounts and the people it deals with.

set local role {ledger};

create table company (
    id smallint primary key default 1 check (id = 1),
    name text not null check (length(btrim(name)) between 1 and 200),
    entity_type text not null check (entity_type in ('sole_proprietor', 'llc', 'partnership', 's_corp', 'c_corp', 'nonprofit')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    time_zone text not null check (length(time_zone) between 1 and 60),
    basis text not null check (basis in ('accrual', 'cash')),
    fiscal_year_first_month smallint not null check (fiscal_year_first_month between 1 and 12),
    -- While it is unset any date may be posted; once set, only opening entries lie before it.
    books_begin_on date,
    -- Sealed by vault: version | key id | nonce | ciphertext | tag. The hint is what a masked field shows.
    tax_id_sealed bytea,
    tax_id_hint text check (length(tax_id_hint) <= 4),
    check ((tax_id_sealed is null) = (tax_id_hint is null))
);
select books_table('company', 'mutable', 'id');
grant insert on company to {schema};
grant update (name, entity_type, time_zone, basis, fiscal_year_first_month, books_begin_on, tax_id_sealed, tax_id_hint) on company to {schema};

create table account (
    id bigint generated always as identity primary key,
    number text check (length(number) between 1 and 20),
    name text not null check (length(btrim(name)) between 1 and 100) constraint account_name_no_colon check (position(':' in name) = 0),
    parent_id bigint references account (id) check (parent_id <> id),
    type text not null check (type in (
        'bank', 'accounts_receivable', 'other_current_asset', 'fixed_asset', 'other_asset',
        'accounts_payable', 'credit_card', 'other_current_liability', 'long_term_liability', 'equity',
        'income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense')),
    detail_type text check (length(detail_type) between 1 and 60),
    -- What CarteFi itself books to, held by role and never by name.
    role text check (role in (
        'undeposited_funds', 'stripe_clearing', 'accounts_receivable', 'uncategorized_asset', 'accounts_payable',
        'sales_tax_payable', 'customer_deposits', 'opening_balance_equity', 'retained_earnings', 'uncategorized_income',
        'unapplied_cash_payment_income', 'merchant_fees', 'uncategorized_expense', 'unapplied_cash_bill_payment_expense',
        'reconciliation_discrepancies')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    tax_line text check (length(tax_line) <= 40),
    active boolean not null default true,
    constraint account_role_once unique (role, currency)
);
create unique index account_number_once on account (number) where active;
create unique index account_name_once on account (coalesce(parent_id, 0), lower(name)) where active;
select books_table('account', 'mutable', 'id');
grant insert (number, name, parent_id, type, detail_type, role, currency, tax_line, active) on account to {schema};
grant update (number, name, parent_id, detail_type, tax_line, active) on account to {schema};

create table contact (
    id bigint generated always as identity primary key,
    name text not null check (length(btrim(name)) between 1 and 200),
    customer boolean not null,
    vendor boolean not null,
    active boolean not null default true,
    constraint contact_is_customer_or_vendor check (customer or vendor)
);
create unique index contact_name_once on contact (lower(name)) where active;
select books_table('contact', 'mutable', 'id');
grant insert (name, customer, vendor, active) on contact to {schema};
grant update (name, customer, vendor, active) on contact to {schema};
