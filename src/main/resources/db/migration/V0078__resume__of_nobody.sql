-- Resumes that nobody was named for and nobody has been found for: those that failed are erased when their time has come.
create index resumes_of_nobody on resumes (owner_id, id) where candidate_id is null and named_candidate_id is null;
