package ai.recruit.contract;

import ai.recruit.access.TestAccounts.TestAccount;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/**
 * A fault in the database for one account, such as a mistake in a query would be: wherever it reads or writes a row of
 * somebody, or somebody reads or writes one of its own, PostgreSQL divides by zero. For everybody else all is as before.
 */
final class Fault implements AutoCloseable {

    private static final String WITH_OWNER = """
            select c.relname, a.attname from pg_class c
              join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
              join pg_attribute a on a.attrelid = c.oid and a.attname in ('owner_id', 'account_id') and not a.attisdropped
             where c.relrowsecurity and c.relkind = 'r'
            """;

    private final FlywayConnectionDetails address;
    private final List<String> tables = new ArrayList<>();

    Fault(FlywayConnectionDetails address, TestAccount account) throws SQLException {
        this.address = address;
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    create function contract_fault(row_owner uuid) returns boolean language plpgsql stable as $$
                    begin
                        if row_owner = '%1$s' or recruit_account() = '%1$s' then
                            perform 1 / 0;
                        end if;
                        return true;
                    end
                    $$""".formatted(account.id()));
            List<String> policies = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(WITH_OWNER)) {
                while (found.next()) {
                    tables.add(found.getString(1));
                    policies.add("create policy contract_fault_" + found.getString(2) + " on " + found.getString(1)
                            + " as restrictive using (contract_fault(" + found.getString(2) + "))");
                }
            }
            for (String policy : policies) {
                statement.execute(policy);
            }
        }
    }

    private Connection owner() throws SQLException {
        return DriverManager.getConnection(address.getJdbcUrl(), address.getUsername(), address.getPassword());
    }

    @Override
    public void close() throws SQLException {
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            for (String table : tables) {
                statement.execute("drop policy if exists contract_fault_owner_id on " + table);
                statement.execute("drop policy if exists contract_fault_account_id on " + table);
            }
            statement.execute("drop function contract_fault(uuid)");
        }
    }
}
