-- Two candidates who are one person. The one who is merged keeps their row as it is, and leads to the survivor; what the
-- survivor shows is computed from layers, so that each merge can be taken back at any later time, in any order.
alter table candidates
    add column merged_into uuid,
    -- How many others are merged into this one at present.
    add column merges integer not null default 0 check (merges >= 0),
    add foreign key (owner_id, merged_into) references candidates (owner_id, id),
    add check (merged_into <> id);
create index candidates_merged on candidates (merged_into) where merged_into is not null;

-- Lists, and how many rows they have: those who are merged are in none. Ids are in the order of creation.
create index candidates_listed on candidates (owner_id, id) where merged_into is null;
create index candidates_updated on candidates (owner_id, updated_at, id) where merged_into is null;
create index candidates_score on candidates (owner_id, score, id) where merged_into is null;
create index candidates_status on candidates (owner_id, status, id) where merged_into is null;
create index candidates_source on candidates (owner_id, source, id) where merged_into is null;
create index candidates_position on candidates (owner_id, position_id, id)
    where merged_into is null and position_id is not null;
create index candidates_all_updated on candidates (updated_at, id) where merged_into is null;
create index candidates_all_score on candidates (score, id) where merged_into is null;

create table candidate_merges (
    id uuid primary key,
    owner_id uuid not null,
    survivor_id uuid not null references candidates (id) on delete cascade,
    merged_id uuid not null references candidates (id) on delete cascade,
    -- The fields that the survivor has from the merged one.
    taken text[] not null,
    -- Tags that the survivor did not have before.
    added_tags text[] not null,
    merged_by uuid not null,
    merged_at timestamptz not null default now(),
    undone_by uuid,
    undone_at timestamptz
);
create unique index candidate_merges_open on candidate_merges (merged_id) where undone_at is null;
create index candidate_merges_survivor on candidate_merges (survivor_id, id);

-- What a survivor is made of, in order: how they were before the first merge, the merges, and every later change.
create table candidate_layers (
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    place bigint generated always as identity,
    kind text not null check (kind in ('base', 'merge', 'change')),
    merge_id uuid references candidate_merges (id) on delete cascade,
    fields jsonb not null,
    primary key (candidate_id, place),
    check ((kind = 'merge') = (merge_id is not null))
);

do $$
declare
    tenant_table text;
begin
    foreach tenant_table in array array['candidate_merges', 'candidate_layers'] loop
        execute format('alter table %I enable row level security', tenant_table);
        execute format('alter table %I force row level security', tenant_table);
        execute format(
            'create policy %I on %I '
            'using (owner_id = (select recruit_account()) or (select recruit_sees_all())) '
            'with check (owner_id = (select recruit_account()) or (select recruit_sees_all()))',
            tenant_table || '_tenant', tenant_table);
    end loop;
end
$$;

-- Everything of a candidate that a merge may change. Skills and the names of edited fields are sets.
create function candidate_profile(c candidates) returns jsonb
    language sql stable parallel safe
    return jsonb_build_object(
        'name', jsonb_build_object('first', c.first_name, 'last', c.last_name),
        'email', c.email, 'phone', c.phone, 'location', c.location, 'title', c.title, 'summary', c.summary,
        'experience_months', c.experience_months,
        'education', jsonb_build_object('degree', c.education_degree, 'field', c.education_field,
            'institution', c.education_institution, 'level', c.education_level),
        'status', c.status, 'source', c.source, 'position_id', c.position_id, 'score', c.score,
        'resume', jsonb_build_object('id', c.resume_id, 'data', c.resume_data),
        'wishes', c.wishes, 'resume_wishes', c.resume_wishes,
        'skills', to_jsonb(c.skills), 'edited', to_jsonb(c.edited));

-- Whatever changes a survivor later, by whichever way, becomes a layer of its own.
create function candidate_changed() returns trigger
    language plpgsql as $$
declare
    before jsonb;
    after jsonb;
    changed jsonb := '{}';
    field text;
begin
    if coalesce(current_setting('recruit.merging', true), '') = 'on' then
        return null;
    end if;
    before := candidate_profile(old);
    after := candidate_profile(new);
    for field in select jsonb_object_keys(after) loop
        if after -> field is distinct from before -> field then
            if field in ('skills', 'edited') then
                changed := changed || jsonb_build_object(field, jsonb_build_object(
                    'add', coalesce((select jsonb_agg(a) from jsonb_array_elements(after -> field) a
                                     where not before -> field @> a), '[]'),
                    'remove', coalesce((select jsonb_agg(b) from jsonb_array_elements(before -> field) b
                                        where not after -> field @> b), '[]')));
            else
                changed := changed || jsonb_build_object(field, after -> field);
            end if;
        end if;
    end loop;
    if changed <> '{}' then
        insert into candidate_layers (owner_id, candidate_id, kind, fields)
        values (new.owner_id, new.id, 'change', changed);
    end if;
    return null;
end
$$;
create trigger candidate_changed after update on candidates
    for each row when (new.merges > 0 and old.merges = new.merges) execute function candidate_changed();

-- Whom an id leads to.
create function candidate_root(candidate uuid) returns uuid
    language sql stable parallel safe
    return (
        with recursive way (id, next) as (
            select c.id, c.merged_into from candidates c where c.id = candidate
            union all
            select c.id, c.merged_into from way join candidates c on c.id = way.next)
        select id from way where next is null);

-- A candidate and all who are merged into them.
create function candidate_group(candidate uuid) returns uuid[]
    language sql stable parallel safe
    return array(
        with recursive members (id) as (
            select candidate
            union all
            select c.id from members join candidates c on c.merged_into = members.id)
        select id from members);
