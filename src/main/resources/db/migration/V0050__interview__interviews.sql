-- Interviews, for whoever generated them. Those who are named as interviewers see an interview as well, and nothing else
-- of its owner's.
create table interviews (
    id uuid primary key,
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    -- As it was when the questions were made: an interviewer need not see the candidate's profile.
    candidate_name text,
    position_id uuid not null,
    position_title text not null,
    status text not null default 'generated' check (status in ('generated', 'scheduled', 'completed', 'cancelled')),
    difficulty_level text not null check (difficulty_level in ('beginner', 'intermediate', 'advanced')),
    focus_areas text[] not null,
    language text not null check (language in ('en', 'ru')),
    -- With the same seed, candidate and position the questions come out the same.
    seed bigint not null,
    questions jsonb not null,
    total_questions integer not null,
    total_minutes integer not null,
    interviewers uuid[] not null default '{}',
    scheduled_at timestamptz,
    duration_minutes integer check (duration_minutes > 0),
    time_zone text,
    location text,
    url text,
    outcome text check (outcome in ('passed', 'failed', 'undecided', 'no_show')),
    summary text,
    cancel_reason text,
    -- Who completed or cancelled it: the words are their own.
    closed_by uuid,
    generated_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version bigint not null default 1
);
create index interviews_of_owner on interviews (owner_id, id desc);
create index interviews_of_interviewer on interviews using gin (interviewers);
create index interviews_of_candidate on interviews (candidate_id, id desc);

alter table interviews enable row level security;
alter table interviews force row level security;
create policy interviews_tenant on interviews
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));
create policy interviews_interviewer on interviews for select
    using ((select recruit_account()) = any (interviewers));

-- Which interviewers have submitted their scorecards, and nothing of what: whoever sees the interview may know that.
create table interview_submissions (
    interview_id uuid not null references interviews (id) on delete cascade,
    owner_id uuid not null,
    submitted_at timestamptz not null default now(),
    primary key (interview_id, owner_id)
);

alter table interview_submissions enable row level security;
alter table interview_submissions force row level security;
create policy interview_submissions_own on interview_submissions
    using (owner_id = (select recruit_account()))
    with check (owner_id = (select recruit_account())
        and exists (select from interviews i
            where i.id = interview_id and interview_submissions.owner_id = any (i.interviewers)));
create policy interview_submissions_seen on interview_submissions for select
    using (exists (select from interviews i where i.id = interview_id));

-- Whether the account may read what others have written about an interview. An interviewer may once their own scorecard is
-- in, whatever their role. The others, the owner among them, once nobody's judgement can be swayed any more: all
-- interviewers have submitted, or the interview is over. An administrator who is not an interviewer always may.
create function interview_revealed(interview uuid) returns boolean
    language sql stable
    return exists (
        select from interviews i
        where i.id = interview
            and case
                when recruit_account() = any (i.interviewers) then exists (
                    select from interview_submissions s
                    where s.interview_id = i.id and s.owner_id = recruit_account())
                else recruit_sees_all()
                    or i.status in ('completed', 'cancelled')
                    or not exists (
                        select from unnest(i.interviewers) as w (id)
                        where not exists (
                            select from interview_submissions s
                            where s.interview_id = i.id and s.owner_id = w.id))
                end);

create table interview_scorecards (
    interview_id uuid not null references interviews (id) on delete cascade,
    -- Whose judgement it is.
    owner_id uuid not null,
    status text not null check (status in ('draft', 'submitted')),
    ratings jsonb not null,
    recommendation text check (recommendation in ('strong_yes', 'yes', 'no', 'strong_no')),
    summary text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    submitted_at timestamptz,
    primary key (interview_id, owner_id),
    check ((status = 'submitted') = (submitted_at is not null)),
    check (status = 'draft' or recommendation is not null)
);

-- Drafts are nobody's but their author's, an administrator's included.
alter table interview_scorecards enable row level security;
alter table interview_scorecards force row level security;
create policy interview_scorecards_own on interview_scorecards
    using (owner_id = (select recruit_account()))
    with check (owner_id = (select recruit_account())
        and exists (select from interviews i
            where i.id = interview_id and interview_scorecards.owner_id = any (i.interviewers)));
create policy interview_scorecards_revealed on interview_scorecards for select
    using (status = 'submitted' and interview_revealed(interview_id));
