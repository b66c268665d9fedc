-- What a match rests on, so that it can be computed again: the rules, the lexicon, and the facts on both sides. Matches of
-- older rules have none of it until they are made anew.
alter table matches
    add column salary_score integer check (salary_score between 0 and 10000),
    add column conditions_score integer check (conditions_score between 0 and 10000),
    add column lexicon_hash text,
    add column inputs_hash text,
    add column score_hash text,
    add column candidate_facts text,
    add column job_facts text;

-- Facts are texts in one spelling, and their hash is over exactly that text, hence no jsonb.
create table match_candidate_facts (
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    hash text not null,
    facts text not null,
    primary key (candidate_id, hash)
);

alter table match_candidate_facts enable row level security;
alter table match_candidate_facts force row level security;
create policy match_candidate_facts_tenant on match_candidate_facts
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));

-- Jobs are common to all accounts, and so are their facts.
create table match_job_facts (
    job_id uuid not null references jobs (id) on delete cascade,
    hash text not null,
    facts text not null,
    primary key (job_id, hash)
);
