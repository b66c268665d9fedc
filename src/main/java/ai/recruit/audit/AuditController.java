package ai.recruit.audit;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.web.Lists;
import ai.recruit.web.RowList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/audit")
@Tag(name = "Audit")
class AuditController {

    /** Ids are made by the clocks of the nodes, times by that of the database. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    private final AuditLists audit;
    private final Lists lists;
    private final Verification verification;

    AuditController(AuditLists audit, Lists lists, Verification verification) {
        this.audit = audit;
        this.lists = lists;
        this.verification = verification;
    }

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "Who did what, the newest first",
            description = "For administrators. As a page, as NDJSON, or as a live stream, as the Accept header says."
                    + " details is null once it has been erased; chain is null until the entry is sealed, about a"
                    + " second later.")
    @ApiResponse(
            responseCode = "200",
            description = "The entries",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject("""
                                    {"success": true, "data": [{
                                      "id": "aud_0192f0c1a2b37c4d8e5f60718293a4b5", "at": "2026-01-15T10:30:00.000Z",
                                      "actor": "usr_0192f0c1a2b37c4d8e5f60718293a4b6", "key": null, "role": "recruiter",
                                      "action": "candidate.viewed",
                                      "subject": "cand_0192f0c1a2b37c4d8e5f60718293a4b7", "parent": null,
                                      "owner": "usr_0192f0c1a2b37c4d8e5f60718293a4b6", "address": "192.0.2.7",
                                      "request_id": "0f3c9a52b1d84e6f", "details": {}, "erased": false,
                                      "chain": {"day": "2026-01-15", "seq": 1,
                                        "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}}],
                                     "items": [], "total": 1, "skip": 0, "limit": 20,
                                     "pagination": {"total": 1, "skip": 0, "limit": 20, "page": 1, "total_pages": 1}}""")))
    @ApiResponse(responseCode = "400", description = "A parameter is unknown or wrong", content = @Content)
    Mono<Void> list(
            @Parameter(description = "What this account did") @RequestParam(required = false) @Nullable String actor,
            @Parameter(description = "What was done, for example candidate.viewed")
                    @RequestParam(required = false)
                    @Nullable String action,
            @Parameter(description = "What was done to this, and to what belongs to it; a public id")
                    @RequestParam(required = false)
                    @Nullable String subject,
            @Parameter(description = "From this day or time on") @RequestParam(required = false) @Nullable String from,
            @Parameter(description = "Up to the end of this day, or before this time")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(description = "What was done in this account's database")
                    @RequestParam(required = false)
                    @Nullable String owner,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            RowList wanted = AuditLists.about(audit.entries(), given(subject))
                    .whereGiven("e.actor_id = :actor", "actor", account("actor", given(actor)))
                    .whereGiven("e.action = :action", "action", given(action))
                    .whereGiven("e.owner_id = :of_owner", "of_owner", account("owner", given(owner)));
            OffsetDateTime after = time("from", given(from), 0);
            if (after != null) {
                wanted = wanted.where("e.at >= :from", "from", after)
                        .where("e.id >= :from_id", "from_id", firstId(after.minus(CLOCKS_APART)));
            }
            OffsetDateTime before = time("to", given(to), 1);
            if (before != null) {
                wanted = wanted.where("e.at < :to", "to", before)
                        .where("e.id < :to_id", "to_id", firstId(before.plus(CLOCKS_APART)));
            }
            return lists.answer(exchange, caller, paging, wanted);
        });
    }

    @GetMapping(
            path = "/heads",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "The published heads of the chain, the newest first",
            description = "Keep them elsewhere: whoever has one can tell later whether the chain before it was made"
                    + " anew. Each is also the event audit.head_published.")
    @ApiResponse(
            responseCode = "200",
            description = "The heads",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject("""
                                    {"success": true, "data": [{
                                      "id": "head_0192f0c1a2b37c4d8e5f60718293a4b5", "day": "2026-01-15", "seq": 48210,
                                      "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                                      "at": "2026-01-15T10:31:00.000Z"}],
                                     "items": [], "total": 1, "skip": 0, "limit": 20,
                                     "pagination": {"total": 1, "skip": 0, "limit": 20, "page": 1, "total_pages": 1}}""")))
    Mono<Void> heads(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return lists.answer(exchange, caller, paging, audit.heads());
    }

    @GetMapping(path = "/verify", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Check the chain",
            description = "Computes the chain again, day by day (UTC), and tells of each day whether it is what was"
                    + " sealed, or the first place where it is not. Details that were erased do not break it. Long"
                    + " stretches take a while: about a minute for a million entries.")
    @ApiResponse(
            responseCode = "200",
            description = "What was found",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @io.swagger.v3.oas.annotations.media.Schema(implementation = ChainReport.class),
                            examples = @ExampleObject("""
                                    {"intact": false, "from": "2026-01-15", "to": "2026-01-15", "days": [{
                                      "day": "2026-01-15", "entries": 48211, "sealed": 48210, "unsealed": 1, "erased": 0,
                                      "head": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                                      "intact": false, "broken": {"seq": 17,
                                        "entry_id": "aud_0192f0c1a2b37c4d8e5f60718293a4b5", "how": "changed",
                                        "message": "The details are not what was sealed"}}]}""")))
    @ApiResponse(responseCode = "400", description = "A day is wrong", content = @Content)
    Mono<ChainReport> verify(
            @Parameter(description = "The first day, for example 2026-01-15; the first of all when left out")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "The last day; today when left out") @RequestParam(required = false) @Nullable String to) {
        return Mono.defer(() -> verification.verify(day("from", given(from)), day("to", given(to))));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip().replace("\0", "");
    }

    private static @Nullable UUID account(String field, @Nullable String text) {
        return text == null
                ? null
                : IdKind.ACCOUNT
                        .parse(text)
                        .orElseThrow(() -> Problem.invalid(field, "must be the id of an account, usr_..."));
    }

    private static @Nullable LocalDate day(String field, @Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            throw Problem.invalid(field, "must be a day such as 2026-01-15");
        }
    }

    private static @Nullable OffsetDateTime time(String field, @Nullable String text, int daysOn) {
        if (text == null) {
            return null;
        }
        try {
            return text.length() <= 10
                    ? LocalDate.parse(text).plusDays(daysOn).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text.replace(' ', '+'));
        } catch (DateTimeParseException wrong) {
            throw Problem.invalid(field, "must be a day such as 2026-01-15 or a time such as 2026-01-15T10:30:00Z");
        }
    }

    /** The least id that is made from this time on. */
    private static UUID firstId(OffsetDateTime time) {
        return new UUID(Math.max(0, time.toInstant().toEpochMilli()) << 16, 0);
    }
}
