-- People, as the accounts that took them in know them. The same person under two accounts is two rows: identity never
-- crosses owners.
create table candidates (
    id uuid primary key,
    owner_id uuid not null,
    first_name text,
    last_name text,
    email text,
    phone text,
    location text,
    title text,
    summary text,
    skills text[] not null default '{}',
    experience_months integer not null default 0 check (experience_months >= 0),
    education_degree text,
    education_field text,
    education_institution text,
    education_level text check (
        education_level in ('secondary', 'vocational', 'associate', 'bachelor', 'specialist', 'master', 'doctor')),
    status text not null default 'initial_screening' check (
        status in ('initial_screening', 'phone_screen', 'interview', 'offer', 'rejected', 'hired', 'withdrawn')),
    -- Basis points, 0 to 10000.
    score integer not null default 0 check (score between 0 and 10000),
    source text,
    position_id uuid,
    -- The parsed data of the newest resume, and which one that is.
    resume_data jsonb not null default '{}',
    resume_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version bigint not null default 1,
    unique (owner_id, id)
);

-- What a person is known again by, within one account.
create table candidate_identities (
    owner_id uuid not null,
    kind text not null check (kind in ('email', 'phone')),
    value text not null,
    candidate_id uuid not null,
    primary key (owner_id, kind, value),
    foreign key (owner_id, candidate_id) references candidates (owner_id, id) on delete cascade
);
create index candidate_identities_candidate on candidate_identities (candidate_id);

-- Which accounts hold which candidates in their database, and how each came there (privacy mapping).
create table recruiter_candidates (
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    source text,
    added_at timestamptz not null default now(),
    last_viewed_at timestamptz,
    primary key (owner_id, candidate_id)
);
create index recruiter_candidates_candidate on recruiter_candidates (candidate_id);

alter table candidates enable row level security;
alter table candidates force row level security;
create policy candidates_tenant on candidates
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));

alter table candidate_identities enable row level security;
alter table candidate_identities force row level security;
create policy candidate_identities_tenant on candidate_identities
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));

alter table recruiter_candidates enable row level security;
alter table recruiter_candidates force row level security;
create policy recruiter_candidates_tenant on recruiter_candidates
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));
