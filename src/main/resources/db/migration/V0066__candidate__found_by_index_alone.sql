select set_config('recruit.scope', 'system', true);

-- Filters by two columns are counted without a look at the rows.
drop index candidates_status;
create index candidates_status on candidates (owner_id, status, id) include (source) where merged_into is null;
drop index candidates_source;
create index candidates_source on candidates (owner_id, source, id) include (status) where merged_into is null;

-- Which account has marked whom with what, each tag by itself and whatever its case. As with words, the service cannot read it,
-- and it is searched through one function: an index of the tags themselves is not used behind row-level security, and would
-- hold those of all accounts under one tag.
create table candidate_tags (
    account_id uuid not null,
    tag text not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    primary key (account_id, tag, candidate_id)
);
create index candidate_tags_tag on candidate_tags (tag, candidate_id);
create index candidate_tags_candidate on candidate_tags (candidate_id, account_id);
revoke all on candidate_tags from recruit_app;

create function candidate_tagged() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op <> 'INSERT' then
        delete from candidate_tags t where t.candidate_id = old.candidate_id and t.account_id = old.owner_id;
    end if;
    if tg_op <> 'DELETE' then
        insert into candidate_tags (account_id, tag, candidate_id)
        select new.owner_id, k.tag, new.candidate_id from unnest(candidate_tag_keys(new.tags)) as k (tag)
        on conflict do nothing;
    end if;
    return null;
end
$$;
create trigger candidate_tagged_inserted after insert on recruiter_candidates
    for each row when (new.tags <> '{}') execute function candidate_tagged();
create trigger candidate_tagged_updated after update of tags on recruiter_candidates
    for each row when (new.tags <> old.tags) execute function candidate_tagged();
create trigger candidate_tagged_deleted after delete on recruiter_candidates
    for each row when (old.tags <> '{}') execute function candidate_tagged();
insert into candidate_tags (account_id, tag, candidate_id)
select distinct m.owner_id, k.tag, m.candidate_id
from recruiter_candidates m, unnest(candidate_tag_keys(m.tags)) as k (tag);
drop index recruiter_candidates_tags;

-- Whom the account of the transaction has marked with all of these; an administrator whom anybody has.
create function candidate_tagged(wanted text[]) returns setof uuid
    language sql stable security definer rows 200 set search_path = public, pg_temp as $$
    select t.candidate_id from candidate_tags t
    where t.tag = any (wanted) and not recruit_sees_all() and t.account_id = recruit_account()
    group by t.candidate_id
    having count(*) = cardinality(wanted)
    union all
    select t.candidate_id from candidate_tags t
    where t.tag = any (wanted) and recruit_sees_all()
    group by t.account_id, t.candidate_id
    having count(*) = cardinality(wanted)
$$;
