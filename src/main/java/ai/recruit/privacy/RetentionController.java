package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/api/v1/retention", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Privacy")
class RetentionController {

    private static final int LONGEST = 36_500;
    private static final int LONGEST_GRACE = 3_650;
    private static final int MOST = 1_000;

    private final RetentionSweep retention;

    RetentionController(RetentionSweep retention) {
        this.retention = retention;
    }

    /**
     * A rule of an account.
     *
     * @param days 1 to 36500
     * @param graceDays 0 to 3650; 0 without it
     * @param action {@code flag} (without it) or {@code erase}
     */
    @Schema(example = "{\"days\": 730, \"grace_days\": 30, \"action\": \"erase\"}")
    record NewRule(
            @Nullable Integer days,
            @Nullable Integer graceDays,
            @Nullable String action) {}

    @GetMapping
    @Operation(
            summary = "How long the caller's candidates are kept",
            description = "The account's own rule, or that of the service, or none.")
    @ApiResponse(
            responseCode = "200",
            description = "The rule",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = RetentionRule.class),
                            examples = @ExampleObject(PrivacyExamples.RETENTION)))
    Mono<RetentionRule> get(Caller caller) {
        return retention.rule(caller.accountId());
    }

    @PutMapping
    @Operation(
            summary = "Say how long the caller's candidates are kept",
            description =
                    "Candidates about whom nothing was written for so many days are due. With `erase` they are erased"
                            + " when the days of grace are over too; looking at somebody is no activity. See what that means in"
                            + " /api/v1/retention/due before choosing `erase`.")
    @ApiResponse(
            responseCode = "200",
            description = "The rule",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = RetentionRule.class),
                            examples = @ExampleObject(PrivacyExamples.RETENTION)))
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which", content = @Content)
    Mono<RetentionRule> set(@RequestBody NewRule rule, Caller caller) {
        return Mono.defer(() -> {
            FieldChecks checks = new FieldChecks();
            Integer days = rule.days();
            if (days == null || days < 1 || days > LONGEST) {
                checks.reject("days", range(1, LONGEST));
            }
            int grace = rule.graceDays() == null ? 0 : rule.graceDays();
            if (grace < 0 || grace > LONGEST_GRACE) {
                checks.reject("grace_days", range(0, LONGEST_GRACE));
            }
            String action = rule.action() == null ? "flag" : rule.action().strip();
            if (!action.equals("flag") && !action.equals("erase")) {
                checks.reject("action", "must be flag or erase");
            }
            checks.verify();
            return retention.set(caller, days == null ? 0 : days, grace, action);
        });
    }

    @DeleteMapping
    @Operation(
            summary = "Take the caller's rule back",
            description = "Then the rule of the service holds, if there is one.")
    @ApiResponse(
            responseCode = "200",
            description = "The rule that holds now",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = RetentionRule.class),
                            examples = @ExampleObject(PrivacyExamples.RETENTION)))
    Mono<RetentionRule> remove(Caller caller) {
        return retention.remove(caller);
    }

    @GetMapping("/due")
    @Operation(
            summary = "Which of the caller's candidates are due now",
            description = "Those longest without activity first. Nothing is changed.")
    @ApiResponse(
            responseCode = "200",
            description = "Who is due, since when, and from when on they are erased",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = RetentionSweep.DueList.class),
                            examples = @ExampleObject(PrivacyExamples.DUE)))
    @ApiResponse(responseCode = "400", description = "The limit or the cursor is wrong", content = @Content)
    Mono<RetentionSweep.DueList> due(
            @Parameter(description = "1 to 1000; 100 without it") @RequestParam(defaultValue = "100") int limit,
            @Parameter(description = "`next_cursor` of the page before, as it was; leave it out for the first page")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            Caller caller) {
        return Mono.defer(() -> {
            if (limit < 1 || limit > MOST) {
                throw Problem.invalid("limit", range(1, MOST));
            }
            return retention.due(caller.accountId(), cursor, limit);
        });
    }

    private static String range(int least, int most) {
        return "must be a whole number between " + least + " and " + most;
    }
}
