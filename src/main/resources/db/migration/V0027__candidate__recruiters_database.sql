-- The recruiter's database: who else may see a candidate, and what people write down about them.

-- An administrator shows a candidate of one recruiter to another one. A share that was revoked stays as a record.
create table candidate_shares (
    id uuid primary key,
    -- The account that owns the candidate.
    owner_id uuid not null,
    candidate_id uuid not null,
    recruiter_id uuid not null,
    shared_by uuid not null,
    can_view_contact_info boolean not null,
    can_download_resume boolean not null,
    can_submit_to_jobs boolean not null,
    reason text,
    notes text,
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    revoked_at timestamptz,
    -- Null when it ran out.
    revoked_by uuid,
    foreign key (owner_id, candidate_id) references candidates (owner_id, id) on delete cascade,
    check (owner_id <> recruiter_id)
);
create unique index candidate_shares_open on candidate_shares (recruiter_id, candidate_id) where revoked_at is null;
create index candidate_shares_candidate on candidate_shares (candidate_id) where revoked_at is null;
create index candidate_shares_expiring on candidate_shares (expires_at)
    where revoked_at is null and expires_at is not null;

alter table candidate_shares enable row level security;
alter table candidate_shares force row level security;
create policy candidate_shares_read on candidate_shares for select using (
    owner_id = (select recruit_account()) or recruiter_id = (select recruit_account())
    or (select recruit_sees_all()));
create policy candidate_shares_insert on candidate_shares for insert with check ((select recruit_sees_all()));
create policy candidate_shares_update on candidate_shares for update using ((select recruit_sees_all()));
create policy candidate_shares_delete on candidate_shares for delete using ((select recruit_sees_all()));

-- The candidates that are shared with the account of the transaction now.
create function recruit_shared_candidates() returns uuid[]
    language sql stable parallel safe
    return array(
        select s.candidate_id from candidate_shares s
        where s.recruiter_id = recruit_account() and s.revoked_at is null
          and (s.expires_at is null or s.expires_at > now()));

-- Those of them whose resumes it may download.
create function recruit_shared_resumes() returns uuid[]
    language sql stable parallel safe
    return array(
        select s.candidate_id from candidate_shares s
        where s.recruiter_id = recruit_account() and s.revoked_at is null
          and (s.expires_at is null or s.expires_at > now()) and s.can_download_resume);

-- What is shared can be read. Writing stays with the owner.
create policy candidates_shared on candidates for select
    using (id = any ((select recruit_shared_candidates())::uuid[]));
create policy resumes_shared on resumes for select
    using (candidate_id = any ((select recruit_shared_resumes())::uuid[]));
create policy processing_jobs_shared on processing_jobs for select
    using (exists (
        select from resumes r
        where r.id = processing_jobs.resume_id and r.candidate_id = any ((select recruit_shared_resumes())::uuid[])));
create policy resume_data_shared on resume_data for select
    using (exists (
        select from resumes r
        where r.id = resume_data.resume_id and r.candidate_id = any ((select recruit_shared_resumes())::uuid[])));
create policy resume_enrichments_shared on resume_enrichments for select
    using (exists (
        select from resumes r
        where r.id = resume_enrichments.resume_id
          and r.candidate_id = any ((select recruit_shared_resumes())::uuid[])));

-- Tags are those of one account, for a shared candidate too.
alter table recruiter_candidates add column tags text[] not null default '{}';
-- Tags are found whatever their case.
create function candidate_tag_keys(tags text[]) returns text[]
    language sql immutable parallel safe
    return array(select lower(t) from unnest(tags) t);
create index recruiter_candidates_tags on recruiter_candidates using gin (candidate_tag_keys(tags)) where tags <> '{}';

create table candidate_notes (
    id uuid primary key,
    -- The author.
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    content text not null,
    is_private boolean not null,
    is_important boolean not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index candidate_notes_candidate on candidate_notes (candidate_id, id);

alter table candidate_notes enable row level security;
alter table candidate_notes force row level security;
create policy candidate_notes_own on candidate_notes
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));
-- A note that is not private is read by everybody who may see the candidate.
create policy candidate_notes_shared on candidate_notes for select
    using (not is_private and exists (select from candidates c where c.id = candidate_notes.candidate_id));

