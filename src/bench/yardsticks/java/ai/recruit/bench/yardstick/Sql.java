package ai.recruit.bench.yardstick;

/** The statements of the service, in PostgreSQL's own spelling of parameters. */
public final class Sql {

    /** 1: the account as text; 2: the scope. */
    public static final String ENTER =
            "select set_config('recruit.account', $1, true), set_config('recruit.scope', $2, true)";

    /** 1: the account; 2: the candidate. */
    public static final String GET = """
            select c.id, c.owner_id, c.first_name, c.last_name, c.email, c.phone, c.location, c.title, c.summary, c.skills,
            c.experience_months, c.education_degree, c.education_field, c.education_institution, c.education_level,
            c.status, c.score, c.source, c.position_id, c.resume_data, c.resume_id, c.created_at, c.updated_at,
            c.version, c.wishes, c.resume_wishes, c.edited, c.merged_into
            , s.can_view_contact_info as contact, s.can_download_resume as download, s.can_submit_to_jobs as submit,
            c.owner_id = $1 as own
            from candidates c
            left join candidate_shares s on s.candidate_id = c.id and s.recruiter_id = $1 and s.revoked_at is null
                and (s.expires_at is null or s.expires_at > now())
            where c.id = $2 and (c.owner_id = $1 or s.id is not null)
            """;

    /** 1: the account; 2: the candidate. */
    public static final String WISHES = """
            select c.wishes, c.resume_wishes, c.merged_into
            from candidates c
            left join candidate_shares s on s.candidate_id = c.id and s.recruiter_id = $1 and s.revoked_at is null
                and (s.expires_at is null or s.expires_at > now())
            where c.id = $2 and (c.owner_id = $1 or s.id is not null)
            """;

    /** 1: entries as a JSON array. */
    public static final String RECORD = """
            insert into audit_entries (id, actor_id, key_id, role, action, subject, parent, owner_id, address, request_id,
                                       details, salt, details_hash)
            select x.id, x.actor_id, x.key_id, x.role, x.action, x.subject, x.parent, x.owner_id, x.address, x.request_id,
                   x.details, x.salt, sha256(x.salt || convert_to(x.details::text, 'UTF8'))
              from (select e.*, uuid_send(gen_random_uuid()) as salt
                      from jsonb_to_recordset(cast($1 as jsonb)) as e (
                           id uuid, actor_id uuid, key_id uuid, role text, action text, subject text, parent text,
                           owner_id uuid, address text, request_id text, details jsonb)
                    offset 0) x
            """;

    private Sql() {}
}
