-- Forms that were posted after their session had ended: kept, sealed, until the person has signed in again.

set local role {owner};

create table kept_form (
    -- SHA-256 of the ticket in the browser's cookie.
    id bytea primary key constraint kept_form_id_digest check (length(id) = 32),
    -- Whose session it was. One form a person, the latest: nobody can fill this table.
    person_id uuid not null constraint kept_form_once unique references person (id),
    -- The page's address and what was typed, sealed.
    sealed bytea not null constraint kept_form_size check (length(sealed) <= 400000),
    kept_at timestamptz not null
);

grant select, insert, update (id, sealed, kept_at), delete on kept_form to {web};
