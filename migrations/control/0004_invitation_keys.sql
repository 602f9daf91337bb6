-- The form of an invitation sent twice is one invitation: the first link is withdrawn for the second, which the admin sees.

set local role {owner};

-- None for an invitation that no form made.
alter table invitation add column request_key text constraint invitation_request_key check (length(request_key) between 1 and 200);
create unique index invitation_once on invitation (tenant_id, request_key) where revoked_at is null;
