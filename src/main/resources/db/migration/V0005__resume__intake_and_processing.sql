-- Many resumes that came in one request.
create table bulk_upload_batches (
    id uuid primary key,
    owner_id uuid not null,
    total integer not null,
    -- Of these so many were taken in; the rest were refused at the door. Those taken in end as completed or failed.
    accepted integer not null,
    completed integer not null default 0,
    failed integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    completed_at timestamptz,
    -- How often all of them had ended: more than once when some were tried again. Only the first time is told.
    endings integer not null default 0,
    check (completed >= 0 and failed >= 0 and completed + failed <= accepted and accepted <= total)
);
create index bulk_upload_batches_owner on bulk_upload_batches (owner_id, id);

-- One file each.
create table resumes (
    id uuid primary key,
    owner_id uuid not null,
    batch_id uuid references bulk_upload_batches (id) on delete cascade,
    filename text not null,
    media_type text not null,
    size_bytes bigint not null,
    sha256 bytea not null check (length(sha256) = 32),
    -- Taken in although the same bytes had been taken in before.
    forced boolean not null default false,
    -- Where the bytes lie in the storage.
    blob_key text not null,
    source text not null,
    -- Whom the uploader named, and whom the resume was found to belong to.
    named_candidate_id uuid,
    candidate_id uuid,
    created_at timestamptz not null default now()
);
create unique index resumes_same_bytes on resumes (owner_id, sha256) where not forced;
create index resumes_batch on resumes (batch_id) where batch_id is not null;
create index resumes_candidate on resumes (candidate_id) where candidate_id is not null;
create index resumes_owner on resumes (owner_id, id);

-- The work on a resume: one row for each resume.
create table processing_jobs (
    id uuid primary key,
    resume_id uuid not null unique references resumes (id) on delete cascade,
    owner_id uuid not null,
    lane text not null check (lane in ('interactive', 'bulk')),
    state text not null default 'queued' check (state in ('queued', 'processing', 'completed', 'failed')),
    -- The last stage that is behind it; stages only go up, so each is reported once.
    stage integer not null default 0,
    step text not null,
    progress integer not null check (progress between 0 and 100),
    attempts integer not null default 0,
    error_code text,
    error_message text,
    -- Who works on it, and until when nobody else may. A job without a time limit waits in its queue.
    lease_owner uuid,
    lease_until timestamptz,
    requested_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index processing_jobs_due on processing_jobs (lease_until)
    where state in ('queued', 'processing') and lease_until is not null;
create index processing_jobs_waiting on processing_jobs (lane, requested_at) where state = 'queued';

-- What was read out of a resume: the canonical document that every answer is a projection of.
create table resume_data (
    resume_id uuid primary key references resumes (id) on delete cascade,
    owner_id uuid not null,
    document jsonb not null,
    -- Basis points, 0 to 10000.
    confidence integer not null check (confidence between 0 and 10000),
    -- The day that "present" meant, and the rules that read it.
    as_of date not null,
    engine text not null,
    created_at timestamptz not null default now()
);

-- The files of a batch in the order they came, also those that were refused or had been there before.
create table bulk_upload_items (
    batch_id uuid not null references bulk_upload_batches (id) on delete cascade,
    position integer not null,
    owner_id uuid not null,
    filename text not null,
    resume_id uuid references resumes (id) on delete cascade,
    duplicate boolean not null default false,
    code text,
    message text,
    primary key (batch_id, position),
    check ((resume_id is null) = (code is not null))
);

do $$
declare
    tenant_table text;
begin
    foreach tenant_table in array array[
        'bulk_upload_batches', 'resumes', 'processing_jobs', 'resume_data', 'bulk_upload_items']
    loop
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
