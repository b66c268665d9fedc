-- The service works as recruit_app, which owns nothing and is no superuser, so that row-level security binds it.
-- Migrations run as the owner of the database.
do $$
declare
    usable text := case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
begin
    if not exists (select from pg_roles where rolname = 'recruit_app') then
        create role recruit_app nologin;
    end if;
    if not pg_has_role(current_user, 'recruit_app', usable) then
        execute format('grant recruit_app to %I', current_user);
    end if;
end
$$;

grant usage on schema public to recruit_app;
alter default privileges in schema public grant select, insert, update, delete on tables to recruit_app;
alter default privileges in schema public grant usage, select on sequences to recruit_app;

-- For whom the present transaction works: set by TenantTransactions with set_config(..., true).
create function recruit_account() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('recruit.account', true), '')::uuid;

create function recruit_sees_all() returns boolean
    language sql stable parallel safe
    return coalesce(current_setting('recruit.scope', true), '') in ('admin', 'system');

create function recruit_is_system() returns boolean
    language sql stable parallel safe
    return coalesce(current_setting('recruit.scope', true), '') = 'system';

-- How ids and times are spelled where rows leave the database as JSON.
create function public_id(prefix text, id uuid) returns text
    language sql immutable parallel safe
    return prefix || '_' || replace(id::text, '-', '');

create function public_time(at timestamptz) returns text
    language sql stable parallel safe
    return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
