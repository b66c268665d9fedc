package ai.recruit;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sits between the pool and the driver, notes every query that names the owner, and can take that predicate out of one of
 * them, so that a test sees whether row-level security holds by itself.
 */
@Component
public class QueryTap implements ConnectionFactoryDecorator {

    private static final Pattern OWNER = Pattern.compile("\\b((?:[a-z]+\\.)?owner_id) = (\\$\\d+)");

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger stripped = new AtomicInteger();
    private volatile String target = "";

    /** Forgets what has been noted. */
    public void clear() {
        seen.clear();
    }

    /** The queries noted since then. */
    public Set<String> seen() {
        return new TreeSet<>(seen);
    }

    /** Takes the predicate out of this query from now on; empty for none. */
    public void strip(String query) {
        stripped.set(0);
        target = query;
    }

    /** How often the query has run without its predicate since then. */
    public int stripped() {
        return stripped.get();
    }

    private String tap(String query) {
        if (!OWNER.matcher(query).find()) {
            return query;
        }
        seen.add(query);
        if (!query.equals(target)) {
            return query;
        }
        stripped.incrementAndGet();
        return OWNER.matcher(query).replaceAll("(cast($2 as uuid) is null or cast($2 as uuid) is not null)");
    }

    @Override
    public ConnectionFactory decorate(ConnectionFactory driver) {
        return new ConnectionFactory() {

            @Override
            public Publisher<? extends Connection> create() {
                return Mono.from(driver.create()).map(QueryTap.this::tapped);
            }

            @Override
            public ConnectionFactoryMetadata getMetadata() {
                return driver.getMetadata();
            }
        };
    }

    private Connection tapped(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                QueryTap.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("createStatement")
                                ? connection.createStatement(tap((String) arguments[0]))
                                : method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getTargetException();
                    }
                });
    }
}
