-- What candidates are found by when somebody like them is looked for.
create table candidate_duplicate_keys (
    owner_id uuid not null,
    key text not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    primary key (owner_id, key, candidate_id)
);
create index candidate_duplicate_keys_candidate on candidate_duplicate_keys (candidate_id);

-- Pairs of one account's candidates who may be one person. The lesser id is the first.
create table candidate_duplicates (
    id uuid primary key,
    owner_id uuid not null,
    first_id uuid not null references candidates (id) on delete cascade,
    second_id uuid not null references candidates (id) on delete cascade,
    -- Basis points, 0 to 10000.
    confidence integer not null check (confidence between 0 and 10000),
    reasons jsonb not null,
    dismissed_by uuid,
    dismissed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (first_id, second_id),
    check (first_id < second_id)
);
create index candidate_duplicates_second on candidate_duplicates (second_id);
create index candidate_duplicates_owner on candidate_duplicates (owner_id, confidence, id);

do $$
declare
    tenant_table text;
begin
    foreach tenant_table in array array['candidate_duplicate_keys', 'candidate_duplicates'] loop
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
