-- The service's own tables: who may come in. Only work in system scope sees them, whatever a query says.

create table account (
    id uuid primary key,
    -- Stripped and in lower case, so that an address is one address however it is typed.
    email text not null unique,
    -- Null: nobody can log in with a password.
    password_hash text,
    role text not null check (role in ('candidate', 'recruiter', 'admin')),
    status text not null default 'active' check (status in ('active', 'suspended')),
    first_name text,
    last_name text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    last_login_at timestamptz
);
create index account_newest on account (created_at desc, id desc);
create index account_administrators on account (id) where role = 'admin';

-- A login and everything refreshed from it.
create table account_session (
    id uuid primary key,
    account_id uuid not null references account (id) on delete cascade,
    created_at timestamptz not null,
    refreshed_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index account_session_account on account_session (account_id, expires_at);
create index account_session_revoked on account_session (revoked_at) where revoked_at is not null;
create index account_session_expires on account_session (expires_at);

-- Each refresh token works once; a used one is kept, so that its second use is noticed.
create table refresh_token (
    hash bytea primary key,
    session_id uuid not null references account_session (id) on delete cascade,
    used_at timestamptz
);
create index refresh_token_session on refresh_token (session_id);

-- ES256 keys. The private half is a Fernet token that opens only in its own row.
create table signing_key (
    id uuid primary key,
    public_jwk text not null,
    sealed_private_jwk text not null,
    created_at timestamptz not null,
    -- From then on this key signs, until the next one begins.
    signs_from timestamptz not null,
    -- From then on tokens signed with it have all ended; null while it signs or is still to sign.
    retires_at timestamptz
);
create index signing_key_signs_from on signing_key (signs_from);

create table api_key (
    id uuid primary key,
    -- SHA-256 of the key. The key has 256 random bits, so a slow hash would add nothing.
    hash bytea not null unique,
    -- The beginning of the key, enough to tell keys apart.
    prefix text not null,
    name text not null,
    scopes text[] not null,
    account_id uuid not null references account (id) on delete cascade,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
);
create index api_key_newest on api_key (created_at desc, id desc);
create index api_key_account on api_key (account_id);

do $$
declare
    name text;
begin
    foreach name in array array['account', 'account_session', 'refresh_token', 'signing_key', 'api_key'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy %I on %I using ((select recruit_is_system())) with check ((select recruit_is_system()))',
            name || '_system', name);
    end loop;
end
$$;
