package ai.recruit.access;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.ContextView;

/**
 * Where a request comes from, and who sends it. It is in the Reactor context of the request, so that what is done deep
 * below can say on whose behalf.
 *
 * @param caller null where anybody may come
 * @param address the IP address; null when it is not known
 * @param requestId its {@code X-Request-Id}
 */
record Origin(
        @Nullable Caller caller,
        @Nullable String address,
        @Nullable String requestId) {

    private static final Origin NOWHERE = new Origin(null, null, null);

    static Origin of(ServerWebExchange exchange) {
        return new Origin(
                null,
                Remote.text(exchange.getRequest().getRemoteAddress()),
                exchange.getResponse().getHeaders().getFirst("X-Request-Id"));
    }

    static Origin of(Caller caller) {
        return new Origin(caller, caller.address(), caller.requestId());
    }

    /** That of the request whose context this is. */
    static Origin in(ContextView context) {
        return context.hasKey(Origin.class) ? context.get(Origin.class) : NOWHERE;
    }

    /** The deed of whoever sends the request. */
    AccessTrail.Deed did(String action, String subject, @Nullable UUID accountId, Map<String, ?> details) {
        return new AccessTrail.Deed(caller, address, requestId, action, subject, accountId, details);
    }

    /** The same request, known to come from this account now. */
    Origin by(Caller who) {
        return new Origin(who, address, requestId);
    }
}
