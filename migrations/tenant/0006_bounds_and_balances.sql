-- An amount that no business has, booked twice, would make every sum over the account overflow and its reports unreadable. The
-- bound is `ledger::entry::AMOUNT_MAX`. What was posted before it stands: history is never rewritten, so it is not looked at.

set local role {ledger};

alter table posting add constraint posting_amount_bounds
    check (amount between -100000000000000 and 100000000000000) not valid;

-- Whose statement gave the balance that is shown: undoing that import takes the balance along, and no other does. None where it
-- came before this was kept.
alter table bank_account add column stated_by bigint references statement_import (id);
grant insert (stated_by), update (stated_by) on bank_account to {schema};
