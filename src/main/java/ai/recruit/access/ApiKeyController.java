package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Service keys, for the administrator. */
@RestController
@RequestMapping("/api/v1/api-keys")
@Tag(name = "Service keys")
class ApiKeyController {

    private final ApiKeys apiKeys;

    ApiKeyController(ApiKeys apiKeys) {
        this.apiKeys = apiKeys;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make a service key", description = "The key stands in this answer and nowhere else.")
    Mono<ApiKey.Response> create(@RequestBody NewApiKey key, Caller caller) {
        return apiKeys.create(caller, key);
    }

    @GetMapping
    @Operation(summary = "List the service keys, the newest first")
    Mono<ApiKeyList> list(Paging paging) {
        return apiKeys.list(paging).zipWith(apiKeys.count(), (rows, total) -> ApiKeyList.of(rows, total, paging));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get a service key", description = "When it was last used is written down every 20 seconds.")
    Mono<ApiKey.Response> get(@PathVariable String id) {
        return Mono.fromCallable(() -> IdKind.API_KEY.get(id)).flatMap(apiKeys::get);
    }

    @PatchMapping("/{id}")
    @Operation(
            summary = "Change a service key",
            description = "Its name, scopes or plan. With other scopes its streams end and may be opened again.")
    Mono<ApiKey.Response> change(@PathVariable String id, @RequestBody ApiKeyChange change) {
        return Mono.fromCallable(() -> IdKind.API_KEY.get(id)).flatMap(key -> apiKeys.change(key, change));
    }

    @PostMapping("/{id}/rotate")
    @Operation(
            summary = "Give a service key a new secret",
            description = "The secret stands in this answer and nowhere else. The one before works for"
                    + " overlap_seconds more (3600 when left out, 0 to end it at once).")
    Mono<ApiKey.Response> rotate(@PathVariable String id, @RequestBody(required = false) @Nullable Rotation rotation) {
        return Mono.fromCallable(() -> IdKind.API_KEY.get(id))
                .flatMap(key -> apiKeys.rotate(key, rotation == null ? null : rotation.overlapSeconds()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke a service key")
    Mono<Void> revoke(@PathVariable String id) {
        return Mono.fromCallable(() -> IdKind.API_KEY.get(id)).flatMap(apiKeys::revoke);
    }

    record Rotation(@Nullable Long overlapSeconds) {}

    /** A page of keys. */
    record ApiKeyList(List<ApiKey.Response> data, AccountList.Pagination pagination) {

        static ApiKeyList of(List<ApiKey.Response> rows, long total, Paging paging) {
            return new ApiKeyList(rows, AccountList.Pagination.of(total, paging));
        }
    }
}
