package ai.recruit.tenancy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.r2dbc.connection.ConnectionFactoryUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Statements that set their tenant themselves. A statement outside of a transaction is one by itself, so the settings end with
 * it.
 *
 * <p>The tenant is set by the first part of the statement, on which the second depends, so that PostgreSQL has to run the
 * first one before. If it ever did not, the policies would find no tenant and show nothing. What the policies ask for is
 * not computed before the first row is met.
 */
final class SingleReads {

    private static final Pattern NAME = Pattern.compile("(?<!:):([a-z][a-z0-9_]*)");

    // Short, because the driver takes the text of a statement to pieces each time.
    private static final String BEFORE = "select w.* from (select set_config('recruit.account', $1, true) as a,"
            + " set_config('recruit.scope', $2, true) as s offset 0) t, lateral (select * from (";
    private static final String AFTER = ") r where t.a is not null and t.s is not null offset 0) w";

    private static final int OWN_BINDS = 2;

    private final ConnectionFactory connections;
    private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();

    SingleReads(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** @param names the names of the binds behind those of the tenant */
    private record Prepared(String sql, List<String> names) {

        static Prepared of(String select) {
            List<String> names = new ArrayList<>();
            String numbered = NAME.matcher(select).replaceAll((MatchResult found) -> {
                if (!names.contains(found.group(1))) {
                    names.add(found.group(1));
                }
                return Matcher.quoteReplacement("$" + (names.indexOf(found.group(1)) + 1 + OWN_BINDS));
            });
            return new Prepared(BEFORE + numbered + AFTER, List.copyOf(names));
        }
    }

    <T> Mono<T> one(Tenant tenant, String select, Map<String, Object> binds, Function<Readable, T> mapper) {
        Prepared query = prepared.computeIfAbsent(select, Prepared::of);
        return Mono.usingWhen(
                        connections.create(),
                        connection -> Flux.from(
                                        bound(connection, query, tenant, binds).execute())
                                .concatMap(result -> result.map(mapper))
                                .singleOrEmpty(),
                        Connection::close)
                .onErrorMap(
                        R2dbcException.class,
                        failure -> ConnectionFactoryUtils.convertR2dbcException("read", query.sql(), failure));
    }

    private static Statement bound(Connection connection, Prepared query, Tenant tenant, Map<String, Object> binds) {
        Statement statement = connection
                .createStatement(query.sql())
                .bind(0, tenant.accountId() == null ? "" : tenant.accountId().toString())
                .bind(1, tenant.scope().name().toLowerCase(Locale.ROOT));
        int place = OWN_BINDS;
        for (String name : query.names()) {
            Object value = binds.get(name);
            if (value == null) {
                throw new IllegalArgumentException("There is no value for " + name);
            }
            statement.bind(place++, value);
        }
        return statement;
    }
}
