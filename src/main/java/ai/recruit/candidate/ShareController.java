package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.YesNo;
import ai.recruit.web.Lists;
import ai.recruit.web.RowList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Shares of candidates, for administrators (requirements R048, R079). */
@RestController
@RequestMapping("/api/resumes/admin/candidates/share")
@Tag(name = "Sharing")
class ShareController {

    private final Shares shares;
    private final Lists lists;

    ShareController(Shares shares, Lists lists) {
        this.shares = shares;
        this.lists = lists;
    }

    /** What has been shared. */
    record ShareAnswer(boolean success, int sharedCount, List<Made> shares) {

        record Made(String id, String candidateId, String recruiterId) {}
    }

    @PostMapping
    @Operation(
            summary = "Share candidates with recruiters, each with each",
            description = "A share that is there already takes over the new permissions. Nothing is shared when one of"
                    + " the ids does not exist.")
    @ApiResponse(responseCode = "200", description = "The shares")
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which")
    Mono<ShareAnswer> share(@RequestBody NewShare share, Caller caller) {
        return shares.share(caller, share)
                .map(made -> new ShareAnswer(
                        true,
                        made.size(),
                        made.stream()
                                .map(one -> new ShareAnswer.Made(
                                        IdKind.SHARE.format(one.id()),
                                        IdKind.CANDIDATE.format(one.candidateId()),
                                        IdKind.ACCOUNT.format(one.recruiterId())))
                                .toList()));
    }

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "The shares, the newest first, also those that have ended")
    @ApiResponse(responseCode = "200", description = "The shares", content = @Content)
    Mono<Void> list(
            @RequestParam(name = "candidate_id", required = false) @Nullable String candidateId,
            @RequestParam(name = "recruiter_id", required = false) @Nullable String recruiterId,
            @Parameter(description = "true for those that are open, false for those that have ended")
                    @RequestParam(required = false)
                    @Nullable String active,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            RowList wanted = Shares.SHARES
                    .whereGiven(
                            "s.candidate_id = :candidate",
                            "candidate",
                            id("candidate_id", candidateId, IdKind.CANDIDATE))
                    .whereGiven(
                            "s.recruiter_id = :recruiter",
                            "recruiter",
                            id("recruiter_id", recruiterId, IdKind.ACCOUNT));
            wanted = wanted.whereGiven(
                    "(s.revoked_at is null and (s.expires_at is null or s.expires_at > now())) = :active",
                    "active",
                    YesNo.read("active", active));
            return lists.answer(exchange, caller, paging, wanted);
        });
    }

    @DeleteMapping("/{share_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End a share", description = "The recruiter's streams let go of the candidate at once.")
    @ApiResponse(responseCode = "204", description = "It has ended")
    @ApiResponse(responseCode = "404", description = "There is no such share")
    Mono<Void> revoke(@PathVariable("share_id") String shareId, Caller caller) {
        return shares.revoke(caller, shareId);
    }

    private static @Nullable UUID id(String field, @Nullable String text, IdKind kind) {
        return text == null || text.isBlank()
                ? null
                : kind.parse(text)
                        .orElseThrow(() -> Problem.invalid(field, "must be an id such as " + kind.prefix() + "_..."));
    }
}
