select set_config('recruit.scope', 'system', true);

-- The first letters of a candidate's words. Somebody who types one letter finds a large part of all: it is told by an index
-- alone, where the index of words would have each row fetched.
create function candidate_initials(owner uuid, words tsvector) returns text
    language sql immutable parallel safe
    return (
        select string_agg(distinct left(l, 1), '')
        from unnest(tsvector_to_array(words)) l
        where not starts_with(l, candidate_words_of(owner)));

alter table candidate_search add column account_id uuid, add column initials text;
update candidate_search s
set account_id = c.owner_id, initials = candidate_initials(c.owner_id, s.words)
from candidates c
where c.id = s.candidate_id;
alter table candidate_search alter column account_id set not null;
create index candidate_search_initials on candidate_search (account_id) include (initials, candidate_id);

create or replace function candidate_searched() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found tsvector := candidate_words(new.owner_id, new.name_words, new.email, new.title, new.skills);
begin
    insert into candidate_search (candidate_id, account_id, initials, words)
    values (new.id, new.owner_id, candidate_initials(new.owner_id, found), found)
    on conflict (candidate_id) do update
    set account_id = excluded.account_id, initials = excluded.initials, words = excluded.words;
    return null;
end
$$;

-- Whether a search is one letter, whose other spellings begin with its folded form.
create function candidate_initial(typed text[], latin text[], folded text[]) returns boolean
    language sql immutable parallel safe
    return cardinality(typed) = 1 and length(typed[1]) = 1 and length(folded[1]) = 1
        and starts_with(latin[1], folded[1]);

create or replace function candidate_found(typed text[], latin text[], folded text[]) returns setof uuid
    language sql stable security definer rows 500 set search_path = public, pg_temp as $$
    select s.candidate_id from candidate_search s
    where not candidate_initial(typed, latin, folded)
        and s.words @@ candidate_query(
            case when recruit_sees_all() then '' else candidate_words_of(recruit_account()) end, typed, latin, folded)
    union all
    select s.candidate_id from candidate_search s
    where candidate_initial(typed, latin, folded) and not recruit_sees_all() and s.account_id = recruit_account()
        and (strpos(s.initials, typed[1]) > 0 or strpos(s.initials, folded[1]) > 0)
    union all
    select s.candidate_id from candidate_search s
    where candidate_initial(typed, latin, folded) and recruit_sees_all()
        and (strpos(s.initials, typed[1]) > 0 or strpos(s.initials, folded[1]) > 0)
$$;
