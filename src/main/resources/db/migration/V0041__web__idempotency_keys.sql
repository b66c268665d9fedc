-- What was answered to requests with an Idempotency-Key, to be answered again.
create table idempotency_key (
    id uuid primary key,
    owner_id uuid not null references account (id) on delete cascade,
    -- Who used it: the account, or the service key that works in its name.
    principal uuid not null,
    key text not null,
    -- SHA-256 of method, path, query and body.
    fingerprint bytea not null,
    -- Null while a request runs that is not one transaction.
    status int,
    headers jsonb,
    -- Sealed: answers hold what is read out of resumes, and secrets that stand nowhere else. Null: not kept.
    body text,
    -- Until when the node that runs the request must have said that it still does.
    lease_ends_at timestamptz,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    unique (owner_id, principal, key)
);
create index idempotency_key_expires on idempotency_key (expires_at);

alter table idempotency_key enable row level security;
alter table idempotency_key force row level security;
create policy idempotency_key_tenant on idempotency_key
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));
