package ai.recruit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/** Databases with rows in them are brought up to date, rows and all. */
class MigrationTests extends IntegrationTest {

    @Autowired
    private FlywayConnectionDetails address;

    @Autowired
    private List<JavaMigration> written;

    @Test
    void candidatesFromBeforeAreFoundByTheirWords() throws Exception {
        String name = "upgrade_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection server = superuser();
                Statement statement = server.createStatement()) {
            statement.execute("create database " + name + " owner " + address.getUsername());
            try {
                String url = address.getJdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
                flyway(url, "0026").migrate();
                try (Connection database =
                                DriverManager.getConnection(url, address.getUsername(), address.getPassword());
                        Statement old = database.createStatement()) {
                    old.execute("select set_config('recruit.scope', 'system', false)");
                    old.execute("insert into candidates (id, owner_id, first_name, last_name)"
                            + " values (gen_random_uuid(), gen_random_uuid(), 'Юлия', 'Roe')");
                    flyway(url, "latest").migrate();
                    try (ResultSet found = old.executeQuery("select c.name_words from candidates c"
                            + " where c.id in (select candidate_found('{yul}', '{yul}', '{yul}'))")) {
                        assertThat(found.next()).isTrue();
                        assertThat(found.getString(1)).startsWith("юлия yuliya ");
                    }
                }
            } finally {
                statement.execute("drop database " + name + " with (force)");
            }
        }
    }

    private Flyway flyway(String url, String target) {
        return Flyway.configure()
                .dataSource(url, address.getUsername(), address.getPassword())
                .target(target)
                .javaMigrations(written.toArray(JavaMigration[]::new))
                .load();
    }

    /** Whoever may make databases on the server that the tests have for themselves. */
    private Connection superuser() throws Exception {
        Properties credentials = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("target/test-data/credentials.properties"))) {
            credentials.load(file);
        }
        return DriverManager.getConnection(
                address.getJdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/postgres$1"),
                "postgres",
                credentials.getProperty("postgresql.superuser"));
    }
}
