package ai.recruit;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/**
 * A {@code postgresql://} address in the words of the two drivers. Migrations run as the login itself, which owns the
 * database; the service takes the role {@code recruit_app} with the first packet of each connection, so that row-level
 * security binds it.
 */
final class DatabaseAddress implements R2dbcConnectionDetails {

    private static final String FORM = "postgresql://user:password@host:5432/database";

    /** What both drivers spell as libpq does. The rest of libpq's words is passed over. */
    private static final List<String> TLS = List.of("sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword");

    private final ServerUrl url;
    private final String database;
    private final String user;

    DatabaseAddress(String text) {
        String plain = text.trim();
        for (String prefix : new String[] {"jdbc:", "r2dbc:"}) {
            if (plain.startsWith(prefix)) {
                plain = plain.substring(prefix.length());
            }
        }
        url = ServerUrl.parse("DATABASE_URL", FORM, plain, 5432);
        // Python writes the driver into the scheme: postgresql+asyncpg://
        String scheme = url.scheme().toLowerCase(Locale.ROOT).replaceFirst("\\+.*", "");
        if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
            throw ServerUrl.wrong("DATABASE_URL", FORM, "only PostgreSQL is supported, not " + scheme);
        }
        String login = url.user() == null ? url.parameters().get("user") : url.user();
        if (login == null || login.isEmpty()) {
            throw ServerUrl.wrong("DATABASE_URL", FORM, "it names no user");
        }
        user = login;
        database = url.path().isEmpty() ? user : url.path();
        sslMode();
    }

    private SSLMode sslMode() {
        String mode = url.parameters().getOrDefault("sslmode", "prefer");
        try {
            return SSLMode.fromValue(mode);
        } catch (IllegalArgumentException unknown) {
            throw ServerUrl.wrong("DATABASE_URL", FORM + "?sslmode=require", "it has the unknown sslmode " + mode);
        }
    }

    @Override
    public ConnectionFactoryOptions getConnectionFactoryOptions() {
        ConnectionFactoryOptions.Builder options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.USER, user)
                .option(ConnectionFactoryOptions.PASSWORD, password())
                .option(ConnectionFactoryOptions.DATABASE, database)
                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(3))
                .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                // Reading times, ids and numbers out of text costs a fifth of a point read.
                .option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true)
                .option(PostgresqlConnectionFactoryProvider.SSL_MODE, sslMode())
                .option(
                        PostgresqlConnectionFactoryProvider.APPLICATION_NAME,
                        url.parameters().getOrDefault("application_name", "recruit-ai"))
                .option(PostgresqlConnectionFactoryProvider.OPTIONS, Map.of("role", "recruit_app"));
        if (url.hosts().size() == 1) {
            options.option(ConnectionFactoryOptions.HOST, url.hosts().get(0).name());
            options.option(ConnectionFactoryOptions.PORT, url.hosts().get(0).port());
        } else {
            options.option(ConnectionFactoryOptions.PROTOCOL, "failover");
            options.option(ConnectionFactoryOptions.HOST, hosts());
        }
        for (String name : TLS) {
            String value = url.parameters().get(name);
            if (value != null && !name.equals("sslmode")) {
                options.option(Option.valueOf(name), value);
            }
        }
        return options.build();
    }

    private String hosts() {
        return String.join(
                ",", url.hosts().stream().map(ServerUrl.Host::toString).toList());
    }

    private String password() {
        String password = url.password() == null ? url.parameters().get("password") : url.password();
        return password == null ? "" : password;
    }

    /** The same database for Flyway, which runs where there are JDBC details and connects by its own. */
    final class Migration implements JdbcConnectionDetails, FlywayConnectionDetails {

        @Override
        public String getUsername() {
            return user;
        }

        @Override
        public String getPassword() {
            return password();
        }

        @Override
        public String getJdbcUrl() {
            return jdbcUrl();
        }

        @Override
        public String getDriverClassName() {
            return "org.postgresql.Driver";
        }
    }

    private String jdbcUrl() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("ApplicationName", "recruit-ai-migration");
        parameters.put("connectTimeout", "5");
        for (String name : TLS) {
            String value = url.parameters().get(name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        StringBuilder text = new StringBuilder("jdbc:postgresql://")
                .append(hosts())
                .append('/')
                .append(encode(database));
        char separator = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text.append(separator).append(parameter.getKey()).append('=').append(encode(parameter.getValue()));
            separator = '&';
        }
        return text.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
