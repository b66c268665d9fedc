-- A match that an administrator has taken away stays away, although candidate and job still fit: it is history.
alter table matches
    add column deleted_at timestamptz,
    add column deleted_by uuid,
    add check (deleted_at is null or not is_active);
create index matches_deleted on matches (candidate_id, job_id) where deleted_at is not null;

-- A request to match a candidate or a job anew, and how far it has come.
create table rematches (
    -- The client's task id, a random UUID.
    id uuid primary key,
    -- The account that asked.
    owner_id uuid not null,
    candidate_id uuid references candidates (id) on delete cascade,
    job_id uuid references jobs (id) on delete cascade,
    -- Of a job: the candidates of all accounts, for an administrator.
    everybody boolean not null default false,
    forced boolean not null,
    status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed')),
    -- How many pairs there were to look at when it was asked for, and how many have been looked at.
    estimated bigint not null,
    processed bigint not null default 0,
    matches bigint,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    check ((candidate_id is null) <> (job_id is null))
);
-- Who asks again while the first one is still to come gets that one.
create unique index rematches_open_of_candidate on rematches (owner_id, candidate_id, forced)
    where candidate_id is not null and status in ('queued', 'running');
create unique index rematches_open_of_job on rematches (owner_id, job_id, forced)
    where job_id is not null and status in ('queued', 'running');
create index rematches_candidate on rematches (candidate_id) where candidate_id is not null;
create index rematches_job on rematches (job_id) where job_id is not null;

alter table rematches enable row level security;
alter table rematches force row level security;
create policy rematches_tenant on rematches
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));
