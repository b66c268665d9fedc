/**
 * The lower half of isolation: whoever reads or writes rows does it in a transaction that names the account it is done
 * for, and PostgreSQL's row-level security shows that account's rows alone, whatever the query says.
 */
@ApplicationModule(allowedDependencies = "kernel")
@NullMarked
package ai.recruit.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
