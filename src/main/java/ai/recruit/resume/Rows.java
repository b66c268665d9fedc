package ai.recruit.resume;

import ai.recruit.tenancy.Tenant;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** The words that this feature's repositories share. */
final class Rows {

    private Rows() {}

    static GenericExecuteSpec bind(GenericExecuteSpec statement, Tenant tenant) {
        return statement.bind("all", tenant.seesAll()).bind("owner", uuid(tenant.accountId()));
    }

    static Parameter uuid(@Nullable UUID value) {
        return Parameters.in(PostgresqlObjectId.UUID, value);
    }

    static Parameter text(@Nullable String value) {
        return Parameters.in(PostgresqlObjectId.VARCHAR, value);
    }

    static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
