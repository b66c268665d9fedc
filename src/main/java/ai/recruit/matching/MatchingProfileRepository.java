package ai.recruit.matching;

import ai.recruit.candidate.Wishes;
import ai.recruit.tenancy.Tenant;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** An account has one profile at most, so its id is all that it is looked up by, an administrator's as well. */
@Component
class MatchingProfileRepository {

    private static final String FIND = """
            select p.skills, p.experience_months, p.wishes, p.created_at, p.updated_at
            from matching_profiles p where p.owner_id = :owner
            """;

    private static final String STORE = """
            insert into matching_profiles as p (owner_id, skills, experience_months, wishes)
            values (:owner, :skills, :months, cast(:wishes as jsonb))
            on conflict (owner_id) do update set skills = excluded.skills,
                experience_months = excluded.experience_months, wishes = excluded.wishes, updated_at = now()
            where p.owner_id = :owner and (p.skills, p.experience_months, p.wishes)
                is distinct from (excluded.skills, excluded.experience_months, excluded.wishes)
            """;

    private final DatabaseClient database;
    private final JsonMapper json;

    MatchingProfileRepository(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    Mono<MatchingProfile> find(Tenant tenant) {
        return database.sql(FIND)
                .bind("owner", Parameter.fromOrEmpty(tenant.accountId(), UUID.class))
                .map(this::profile)
                .one();
    }

    /** Stores a profile; gives back whether it is another one than before. */
    Mono<Boolean> store(Tenant tenant, MatchingProfile profile) {
        return database.sql(STORE)
                .bind("owner", Parameter.fromOrEmpty(tenant.accountId(), UUID.class))
                .bind("skills", profile.skills().toArray(String[]::new))
                .bind("months", Parameter.fromOrEmpty(profile.experienceMonths(), Integer.class))
                .bind("wishes", json.writeValueAsString(profile.wishes()))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    private MatchingProfile profile(Readable row) {
        return new MatchingProfile(
                List.of(Objects.requireNonNull(row.get("skills", String[].class))),
                row.get("experience_months", Integer.class),
                json.readValue(
                        Objects.requireNonNull(row.get("wishes", Json.class)).asString(), Wishes.class),
                row.get("created_at", Instant.class),
                row.get("updated_at", Instant.class));
    }
}
