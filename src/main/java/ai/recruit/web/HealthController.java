package ai.recruit.web;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.ReactiveHealthEndpointWebExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The health of this process, on the main port and without details, for load balancers and probes. */
@RestController
@Tag(name = "Health")
class HealthController {

    private final ReactiveHealthEndpointWebExtension health;

    HealthController(ReactiveHealthEndpointWebExtension health) {
        this.health = health;
    }

    @GetMapping("/health")
    @Operation(summary = "Whether the service works", description = "200 with status UP, or 503.")
    Mono<ResponseEntity<Map<String, String>>> all() {
        return answer("readiness");
    }

    @GetMapping("/health/liveness")
    @Operation(summary = "Whether the process is alive", description = "503 means: restart it.")
    Mono<ResponseEntity<Map<String, String>>> liveness() {
        return answer("liveness");
    }

    @GetMapping("/health/readiness")
    @Operation(summary = "Whether the process can take requests", description = "503 means: send them elsewhere.")
    Mono<ResponseEntity<Map<String, String>>> readiness() {
        return answer("readiness");
    }

    private Mono<ResponseEntity<Map<String, String>>> answer(String group) {
        return health.health(ApiVersion.LATEST, WebServerNamespace.SERVER, SecurityContext.NONE, false, group)
                .map(response -> ResponseEntity.status(response.getStatus())
                        .header("Cache-Control", "no-store")
                        .body(Map.of(
                                "status",
                                response.getBody() == null
                                        ? "UNKNOWN"
                                        : response.getBody().getStatus().getCode())));
    }

    @Configuration(proxyBeanMethods = false)
    static class Access {

        @Bean
        AccessRules healthRules() {
            return AccessRules.of(
                    AccessRule.anonymous(HttpMethod.GET, "/health"),
                    AccessRule.anonymous(HttpMethod.GET, "/health/liveness"),
                    AccessRule.anonymous(HttpMethod.GET, "/health/readiness"));
        }
    }
}
