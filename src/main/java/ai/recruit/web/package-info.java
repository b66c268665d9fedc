/**
 * What all HTTP surfaces share: the error envelope and its languages, request ids, versions and preconditions, idempotency
 * keys, paging words, the three shapes of a list, and the live streams over SSE and WebSocket.
 */
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "events", "access", "person"})
@NullMarked
package ai.recruit.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
