-- How well a candidate fits a job, for whoever owns the candidate. Scores are basis points, so they are the same bit for
-- bit wherever they are computed.
create table matches (
    id uuid primary key,
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    job_id uuid not null references jobs (id) on delete cascade,
    score integer not null check (score between 0 and 10000),
    skill_score integer not null check (skill_score between 0 and 10000),
    experience_score integer not null check (experience_score between 0 and 10000),
    education_score integer not null check (education_score between 0 and 10000),
    location_score integer not null check (location_score between 0 and 10000),
    matching_skills text[] not null default '{}',
    missing_skills text[] not null default '{}',
    explanation text not null,
    engine_version text not null,
    is_active boolean not null default true,
    viewed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (candidate_id, job_id)
);
create index matches_of_candidate on matches (candidate_id, score desc, id desc) where is_active;
create index matches_of_job on matches (job_id, score desc, id desc) where is_active;

alter table matches enable row level security;
alter table matches force row level security;
create policy matches_tenant on matches
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));

-- Candidates are scored against the jobs that share a skill with them, and those that name none.
create index jobs_skills on jobs using gin (skills) where active;
