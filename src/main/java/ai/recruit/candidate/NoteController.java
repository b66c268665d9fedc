package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.web.Lists;
import ai.recruit.web.Preconditions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Notes about candidates (requirements R045, R175, R176). */
@RestController
@RequestMapping(path = "/api/resumes/candidates/{candidate_id}/notes")
@Tag(name = "Recruiter's database")
class NoteController {

    private final Candidates candidates;
    private final Notes notes;
    private final Lists lists;

    NoteController(Candidates candidates, Notes notes, Lists lists) {
        this.candidates = candidates;
        this.notes = notes;
        this.lists = lists;
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Write a note", description = "Private notes are read by their author alone.")
    @ApiResponse(responseCode = "200", description = "The note")
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which")
    @ApiResponse(responseCode = "404", description = "There is no such candidate that the caller may see")
    Mono<ResponseEntity<String>> add(
            @PathVariable("candidate_id") String candidateId, @RequestBody NewNote note, Caller caller) {
        return Mono.defer(() -> {
            UUID candidate = IdKind.CANDIDATE.get(candidateId);
            return notes.add(caller, candidate, note.checked()).flatMap(made -> shown(caller, candidate, made));
        });
    }

    private Mono<ResponseEntity<String>> shown(Caller caller, UUID candidateId, UUID noteId) {
        return Mono.zip(
                lists.find(caller, Notes.NOTES, noteId),
                notes.tag(caller, candidateId, noteId),
                (note, tag) -> ResponseEntity.ok().eTag(tag).body(note));
    }

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "The notes that the caller may read, the newest first")
    @ApiResponse(responseCode = "200", description = "The notes", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<Void> list(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            return candidates
                    .get(caller.tenant(), IdKind.CANDIDATE.get(candidateId))
                    .flatMap(candidate -> lists.answer(exchange, caller, paging, Notes.of(candidate.id())));
        });
    }

    @PatchMapping(path = "/{note_id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Change a note of one's own")
    @ApiResponse(responseCode = "200", description = "The note")
    @ApiResponse(responseCode = "404", description = "There is no such note of the caller's")
    @ApiResponse(responseCode = "412", description = "The version named in If-Match is not the present one")
    Mono<ResponseEntity<String>> change(
            @PathVariable("candidate_id") String candidateId,
            @PathVariable("note_id") String noteId,
            @RequestBody NewNote change,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            Caller caller) {
        return Mono.defer(() -> {
            UUID candidate = IdKind.CANDIDATE.get(candidateId);
            return notes.change(caller, candidate, noteId, change.checkedChange(), Preconditions.of(headers))
                    .then(Mono.defer(() -> shown(caller, candidate, IdKind.NOTE.get(noteId))));
        });
    }

    @DeleteMapping("/{note_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a note of one's own")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @ApiResponse(responseCode = "404", description = "There is no such note of the caller's")
    @ApiResponse(responseCode = "412", description = "The version named in If-Match is not the present one")
    Mono<Void> remove(
            @PathVariable("candidate_id") String candidateId,
            @PathVariable("note_id") String noteId,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            Caller caller) {
        return Mono.defer(
                () -> notes.remove(caller, IdKind.CANDIDATE.get(candidateId), noteId, Preconditions.of(headers)));
    }
}
