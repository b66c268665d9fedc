package ai.recruit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.recruit.kernel.StartupFailure;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTests {

    @Test
    void givesTheServiceTheRoleThatOwnsNothingAndMigrationsTheOwner() {
        DatabaseAddress address =
                new DatabaseAddress("postgresql://o%40wner:p%2Fw%3A%25+1@db.example:6432/re%20cruit?sslmode=require");
        ConnectionFactoryOptions options = address.getConnectionFactoryOptions();
        assertThat(options.getRequiredValue(ConnectionFactoryOptions.USER)).isEqualTo("o@wner");
        assertThat(options.getRequiredValue(ConnectionFactoryOptions.PASSWORD)).hasToString("p/w:%+1");
        assertThat(options.getRequiredValue(ConnectionFactoryOptions.HOST)).isEqualTo("db.example");
        assertThat(options.getRequiredValue(ConnectionFactoryOptions.PORT)).isEqualTo(6432);
        assertThat(options.getRequiredValue(ConnectionFactoryOptions.DATABASE)).isEqualTo("re cruit");
        assertThat(options.getRequiredValue(PostgresqlConnectionFactoryProvider.SSL_MODE))
                .isEqualTo(SSLMode.REQUIRE);
        assertThat(options.getRequiredValue(PostgresqlConnectionFactoryProvider.OPTIONS))
                .isEqualTo(Map.of("role", "recruit_app"));
        DatabaseAddress.Migration migration = address.new Migration();
        assertThat(migration.getUsername()).isEqualTo("o@wner");
        assertThat(migration.getPassword()).isEqualTo("p/w:%+1");
        assertThat(migration.getJdbcUrl())
                .startsWith("jdbc:postgresql://db.example:6432/re%20cruit?")
                .contains("sslmode=require");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://me:x@localhost/db",
                "postgresql+asyncpg://me:x@localhost:5432/db",
                "jdbc:postgresql://localhost/db?user=me&password=x",
                "r2dbc:postgresql://me:x@localhost/db",
            })
    void understandsTheAddressAsOtherProgramsSpellIt(String text) {
        DatabaseAddress.Migration migration = new DatabaseAddress(text).new Migration();
        assertThat(migration.getUsername()).isEqualTo("me");
        assertThat(migration.getPassword()).isEqualTo("x");
        assertThat(migration.getJdbcUrl()).startsWith("jdbc:postgresql://localhost:5432/db?");
    }

    @Test
    void knowsSeveralHosts() {
        DatabaseAddress address = new DatabaseAddress("postgresql://me:x@one,[::1]:5433/db");
        assertThat(address.getConnectionFactoryOptions().getRequiredValue(ConnectionFactoryOptions.HOST))
                .isEqualTo("one:5432,[::1]:5433");
        assertThat(address.new Migration().getJdbcUrl()).startsWith("jdbc:postgresql://one:5432,[::1]:5433/db?");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:5432/db, it has no ://",
        "mysql://me:secret@localhost/db, only PostgreSQL",
        "postgresql://localhost/db, it names no user",
        "postgresql://me:secret@:5432/db, it names no host",
        "postgresql://me:secret@host:port/db, its port is not a number",
        "postgresql://me:secret@host:70000/db, not between",
        "postgresql://me:sec%ret@host/db, write % itself as %25",
        "postgresql://me:secret@host/db?sslmode=sometimes, unknown sslmode",
    })
    void saysWhatIsWrongWithAnAddressAndNotItsPassword(String text, String words) {
        assertThatThrownBy(() -> new DatabaseAddress(text))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining(words)
                .hasMessageContaining("postgresql://user:password@host:5432/database")
                .hasMessageNotContaining("secret");
    }

    @Test
    void readsARedisAddress() {
        RedisAddress plain = new RedisAddress("redis://:p%40ss@cache:6380/3");
        assertThat(plain.getUsername()).isNull();
        assertThat(plain.getPassword()).isEqualTo("p@ss");
        assertThat(plain.getStandalone().getHost()).isEqualTo("cache");
        assertThat(plain.getStandalone().getPort()).isEqualTo(6380);
        assertThat(plain.getStandalone().getDatabase()).isEqualTo(3);
        assertThat(plain.getSslBundle()).isNull();
        RedisAddress tls = new RedisAddress("rediss://me:pass@cache");
        assertThat(tls.getUsername()).isEqualTo("me");
        assertThat(tls.getSslBundle()).isNotNull();
        assertThat(new RedisAddress("redis://cache").getPassword()).isNull();
    }
}
