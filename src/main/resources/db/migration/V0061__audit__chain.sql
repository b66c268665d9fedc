-- Each entry's hash covers the entry and the hash before it. One row an entry, in the order of sealing.
create table audit_chain (
    -- UTC. The day of the entry, or a later one for an entry that committed after the chain had gone on to that.
    day date not null,
    -- Counts from 1 in each day.
    seq bigint not null,
    entry_id uuid not null unique,
    hash bytea not null,
    primary key (day, seq)
);

-- Up to where entries are sealed, and what was published last. One row.
create table audit_seal (
    one boolean primary key default true check (one),
    txid xid8 not null,
    entry_id uuid not null,
    day date not null,
    seq bigint not null,
    hash bytea not null,
    published_day date not null,
    published_seq bigint not null,
    published_at timestamptz not null
);
insert into audit_seal values (
    true, '0', '00000000-0000-0000-0000-000000000000', '1970-01-01', 0, decode(repeat('00', 32), 'hex'),
    '1970-01-01', 0, now());

-- The ends of the chain that were made known, so that whoever kept one can tell a chain that was made anew.
create table audit_heads (
    id uuid primary key,
    at timestamptz not null default clock_timestamp(),
    day date not null,
    seq bigint not null,
    hash bytea not null,
    unique (day, seq)
);

do $$
declare
    name text;
begin
    foreach name in array array['audit_chain', 'audit_seal', 'audit_heads'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy %I on %I for select using ((select recruit_sees_all()))', name || '_read', name);
        execute format(
            'create policy %I on %I for insert with check ((select recruit_is_system()))', name || '_add', name);
        execute format('revoke update, delete on %I from recruit_app', name);
    end loop;
end
$$;
create policy audit_seal_move on audit_seal for update
    using ((select recruit_is_system())) with check ((select recruit_is_system()));
grant update on audit_seal to recruit_app;
revoke insert on audit_seal from recruit_app;

-- Days are looked through when they are verified. Entries lie in the order of time, so a small index is enough.
create index audit_entries_at on audit_entries using brin (at) with (pages_per_range = 16, autosummarize = on);
