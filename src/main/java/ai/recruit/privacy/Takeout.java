package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.kernel.IdKind;
import ai.recruit.person.Held;
import ai.recruit.person.Person;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is held about a person, to take away: as JSON, or as an archive of that JSON and the original files. Both are
 * written while they are read; nothing is collected but one section.
 */
@Component
class Takeout {

    static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    private static final String FORMAT = "recruit-personal-data-1";

    private final Parts parts;
    private final Audits audits;
    private final JsonMapper json;
    private final Clock clock;

    Takeout(Parts parts, Audits audits, JsonMapper json, Clock clock) {
        this.parts = parts;
        this.audits = audits;
        this.json = json;
        this.clock = clock;
    }

    /** @param byThemselves whether the person reads it, without what others judged in confidence */
    Mono<Void> answer(ServerWebExchange exchange, Caller caller, Person person, boolean byThemselves) {
        boolean archive = isArchive(exchange.getRequest().getHeaders());
        String id = IdKind.CANDIDATE.format(person.candidateId());
        AuditEntry entry = AuditEntry.by(
                        caller,
                        byThemselves ? "personal_data.taken_by_person" : "personal_data.exported",
                        id,
                        person.ownerId())
                .with(Map.of("format", archive ? "zip" : "json"));
        return audits.recordRead(entry).then(Mono.defer(() -> {
            ServerHttpResponse response = exchange.getResponse();
            response.getHeaders().setContentType(archive ? ZIP : MediaType.APPLICATION_JSON);
            response.getHeaders().setCacheControl("no-store");
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
            if (archive) {
                response.getHeaders()
                        .set(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"personal-data-" + id + ".zip\"");
            }
            return response.writeWith(archive ? archive(person, byThemselves) : data(person, byThemselves));
        }));
    }

    /** JSON where it is named, else the archive. */
    private static boolean isArchive(HttpHeaders headers) {
        List<MediaType> accepted = headers.getAccept();
        for (MediaType type : accepted) {
            if (type.equalsTypeAndSubtype(ZIP)) {
                return true;
            }
            if (type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)) {
                return false;
            }
        }
        return true;
    }

    private Flux<DataBuffer> data(Person person, boolean byThemselves) {
        String head = "{\"format\":\"" + FORMAT + "\",\"candidate_id\":\""
                + IdKind.CANDIDATE.format(person.candidateId()) + "\",\"exported_at\":\"" + clock.instant() + "\"";
        return Flux.concat(Mono.just(head), parts.held(person, byThemselves).map(this::member), Mono.just("}\n"))
                .map(text -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String member(Held section) {
        return ",\n" + json.writeValueAsString(section.name()) + ":" + section.json();
    }

    private Flux<DataBuffer> archive(Person person, boolean byThemselves) {
        return Flux.using(
                ZipPieces::new,
                zip -> Flux.concat(
                                zip.entry("data.json", data(person, byThemselves)),
                                parts.files(person)
                                        .concatMap(file -> zip.entry("files/" + file.name(), file.content()), 1),
                                zip.end())
                        .filter(piece -> piece.readableByteCount() > 0),
                ZipPieces::close);
    }
}
