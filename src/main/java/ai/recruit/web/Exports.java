package ai.recruit.web;

import ai.recruit.access.Caller;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Told before a list leaves as lines, all of its rows at once. The audit implements it. */
public interface Exports {

    /**
     * Completes when it is recorded; the first row leaves after that.
     *
     * @param action what that is called, for example {@code matches.exported}
     * @param subject the public id of what the rows are about; the name of the list where they are about nothing single
     * @param filters the names of the filters that were used, without their values, which may be personal words
     */
    Mono<Void> record(Caller caller, String action, String subject, Set<String> filters);
}
