create table event_log (
    id bigint generated always as identity,
    txid xid8 not null default pg_current_xact_id(),
    type text not null,
    subject text not null,
    parent text,
    audience text not null check (audience in ('owner', 'everyone', 'internal')),
    owner_id uuid,
    at timestamptz not null default clock_timestamp(),
    data jsonb not null,
    queue text,
    primary key (txid, id),
    check (audience <> 'owner' or owner_id is not null)
);
create unique index event_log_id on event_log (id);
create index event_log_subject on event_log (subject, txid, id);
create index event_log_parent on event_log (parent, txid, id) where parent is not null;
create index event_log_owner on event_log (owner_id, txid, id);
create index event_log_queue on event_log (txid, id) where queue is not null;
create index event_log_at on event_log (at);

alter table event_log enable row level security;
alter table event_log force row level security;
create policy event_log_read on event_log for select using (
    (select recruit_is_system())
    or (audience <> 'internal' and (select recruit_sees_all()))
    or audience = 'everyone'
    or (audience = 'owner' and owner_id = (select recruit_account())));
create policy event_log_append on event_log for insert with check (true);
create policy event_log_expire on event_log for delete using ((select recruit_is_system()));

-- The last place that has been removed from the log, and when its event was appended. One row.
create table event_log_horizon (
    one boolean primary key default true check (one),
    txid xid8 not null,
    id bigint not null,
    at timestamptz not null
);
insert into event_log_horizon (txid, id, at) values ('0', 0, '1970-01-01T00:00:00Z');

-- How far each relay has come, and which process runs it.
create table event_relay (
    name text primary key,
    txid xid8 not null default '0',
    id bigint not null default 0,
    leader uuid,
    leased_until timestamptz not null default '1970-01-01T00:00:00Z'
);

-- Which work has had its effect.
create table event_inbox (
    queue text not null,
    event_id bigint not null,
    handled_at timestamptz not null default now(),
    primary key (queue, event_id)
);
create index event_inbox_handled_at on event_inbox (handled_at);
