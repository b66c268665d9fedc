package ai.recruit.bench.yardstick;

import java.net.URI;

/** Where a yardstick listens and what it reads, from its environment. */
public record Settings(int port, URI database, URI keys, int rate) {

    public static Settings read() {
        return new Settings(
                Integer.parseInt(System.getenv("PORT")),
                URI.create(System.getenv("DATABASE_URL")),
                URI.create(System.getenv("JWKS_URL")),
                Integer.parseInt(System.getenv("RECRUIT_RATE_HOUR")));
    }

    public String user() {
        return database.getUserInfo().split(":", 2)[0];
    }

    public String password() {
        return database.getUserInfo().split(":", 2)[1];
    }

    public String databaseName() {
        return database.getPath().substring(1);
    }
}
