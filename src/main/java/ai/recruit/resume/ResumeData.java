package ai.recruit.resume;

import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.person.Erased;
import ai.recruit.person.Held;
import ai.recruit.person.HeldFile;
import ai.recruit.person.Person;
import ai.recruit.person.PersonQueries;
import ai.recruit.person.PersonalData;
import ai.recruit.person.Stray;
import ai.recruit.storage.Blobs;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The resumes of a person: files, what was read out of them, and their places in batches. */
@Component
class ResumeData implements PersonalData {

    // A resume belongs to whom it was found to belong to, and until then to whom the uploader has named.
    private static final String THEIRS =
            "coalesce(r.candidate_id, r.named_candidate_id) = any (:ids) and (:all or r.owner_id = :owner)";

    private static final String RESUMES = """
            select jsonb_build_object('id', public_id('res', r.id), 'filename', r.filename, 'media_type', r.media_type,
                       'size_bytes', r.size_bytes, 'sha256', encode(r.sha256, 'hex'), 'source', r.source,
                       'batch_id', public_id('batch', r.batch_id), 'received_at', public_time(r.created_at),
                       'status', j.state, 'parsed', d.document, 'confidence', d.confidence, 'engine', d.engine,
                       'enrichment', case when e.resume_id is not null then jsonb_build_object('summary', e.summary,
                           'insights', e.insights, 'model', e.model, 'at', public_time(e.created_at)) end) as row
              from resumes r
              left join processing_jobs j on j.resume_id = r.id
              left join resume_data d on d.resume_id = r.id
              left join resume_enrichments e on e.resume_id = r.id
             where\s""" + THEIRS + " order by r.id";

    private static final String FILES =
            "select r.id, r.filename, r.blob_key, r.size_bytes from resumes r where " + THEIRS + " order by r.id";

    // A batch keeps its number of files; nothing says any more which file it was.
    private static final String ITEMS = """
            update bulk_upload_items i
               set filename = 'erased', resume_id = null, duplicate = false, code = 'ERASED',
                   message = 'The person has been erased'
             where i.resume_id in (select r.id from resumes r where\s""" + THEIRS + ")";

    private static final String COUNTS = """
            select count(d.resume_id) as parsed_resumes, count(e.resume_id) as enrichments
              from resumes r
              left join resume_data d on d.resume_id = r.id
              left join resume_enrichments e on e.resume_id = r.id
             where\s""" + THEIRS;

    private static final String DELETE = "delete from resumes r where " + THEIRS + " returning r.id, r.blob_key";

    private static final String STILL_NEEDED = """
            select r.blob_key from resumes r
             where r.blob_key = any (cast(:keys as text[])) and (:all or r.owner_id = :owner)
            """;

    // Which file of a batch was refused at the door is told by its name alone, and nothing says whose it was: so all
    // such
    // names of a batch go with the first person of it who goes.
    private static final String REFUSED = """
            update bulk_upload_items i set filename = 'erased'
             where i.resume_id is null and i.filename <> 'erased' and (:all or i.owner_id = :owner)
               and i.batch_id in (
                    select t.batch_id from bulk_upload_items t join resumes r on r.id = t.resume_id
                     where\s""" + THEIRS + ")";

    // Whoever is named is there: with a candidate go the resumes that were sent for them.
    private static final String FIND_STRAY = """
            select r.owner_id, j.state, r.candidate_id is null and r.named_candidate_id is null as stray
              from resumes r join processing_jobs j on j.resume_id = r.id
             where r.id = :id and (:all or r.owner_id = :owner)
               for update of r, j
            """;

    private static final String STRAYS = """
            select r.id, r.owner_id from resumes r join processing_jobs j on j.resume_id = r.id
             where r.candidate_id is null and r.named_candidate_id is null and j.state = 'failed' and %s
               and j.updated_at < :since
             order by j.updated_at, r.id limit :most
            """;
    private static final String STRAYS_OF = STRAYS.formatted("r.owner_id = :owner");
    private static final String STRAYS_OF_OTHERS =
            STRAYS.formatted("r.owner_id <> all (:others) and (:all or r.owner_id = :owner)");

    private static final String THIS = "r.id = any (:ids) and (:all or r.owner_id = :owner)";
    private static final String STRAY_ITEMS = ITEMS.replace(THEIRS, THIS);
    private static final String STRAY_REFUSED = REFUSED.replace(THEIRS, THIS);
    private static final String DELETE_STRAY = DELETE.replace(THEIRS, THIS);

    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final PersonQueries queries;
    private final Blobs blobs;

    ResumeData(DatabaseClient database, TenantTransactions transactions, PersonQueries queries, Blobs blobs) {
        this.database = database;
        this.transactions = transactions;
        this.queries = queries;
        this.blobs = blobs;
    }

    @Override
    public Map<String, String> tables() {
        return Map.of(
                "resumes", "deleted, and the files with them",
                "resume_data", "deleted with the resume",
                "resume_enrichments", "deleted with the resume",
                "processing_jobs", "deleted with the resume",
                "bulk_upload_items", "the file's name is blanked");
    }

    @Override
    public Flux<Held> held(Person person, boolean byThemselves) {
        return queries.held("resumes", RESUMES, person).flux();
    }

    private record Gone(UUID id, String key) {}

