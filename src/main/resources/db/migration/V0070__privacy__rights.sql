-- Privacy: what people have agreed to, how long they are kept, and their erasure.

-- What is erased stays in the log as an event without its data, so that places in the log stay what they are.
create policy event_log_erase on event_log for update
    using ((select recruit_is_system())) with check ((select recruit_is_system()));

-- The ids of what a kept answer is about, 32 hexadecimal digits each, so that it can be found when a person is erased.
alter table idempotency_key add column subjects text[];
create index idempotency_key_subjects on idempotency_key using gin (subjects);

-- Where the resume of a new candidate is to be fetched from: the address may say who it is about, so it goes to no queue.
create table wanted_resumes (
    id uuid primary key,
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    url text not null,
    created_at timestamptz not null default now()
);
create index wanted_resumes_candidate on wanted_resumes (candidate_id);

-- Rows of imports are found by their candidate when that is erased.
create index candidate_import_rows_candidate on candidate_import_rows (candidate_id) where candidate_id is not null;

create table consents (
    id uuid primary key,
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    purpose text not null check (purpose in ('processing', 'matching', 'sharing', 'contact', 'enrichment')),
    basis text not null check (
        basis in ('consent', 'contract', 'legitimate_interest', 'legal_obligation')),
    source text not null check (source in ('candidate', 'recruiter', 'upload', 'import', 'form', 'email', 'phone')),
    -- The words that were agreed to, or where they stand.
    statement text,
    given_at timestamptz not null,
    expires_at timestamptz,
    -- The account that wrote it down.
    recorded_by uuid not null,
    recorded_at timestamptz not null default now(),
    withdrawn_at timestamptz,
    withdrawn_by uuid
);
create index consents_candidate on consents (candidate_id, id);

-- Nobody erases a candidate who is kept for a reason of law.
create table legal_holds (
    candidate_id uuid primary key references candidates (id) on delete cascade,
    owner_id uuid not null,
    reason text not null,
    placed_by uuid not null,
    placed_at timestamptz not null default now()
);

create table retention_rules (
    owner_id uuid primary key,
    days integer not null check (days between 1 and 36500),
    grace_days integer not null check (grace_days between 0 and 3650),
    action text not null check (action in ('flag', 'erase')),
    updated_by uuid not null,
    updated_at timestamptz not null default now()
);

create table retention_sweep (
    one boolean primary key default true check (one),
    leader uuid,
    leased_until timestamptz not null default '1970-01-01T00:00:00Z',
    swept_at timestamptz not null default '1970-01-01T00:00:00Z'
);
insert into retention_sweep default values;

-- An erasure, and what is left of it: who was erased is told by a hash alone.
create table erasures (
    id uuid primary key,
    owner_id uuid not null,
    -- Until it is completed: the person, what is gone, and which files are still to be removed.
    candidate_id uuid,
    candidate_ids uuid[] not null default '{}',
    subjects text[] not null default '{}',
    files text[] not null default '{}',
    subject_hash text not null,
    cause text not null check (cause in (
        'request_of_person', 'consent_withdrawn', 'no_longer_needed', 'unlawful', 'mistake', 'retention')),
    -- Null: the service itself, by a rule of retention.
    requested_by uuid,
    requested_at timestamptz not null default now(),
    state text not null check (state in ('removing_files', 'clearing_traces', 'completed')),
    counts jsonb not null default '{}',
    -- The transaction that erased the rows; traces are cleared when all that ran beside it have ended.
    txid xid8 not null default pg_current_xact_id(),
    attempts integer not null default 0,
    problem text,
    next_at timestamptz not null default now(),
    leader uuid,
    leased_until timestamptz,
    completed_at timestamptz,
    certificate text,
    certificate_sha256 text
);
create index erasures_owner on erasures (owner_id, id);
create index erasures_due on erasures (next_at) where state <> 'completed';
create index erasures_subject on erasures (subject_hash);

-- Through which account a person sees their own data.
create table candidate_accounts (
    candidate_id uuid primary key references candidates (id) on delete cascade,
    owner_id uuid not null,
    account_id uuid not null references account (id) on delete cascade,
    linked_at timestamptz not null default now()
);
create index candidate_accounts_account on candidate_accounts (account_id, linked_at);

create table candidate_invitations (
    id uuid primary key,
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    -- SHA-256 of the code, which has 256 random bits.
    code_hash bytea not null unique,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_by uuid,
    used_at timestamptz
);
create index candidate_invitations_candidate on candidate_invitations (candidate_id);

-- What people have set right about themselves.
create table candidate_corrections (
    id uuid primary key,
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    account_id uuid not null,
    before jsonb not null,
    after jsonb not null,
    corrected_at timestamptz not null default now()
);
create index candidate_corrections_candidate on candidate_corrections (candidate_id, id);

create table disputes (
    id uuid primary key,
    owner_id uuid not null,
    candidate_id uuid not null references candidates (id) on delete cascade,
    account_id uuid not null,
    about text not null check (about in ('value', 'score', 'other')),
    -- The field, match or resume that it is about.
    reference text,
    statement text not null,
    status text not null default 'open' check (status in ('open', 'accepted', 'rejected')),
    answer text,
    opened_at timestamptz not null default now(),
    answered_by uuid,
    answered_at timestamptz,
    check ((status = 'open') = (answered_at is null))
);
create index disputes_owner on disputes (owner_id, id);
create index disputes_candidate on disputes (candidate_id, id);

do $$
declare
    tenant_table text;
begin
    foreach tenant_table in array array[
        'wanted_resumes', 'consents', 'legal_holds', 'retention_rules', 'erasures', 'candidate_accounts',
        'candidate_invitations', 'candidate_corrections', 'disputes']
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
-- Whoever has asked for their own erasure sees what became of it.
create policy erasures_asked on erasures for select using (requested_by = (select recruit_account()));
create policy candidate_accounts_own on candidate_accounts for select
    using (account_id = (select recruit_account()));

alter table retention_sweep enable row level security;
alter table retention_sweep force row level security;
create policy retention_sweep_system on retention_sweep
    using ((select recruit_is_system())) with check ((select recruit_is_system()));
