package ai.recruit.tenancy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For whom the database is used.
 *
 * @param accountId the account whose rows are seen and written; null for the service itself
 * @param scope how far the sight reaches
 */
public record Tenant(@Nullable UUID accountId, Scope scope) {

    /** How far a tenant sees. */
    public enum Scope {
        /** The account's own rows, and those that are common to all. */
        ACCOUNT,
        /** Every account's rows: the administrator. */
        ADMIN,
        /** Every row and the service's own tables: background work that belongs to no single account. */
        SYSTEM
    }

    private static final Tenant SYSTEM = new Tenant(null, Scope.SYSTEM);

    /** The account alone. */
    public static Tenant account(UUID accountId) {
        return new Tenant(accountId, Scope.ACCOUNT);
    }

    /** An administrator. */
    public static Tenant admin(UUID accountId) {
        return new Tenant(accountId, Scope.ADMIN);
    }

    /** The service itself. */
    public static Tenant system() {
        return SYSTEM;
    }

    /** Whether rows of every account are seen. */
    public boolean seesAll() {
        return scope != Scope.ACCOUNT;
    }
}
