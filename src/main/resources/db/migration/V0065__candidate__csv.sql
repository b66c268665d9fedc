-- Candidates as comma-separated values, out and in.

-- A value as RFC 4180 has it. What a spreadsheet would take for a formula gets an apostrophe before it, which the import takes
-- away again; a telephone number is none.
create function csv_cell(value text) returns text
    language sql immutable parallel safe
    return (
        select case when v.guarded ~ '[",;\r\n\t]' or v.guarded ~ '^\s|\s$'
            then '"' || replace(v.guarded, '"', '""') || '"' else v.guarded end
        from (
            select case when value ~ '^(''*[=@\t\r]|''+[+-]|[+-](?![0-9 ().-]*$))' then '''' || value
                else coalesce(value, '') end as guarded) v);

-- Files that have been read. What stands in them is in the candidates alone.
create table candidate_imports (
    id uuid primary key,
    owner_id uuid not null,
    dry_run boolean not null,
    state text not null default 'running' check (state in ('running', 'completed', 'interrupted')),
    -- Both are known when the first rows have been read.
    charset text,
    delimiter text,
    created integer not null default 0,
    existing integer not null default 0,
    valid integer not null default 0,
    rejected integer not null default 0,
    started_at timestamptz not null default now(),
    -- When rows were last read; a running import of long ago was cut off together with the service.
    updated_at timestamptz not null default now(),
    finished_at timestamptz
);
create index candidate_imports_owner on candidate_imports (owner_id, id);

-- What became of each row; the first line of a file has the number 1.
create table candidate_import_rows (
    id uuid primary key,
    owner_id uuid not null,
    import_id uuid not null references candidate_imports (id) on delete cascade,
    row bigint not null,
    outcome text not null check (outcome in ('created', 'existing', 'valid', 'rejected')),
    -- Without a reference: it tells who it was, also when they are there no more.
    candidate_id uuid,
    -- Fields and what is wrong with them, without what stands in them.
    problems jsonb not null default '[]'
);
create index candidate_import_rows_import on candidate_import_rows (import_id, row, id);

do $$
declare
    tenant_table text;
begin
    foreach tenant_table in array array['candidate_imports', 'candidate_import_rows'] loop
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
