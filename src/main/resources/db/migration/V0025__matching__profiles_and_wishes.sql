-- What people want of work: declared through the API, which counts first, and what their newest resume says.
alter table candidates
    add column wishes jsonb not null default '{}',
    add column resume_wishes jsonb not null default '{}';

-- What a source says of the conditions, where it does. Languages are texts such as "English B2".
alter table jobs
    add column work_mode text check (work_mode in ('remote', 'hybrid', 'onsite')),
    add column languages text[] not null default '{}',
    add column start_date date;

-- What an account says of its own person for matching; one each.
create table matching_profiles (
    owner_id uuid primary key,
    skills text[] not null default '{}',
    experience_months integer check (experience_months >= 0),
    wishes jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

alter table matching_profiles enable row level security;
alter table matching_profiles force row level security;
create policy matching_profiles_tenant on matching_profiles
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));
