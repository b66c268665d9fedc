-- Jobs (positions). They are common to all accounts, so there is no owner and no row-level security: the service alone
-- writes them, out of what an ingestion brings.
create table jobs (
    id uuid primary key,
    external_id text not null,
    source text not null,
    title text not null,
    company text,
    location text,
    description text,
    requirements text,
    apply_url text,
    salary_min bigint,
    salary_max bigint,
    currency text,
    raw_salary_text text,
    employment_type text,
    experience_level text,
    skills text[] not null default '{}',
    -- What the text asks for; null when it does not say.
    min_experience_months integer check (min_experience_months >= 0),
    education_requirement text check (
        education_requirement in ('secondary', 'vocational', 'associate', 'bachelor', 'specialist', 'master', 'doctor')),
    active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (source, external_id)
);
