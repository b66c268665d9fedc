-- Somebody may interview a candidate that is shared with them. When the share ends, so does the sight of what was made of
-- the profile: its owner sees an interview as long as they see its candidate. Interviewers see what they were named for.
create policy interviews_of_candidate on interviews as restrictive for select
    using (owner_id is distinct from (select recruit_account())
        or exists (select from candidates c where c.id = candidate_id));
