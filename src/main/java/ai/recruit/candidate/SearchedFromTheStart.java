package ai.recruit.candidate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Candidates from before there was a search are found like those who came later: migration V0027 was to see to that, but
 * row-level security hid them from it. Words of names are made by the service, in all alphabets, and so by this migration too.
 * The trigger of the table writes the words of the index.
 */
@Component
class SearchedFromTheStart implements JavaMigration {

    private static final int BATCH = 1000;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("0064");
    }

    @Override
    public String getDescription() {
        return "candidate words of older rows";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws Exception {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement();
                PreparedStatement update =
                        connection.prepareStatement("update candidates set name_words = ? where id = ?")) {
            statement.execute("select set_config('recruit.scope', 'system', true)");
            statement.setFetchSize(BATCH);
            int waiting = 0;
            try (ResultSet rows = statement.executeQuery("select c.id, c.first_name, c.last_name from candidates c"
                    + " where not exists (select from candidate_search s where s.candidate_id = c.id)")) {
                while (rows.next()) {
                    update.setString(1, NameWords.index(rows.getString(2), rows.getString(3)));
                    update.setObject(2, rows.getObject(1));
                    update.addBatch();
                    waiting = (waiting + 1) % BATCH;
                    if (waiting == 0) {
                        update.executeBatch();
                    }
                }
            }
            update.executeBatch();
        }
    }
}