create table candidate_status_changes (
    id uuid primary key,
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    from_status text not null,
    to_status text not null,
    changed_by uuid not null,
    changed_at timestamptz not null default now(),
    undone_by uuid,
    undone_at timestamptz
);
create index candidate_status_changes_candidate on candidate_status_changes (candidate_id, id);

alter table candidate_status_changes enable row level security;
alter table candidate_status_changes force row level security;
create policy candidate_status_changes_tenant on candidate_status_changes
    using (owner_id = (select recruit_account()) or (select recruit_sees_all()))
    with check (owner_id = (select recruit_account()) or (select recruit_sees_all()));

alter table candidates
    -- Words of the name in both alphabets and without the variety of transliterations; written by the service.
    add column name_words text not null default '',
    -- Fields that a person has set, which no resume overwrites.
    add column edited text[] not null default '{}';
update candidates set name_words = lower(concat_ws(' ', first_name, last_name));

-- What marks the words of one account's candidates in the index, so that a search within one account, also one for a
-- single letter, never reads another one's.
create function candidate_words_of(account uuid) returns text
    language sql immutable parallel safe
    return right(replace(account::text, '-', ''), 12) || '.';

-- Every word that a candidate is found by, once as it is and once marked with the owner.
-- The cost keeps plans from computing it for row after row where the index knows the rows.
create function candidate_words(owner uuid, names text, email text, title text, skills text[]) returns tsvector
    language sql immutable parallel safe cost 10000
    return array_to_tsvector(array(
        select k || l
        from unnest(tsvector_to_array(
                to_tsvector('simple', concat_ws(' ', names, title, array_to_string(skills, ' '), email,
                    translate(email, '@._+-', '     ')))
                || to_tsvector('english', concat_ws(' ', title, array_to_string(skills, ' ')))
                || to_tsvector('russian', concat_ws(' ', title, array_to_string(skills, ' ')))
                || array_to_tsvector(array(select lower(s) from unnest(skills) s where s <> '')))) l,
            unnest(array['', candidate_words_of(owner)]) k
        where l <> ''));

create function candidate_query_word(word text) returns text
    language sql immutable parallel safe
    return '''' || replace(replace(word, '\', '\\'), '''', '''''') || '''';

-- All words must be found: each by its beginning, as it is typed or in the other alphabet, or by its stem.
create function candidate_query(mark text, words text[], latin text[], folded text[]) returns tsquery
    language sql immutable parallel safe
    return (
        select string_agg('(' || concat_ws(' | ',
                candidate_query_word(mark || q.word) || ':*',
                candidate_query_word(mark || q.latin) || ':*',
                candidate_query_word(mark || q.folded) || ':*',
                (select string_agg(candidate_query_word(mark || l), ' | ')
                 from unnest(tsvector_to_array(to_tsvector('english', q.word) || to_tsvector('russian', q.word))) l))
            || ')', ' & ')::tsquery
        from unnest(words, latin, folded) as q (word, latin, folded));

-- The words lie in a table of their own, which the service itself cannot read: behind row-level security PostgreSQL uses no
-- index of words, because comparing them might tell of rows that are hidden. It is searched through one function, which
-- sees the words of the account that the transaction works for, and gives back ids alone.
create table candidate_search (
    candidate_id uuid primary key references candidates (id) on delete cascade,
    words tsvector not null
);
create index candidate_search_words on candidate_search using gin (words);
revoke all on candidate_search from recruit_app;

create function candidate_searched() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into candidate_search (candidate_id, words)
    values (new.id, candidate_words(new.owner_id, new.name_words, new.email, new.title, new.skills))
    on conflict (candidate_id) do update set words = excluded.words;
    return null;
end
$$;
create trigger candidate_searched after insert or update of name_words, email, title, skills on candidates
    for each row execute function candidate_searched();
insert into candidate_search (candidate_id, words)
select c.id, candidate_words(c.owner_id, c.name_words, c.email, c.title, c.skills) from candidates c;

-- Whom the account of the transaction finds among its own candidates; an administrator among all.
create function candidate_found(typed text[], latin text[], folded text[]) returns setof uuid
    language sql stable security definer rows 500 set search_path = public, pg_temp as $$
    select s.candidate_id from candidate_search s
    where s.words @@ candidate_query(
        case when recruit_sees_all() then '' else candidate_words_of(recruit_account()) end, typed, latin, folded)
$$;
