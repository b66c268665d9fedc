package ai.recruit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.person.PersonalData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Every table either says what becomes of a person who is erased, or stands here with the reason why it need not. */
class PersonalTableTests extends IntegrationTest {

    private static final Map<String, String> NONE = Map.ofEntries(
            Map.entry("account", "people who log in, who are no candidates by that; administrators change them"),
            Map.entry("account_session", "logins of accounts"),
            Map.entry("api_key", "of programs"),
            Map.entry("audit_chain", "ids and hashes"),
            Map.entry("audit_heads", "hashes"),
            Map.entry("audit_seal", "a place and a hash"),
            Map.entry("bulk_upload_batches", "counts"),
            Map.entry("candidate_imports", "counts of files that were read"),
            Map.entry("event_inbox", "numbers of events"),
            Map.entry("event_log_horizon", "a place in the log"),
            Map.entry("event_relay", "a place in the log"),
            Map.entry("flyway_schema_history", "migrations"),
            Map.entry("jobs", "positions, not people"),
            Map.entry("match_job_facts", "positions, not people"),
            Map.entry("refresh_token", "hashes of accounts' tokens"),
            Map.entry("retention_rules", "numbers of days"),
            Map.entry("retention_sweep", "a lease"),
            Map.entry("signing_key", "keys"));

    @Autowired
    private List<PersonalData> parts;

    @Autowired
    private DatabaseClient database;

    @Test
    void everyTableSaysWhatBecomesOfAPersonWhoIsErased() {
        Map<String, String> declared = new TreeMap<>(NONE);
        List<String> twice = new ArrayList<>();
        parts.forEach(part -> part.tables().forEach((table, fate) -> {
            assertThat(fate).as(table).isNotBlank();
            if (declared.put(table, fate) != null) {
                twice.add(table);
            }
        }));
        assertThat(twice).as("tables that are declared twice").isEmpty();
        List<String> tables = database.sql(
                        "select c.relname::text as name from pg_class c where c.relkind in ('r', 'p')"
                                + " and c.relnamespace = 'public'::regnamespace")
                .map(row -> String.valueOf(row.get("name", String.class)))
                .all()
                .collectList()
                .block(Duration.ofSeconds(20));
        assertThat(tables).isNotNull().hasSizeGreaterThan(40);
        assertThat(new TreeSet<>(declared.keySet()))
                .as("declare each table in tables() of its feature's PersonalData, or here with the reason")
                .isEqualTo(new TreeSet<>(tables));
    }
}
