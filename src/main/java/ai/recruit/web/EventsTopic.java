package ai.recruit.web;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.access.Caller;
import ai.recruit.access.Role;
import ai.recruit.events.Selection;
import ai.recruit.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Everything that the caller may see, as it happens. */
@RestController
@Tag(name = "Live events")
class EventsTopic {

    static final String NAME = "events";
    static final String ENDPOINT = "/api/events";

    private static final Pattern TYPE = Pattern.compile("[a-z_]+\\.[a-z_]+");

    private final LiveStreams streams;

    EventsTopic(LiveStreams streams) {
        this.streams = streams;
    }

    static LiveTopic.Topic topic() {
        return LiveTopic.Topic.endless(Selection.everything());
    }

    @GetMapping(path = ENDPOINT, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "Watch all events that you may see",
            description = "Server-sent events from now on, or from `Last-Event-ID` / `since`. `types` is a"
                    + " comma-separated list, for example `resume.completed,match.found`.")
    Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> events(
            Caller caller,
            @RequestParam(required = false) @Nullable String types,
            @RequestParam(required = false) @Nullable String since,
            ServerWebExchange exchange) {
        return streams.sse(caller, LiveTopic.Topic.endless(selection(types)), exchange);
    }

    private static Selection selection(@Nullable String types) {
        if (types == null || types.isBlank()) {
            return Selection.everything();
        }
        Set<String> wanted = Arrays.stream(types.split(","))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        wanted.stream().filter(type -> !TYPE.matcher(type).matches()).findAny().ifPresent(wrong -> {
            throw Problem.invalid("types", "'" + wrong + "' is not an event type such as resume.completed");
        });
        return Selection.ofTypes(wanted);
    }

    @Configuration(proxyBeanMethods = false)
    static class Access {

        @Bean
        AccessRules liveEventRules() {
            return AccessRules.of(
                    AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, ENDPOINT),
                    // A browser cannot send a header with the handshake; it may send its token as the first frame.
                    AccessRule.anonymous(HttpMethod.GET, "/ws"));
        }
    }
}
