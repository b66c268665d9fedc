package ai.recruit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.events.KafkaServers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.test.StepVerifier;

class StandaloneStartTests extends IntegrationTest {

    @Autowired
    private DatabaseClient database;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KafkaServers kafka;

    @Test
    void worksInPostgresqlAsARoleThatOwnsNothing() {
        StepVerifier.create(database.sql("""
                                select current_user::text as "user", rolsuper as "super", rolbypassrls as "bypass",
                                       exists (select from pg_class where relowner = r.oid) as "owns",
                                       current_setting('fsync') || current_setting('synchronous_commit') as "durable"
                                  from pg_roles r where rolname = current_user
                                """).fetch().one())
                .assertNext(row -> assertThat(row)
                        .isEqualTo(Map.of(
                                "user",
                                "recruit_app",
                                "super",
                                false,
                                "bypass",
                                false,
                                "owns",
                                false,
                                "durable",
                                "onon")))
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void reachesRedis() {
        String key = UUID.randomUUID().toString();
        StepVerifier.create(redis.opsForValue()
                        .set(key, "value")
                        .then(redis.opsForValue().get(key)))
                .expectNext("value")
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void reachesKafka() throws Exception {
        try (Admin admin = Admin.create(kafka.toClientConfig())) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }
}
