-- Who did what to whom, when and from where. Everybody may add an entry, nobody may change one: even the service itself
-- can only blank the details, and the hash over them, which the chain rests on, stays.
create table audit_entries (
    -- Ids are in the order of time; lists are read by them.
    id uuid primary key,
    -- Entries are chained in the order of transactions, so that one that commits late is never skipped.
    txid xid8 not null default pg_current_xact_id(),
    at timestamptz not null default clock_timestamp(),
    -- Null: the service itself.
    actor_id uuid,
    key_id uuid,
    role text not null,
    action text not null,
    subject text not null,
    parent text,
    -- The account in whose database the subject lies; null: in none.
    owner_id uuid,
    address text,
    request_id text,
    -- The only place for personal words. Null together with the salt: erased.
    details jsonb,
    salt bytea,
    -- SHA-256 of the salt and the details as text.
    details_hash bytea not null
);
create index audit_entries_order on audit_entries (txid, id);
create index audit_entries_subject on audit_entries (subject, id);
create index audit_entries_parent on audit_entries (parent, id) where parent is not null;
create index audit_entries_actor on audit_entries (actor_id, id);
create index audit_entries_owner on audit_entries (owner_id, id) where owner_id is not null;

alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy audit_entries_read on audit_entries for select using (
    owner_id = (select recruit_account()) or actor_id = (select recruit_account()) or (select recruit_sees_all()));
create policy audit_entries_add on audit_entries for insert with check (true);
create policy audit_entries_erase on audit_entries for update
    using ((select recruit_is_system())) with check ((select recruit_is_system()));

revoke update, delete on audit_entries from recruit_app;
grant update (details, salt) on audit_entries to recruit_app;