    private record Stored(UUID id, String filename, String key, long size) {}

    @Override
    public Flux<HeldFile> files(Person person) {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> queries.bound(FILES, person)
                                .map(row -> new Stored(
                                        Objects.requireNonNull(row.get("id", UUID.class)),
                                        String.valueOf(row.get("filename", String.class)),
                                        String.valueOf(row.get("blob_key", String.class)),
                                        Objects.requireNonNull(row.get("size_bytes", Long.class))))
                                .all()
                                .collectList())
                .flatMapIterable(all -> all)
                .map(file -> new HeldFile(
                        IdKind.RESUME.format(file.id()) + "/" + FileNames.plain(file.filename()),
                        blobs.read(file.key(), 0, file.size())));
    }

    @Override
    public Mono<Erased> erase(Person person) {
        return queries.bound(COUNTS, person)
                .fetch()
                .one()
                .flatMap(counts -> queries.change(REFUSED, person)
                        .then(Mono.defer(() -> queries.change(ITEMS, person)))
                        .flatMap(items -> queries.bound(DELETE, person)
                                .map(ResumeData::gone)
                                .all()
                                .collectList()
                                .map(gone -> {
                                    Set<String> ids = new HashSet<>();
                                    Set<String> files = new HashSet<>();
                                    gone.forEach(resume -> {
                                        ids.add(IdKind.RESUME.format(resume.id()));
                                        files.add(resume.key());
                                    });
                                    return new Erased(
                                            Map.of(
                                                    "resumes",
                                                    (long) gone.size(),
                                                    "parsed_resumes",
                                                    number(counts.get("parsed_resumes")),
                                                    "enrichments",
                                                    number(counts.get("enrichments")),
                                                    "batch_items",
                                                    items),
                                            ids,
                                            files);
                                })));
    }

    private static Gone gone(Readable row) {
        return new Gone(
                Objects.requireNonNull(row.get("id", UUID.class)), String.valueOf(row.get("blob_key", String.class)));
    }

    /** Files that failed without anybody having said whose they are. */
    @Override
    public Mono<Stray> stray(Tenant tenant, String id) {
        return Mono.justOrEmpty(IdKind.RESUME.parse(id))
                .flatMap(resume -> Rows.bind(database.sql(FIND_STRAY).bind("id", resume), tenant)
                        .map(row -> {
                            if (!Boolean.TRUE.equals(row.get("stray", Boolean.class))) {
                                throw new Problem(
                                        ProblemCode.CONFLICT,
                                        "This resume belongs to a candidate and goes when the candidate is erased");
                            }
                            State state = State.of(String.valueOf(row.get("state", String.class)));
                            if (state == State.QUEUED || state == State.PROCESSING) {
                                throw new Problem(
                                        ProblemCode.CONFLICT, "This resume is being processed. Wait for its end.");
                            }
                            return new Stray(
                                    Objects.requireNonNull(row.get("owner_id", UUID.class)),
                                    IdKind.RESUME.format(resume));
                        })
                        .one());
    }

    @Override
    public Flux<Stray> strays(@Nullable UUID owner, Collection<UUID> others, Instant since, int most) {
        DatabaseClient.GenericExecuteSpec query = owner == null
                ? database.sql(STRAYS_OF_OTHERS)
                        .bind("others", others.toArray(UUID[]::new))
                        .bind("all", true)
                        .bindNull("owner", UUID.class)
                : database.sql(STRAYS_OF).bind("owner", owner);
        return query.bind("since", since)
                .bind("most", most)
                .map(row -> new Stray(
                        Objects.requireNonNull(row.get("owner_id", UUID.class)),
                        IdKind.RESUME.format(Objects.requireNonNull(row.get("id", UUID.class)))))
                .all();
    }

    @Override
    public Mono<Erased> erase(Stray stray) {
        return Mono.justOrEmpty(IdKind.RESUME.parse(stray.id()))
                .flatMap(id -> of(STRAY_REFUSED, id)
                        .then()
                        .then(Mono.defer(() -> of(STRAY_ITEMS, id).then()))
                        .then(Mono.defer(
                                () -> of(DELETE_STRAY, id).map(ResumeData::gone).one()))
                        .map(gone -> new Erased(Map.of("resumes", 1L), Set.of(stray.id()), Set.of(gone.key())))
                        .defaultIfEmpty(Erased.NOTHING));
    }

    private DatabaseClient.GenericExecuteSpec of(String sql, UUID resume) {
        return database.sql(sql)
                .bind("ids", new UUID[] {resume})
                .bind("all", true)
                .bindNull("owner", UUID.class);
    }

    private static long number(@Nullable Object count) {
        return count instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public Mono<Long> removeFiles(Set<String> keys) {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(STILL_NEEDED)
                                .bind("keys", keys.toArray(String[]::new))
                                .bind("all", true)
                                .bindNull("owner", UUID.class)
                                .map(row -> String.valueOf(row.get("blob_key", String.class)))
                                .all()
                                .collectList())
                .flatMap(needed -> {
                    List<String> free =
                            keys.stream().filter(key -> !needed.contains(key)).toList();
                    return Flux.fromIterable(free)
                            .concatMap(key -> blobs.delete(key).thenReturn(key))
                            .count();
                });
    }
}
