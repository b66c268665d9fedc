package ai.recruit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/** A {@code redis://} or {@code rediss://} (TLS) address. */
final class RedisAddress implements DataRedisConnectionDetails {

    private static final String FORM = "redis://user:password@host:6379/0, or rediss:// for TLS";

    private final ServerUrl url;
    private final boolean tls;
    private final int database;

    RedisAddress(String text) {
        url = ServerUrl.parse("REDIS_URL", FORM, text.trim(), 6379);
        String scheme = url.scheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            throw ServerUrl.wrong("REDIS_URL", FORM, "its scheme is " + scheme);
        }
        if (url.hosts().size() != 1) {
            throw ServerUrl.wrong("REDIS_URL", FORM, "it names several hosts");
        }
        tls = scheme.equals("rediss");
        try {
            database = url.path().isEmpty() ? 0 : Integer.parseInt(url.path());
        } catch (NumberFormatException notANumber) {
            throw ServerUrl.wrong("REDIS_URL", FORM, "its database is not a number");
        }
    }

    /** A login without a colon is a user by the rules and a password by habit; Redis has a user only beside one. */
    @Override
    public @Nullable String getUsername() {
        String user = url.user();
        return url.password() == null || user == null || user.isEmpty() ? null : user;
    }

    @Override
    public @Nullable String getPassword() {
        return url.password() == null ? url.user() : url.password();
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
        return tls ? SslBundle.systemDefault() : null;
    }

    @Override
    public Standalone getStandalone() {
        return Standalone.of(url.hosts().get(0).name(), url.hosts().get(0).port(), database);
    }
}
