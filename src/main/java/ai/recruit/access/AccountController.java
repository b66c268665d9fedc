package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Accounts, for the administrator. */
@RestController
@RequestMapping("/api/v1/accounts")
@Tag(name = "Accounts")
class AccountController {

    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @PostMapping
    @Operation(summary = "Make an account")
    Mono<ResponseEntity<AccountResponse>> create(@RequestBody NewAccount account) {
        return accounts.create(account)
                .map(AccountResponse::of)
                .map(made -> ResponseEntity.created(URI.create("/api/v1/accounts/" + made.id()))
                        .body(made));
    }

    @GetMapping
    @Operation(summary = "List the accounts, the newest first")
    Mono<AccountList> list(Paging paging) {
        return accounts.list(paging);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get an account")
    Mono<AccountResponse> get(@PathVariable String id) {
        return Mono.fromCallable(() -> IdKind.ACCOUNT.get(id))
                .flatMap(accounts::get)
                .map(AccountResponse::of);
    }

    @PatchMapping("/{id}")
    @Operation(
            summary = "Change an account",
            description = "Suspending it, or changing its role or password, ends all its sessions within a second.")
    Mono<AccountResponse> change(@PathVariable String id, @RequestBody AccountChange change) {
        return Mono.fromCallable(() -> IdKind.ACCOUNT.get(id))
                .flatMap(account -> accounts.change(account, change))
                .map(AccountResponse::of);
    }
}
