-- What a language model wrote about a resume: text beside the parsed data, never part of them. It belongs to the data
-- that it was written from, and is not shown with any other.
create table resume_enrichments (
    resume_id uuid primary key references resumes (id) on delete cascade,
    owner_id uuid not null,
    data_created_at timestamptz not null,
    summary text not null,
    insights text[] not null default '{}',
    model text not null,
    created_at timestamptz not null default now()
);

alter table resume_enrichments enable row level security;
alter table resume_enrichments force row level security;
create policy resume_enrichments_tenant on resume_enrichments
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));
