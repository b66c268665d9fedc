-- Null: the usual plan of the role.
alter table account add column plan text check (plan in ('free', 'pro', 'enterprise'));
create index account_planned on account (id) where plan is not null;

alter table api_key
    -- Null: the plan of the account in whose name it works.
    add column plan text check (plan in ('free', 'pro', 'enterprise')),
    add column expires_at timestamptz,
    add column rotated_at timestamptz,
    -- The secret before the last rotation, while it still works.
    add column previous_hash bytea unique,
    add column previous_ends_at timestamptz,
    add constraint api_key_previous check ((previous_hash is null) = (previous_ends_at is null));
