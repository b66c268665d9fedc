-- Who sees which interviews: whoever made one, and those who are named. A list is read along the key of this table; by a
-- condition on the array of interviewers it went through all interviews of all accounts, since row-level security lets no
-- index of arrays be used before it has seen the row.
create table interview_viewers (
    -- The account that sees.
    owner_id uuid not null,
    interview_id uuid not null references interviews (id) on delete cascade,
    primary key (owner_id, interview_id)
);
create index interview_viewers_interview on interview_viewers (interview_id);

select set_config('recruit.scope', 'system', true);
insert into interview_viewers (owner_id, interview_id)
    select owner_id, id from interviews
    union
    select unnest(interviewers), id from interviews;

drop index interviews_of_interviewer;

alter table interview_viewers enable row level security;
alter table interview_viewers force row level security;
create policy interview_viewers_own on interview_viewers for select
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()));
-- Whoever may change an interview says who sees it.
create policy interview_viewers_of_owner on interview_viewers
    using (exists (select from interviews i where i.id = interview_id
        and (i.owner_id = (select recruit_account()) or (select recruit_sees_all()))))
    with check (exists (select from interviews i where i.id = interview_id
        and (i.owner_id = (select recruit_account()) or (select recruit_sees_all()))));
