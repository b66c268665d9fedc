-- Who was one with the person by a merge that was taken back: what was computed about them meanwhile is computed anew.
alter table erasures add column apart_ids uuid[] not null default '{}';

-- Merges are found from both sides, and go with either.
create index candidate_merges_merged on candidate_merges (merged_id);
