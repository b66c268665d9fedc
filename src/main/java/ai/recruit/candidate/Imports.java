package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.FieldProblem;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.RowList;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Candidates out of files of comma-separated values. The file is read as it comes; some rows at a time become candidates in one
 * transaction, together with what is to be told of each row. A row whose e-mail address, or number when it has no address, is
 * that of a candidate makes nothing, so a file that broke off may be sent again.
 */
@Component
class Imports {

    static final List<String> OUTCOMES = List.of("created", "existing", "valid", "rejected");

    private static final int BATCH = 100;
    private static final Duration GATHER = Duration.ofMillis(200);

    private static final String BEGIN =
            "insert into candidate_imports (id, owner_id, dry_run) values (:id, :account, :dry_run)";

    private static final String ROWS = """
            insert into candidate_import_rows (id, owner_id, import_id, row, outcome, candidate_id, problems)
            select r.id, :account, :import, r.row, r.outcome, r.candidate, r.problems
            from jsonb_to_recordset(cast(:rows as jsonb))
                as r (id uuid, row bigint, outcome text, candidate uuid, problems jsonb)
            """;

    private static final String COUNT = """
            update candidate_imports i
            set charset = :charset, delimiter = :delimiter, updated_at = now(),
                created = i.created + n.created, existing = i.existing + n.existing, valid = i.valid + n.valid,
                rejected = i.rejected + n.rejected
            from (
                select count(*) filter (where r.outcome = 'created') as created,
                    count(*) filter (where r.outcome = 'existing') as existing,
                    count(*) filter (where r.outcome = 'valid') as valid,
                    count(*) filter (where r.outcome = 'rejected') as rejected
                from jsonb_to_recordset(cast(:rows as jsonb)) as r (outcome text)) n
            where i.id = :import and i.owner_id = :account
            """;

    private static final String END = """
            update candidate_imports i set state = :state, updated_at = now(), finished_at = now()
            where i.id = :import and i.owner_id = :account
            """;

    private static final String FORGET = """
            delete from candidate_imports i where i.id = :import and i.owner_id = :account
            """;

    private static final RowList IMPORTS = new RowList(
                    "imports",
                    IdKind.IMPORT,
                    "i.*",
                    "candidate_imports i",
                    """
                    public_id('imp', r.id) as id,
                    case when r.state = 'running' and r.updated_at < now() - interval '10 minutes' then 'interrupted'
                        else r.state end as status,
                    r.dry_run, r.charset, r.delimiter, r.created + r.existing + r.valid + r.rejected as rows,
                    r.created, r.existing, r.valid, r.rejected,
                    public_time(r.started_at) as started_at, public_time(r.finished_at) as finished_at""",
                    List.of(new RowList.Key("i.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of(),
                    RowList.Tail.of(Set.of(), Set.of()))
            .where("(:all or i.owner_id = :owner)");

    private static final List<RowList.Key> AS_IN_THE_FILE =
            List.of(new RowList.Key("w.row", RowList.KeyType.NUMBER), new RowList.Key("w.id", RowList.KeyType.ID));

    private static final RowList ROW_LIST = new RowList(
                    "import-rows",
                    IdKind.IMPORT,
                    "w.*",
                    "candidate_import_rows w",
                    """
                    r.row, r.outcome as status,
                    case when r.candidate_id is not null then public_id('cand', r.candidate_id) end as candidate_id,
                    r.problems as details""",
                    AS_IN_THE_FILE,
                    List.of(),
                    Set.of("status"),
                    RowList.Tail.of(Set.of(), Set.of()))
            .ordered("", AS_IN_THE_FILE, true)
            .where("(:all or w.owner_id = :owner)");

    private final Editing editing;
    private final Tags tags;
    private final CandidateRepository candidates;
    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final JsonMapper json;
    private final Clock clock;

    Imports(
            Editing editing,
            Tags tags,
            CandidateRepository candidates,
            DatabaseClient database,
            TenantTransactions transactions,
            JsonMapper json,
            Clock clock) {
        this.editing = editing;
        this.tags = tags;
        this.candidates = candidates;
        this.database = database;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /** The imports of the caller, the newest first. */
    static RowList all() {
        return IMPORTS;
    }

    /** The rows of an import, in the order of the file. */
    static RowList rows(UUID importId, @Nullable String outcome) {
        return ROW_LIST.where("w.import_id = :import", "import", importId)
                .whereGiven("w.outcome = :outcome", "outcome", outcome);
    }

    /**
     * What became of a row.
     *
     * @param row the first line of the file has the number 1
     * @param status {@code created}, {@code existing}, {@code valid} (a dry run would have made one) or {@code rejected}
     * @param candidateId whom it made, or who is there already
     * @param details what is wrong with its fields
     */
    record Outcome(int row, String status, @Nullable UUID candidateId, List<FieldProblem> details) {

        private static Outcome rejected(int row, List<FieldProblem> problems) {
            return new Outcome(row, "rejected", null, problems);
        }
    }

    /**
     * Reads a file into the caller's candidates.
     *
     * @param importId what the import is called
     * @param charset as the client names it; null to find out
     * @param dryRun whether nothing is to be made
     * @throws Problem {@code INVALID_REQUEST} when the first line does not do
     */
    Flux<Outcome> read(Caller caller, UUID importId, @Nullable Charset charset, boolean dryRun, Flux<DataBuffer> body) {
        Tenant own = Tenant.account(caller.accountId());
        return Flux.usingWhen(
                begin(own, caller, importId, dryRun),
                begun -> {
                    CsvRecords csv = new CsvRecords(charset);
                    return rows(csv, body)
                            .bufferTimeout(BATCH, GATHER, true)
                            .concatMap(
                                    batch -> transactions.mono(
                                            own, () -> take(new File(caller, importId, csv, dryRun), batch)),
                                    1)
                            .flatMapIterable(outcomes -> outcomes);
                },
                begun -> end(own, caller, importId, "completed"),
                (begun, failure) -> failure instanceof Problem
                        // The first line does not do: nothing has been read.
                        ? bound(own, FORGET, caller, importId)
                        : end(own, caller, importId, "interrupted"),
                begun -> end(own, caller, importId, "interrupted"));
    }

    private Mono<Boolean> begin(Tenant own, Caller caller, UUID importId, boolean dryRun) {
        return transactions.mono(
                own,
                () -> database.sql(BEGIN)
                        .bind("id", importId)
                        .bind("account", caller.accountId())
                        .bind("dry_run", dryRun)
                        .then()
                        .thenReturn(true));
    }

    private Mono<Void> end(Tenant own, Caller caller, UUID importId, String state) {
        return transactions.mono(
                own,
                () -> database.sql(END)
                        .bind("state", state)
                        .bind("import", importId)
                        .bind("account", caller.accountId())
                        .then());
    }

    private Mono<Void> bound(Tenant own, String sql, Caller caller, UUID importId) {
        return transactions.mono(
                own,
                () -> database.sql(sql)
                        .bind("import", importId)
                        .bind("account", caller.accountId())
                        .then());
    }

    /** A row of the file and what its columns hold. */
    private record Line(ImportColumns columns, CsvRecords.Row row) {}

    private static Flux<Line> rows(CsvRecords csv, Flux<DataBuffer> body) {
        AtomicReference<@Nullable ImportColumns> columns = new AtomicReference<>();
        return body.concatMapIterable(buffer -> {
                    try (DataBuffer.ByteBufferIterator parts = buffer.readableByteBuffers()) {
                        List<CsvRecords.Row> rows = new ArrayList<>();
                        parts.forEachRemaining(part -> rows.addAll(csv.read(part)));
                        return rows;
                    } finally {
                        DataBufferUtils.release(buffer);
                    }
                })
                .concatWith(Flux.defer(() -> Flux.fromIterable(csv.end())))
                .<Line>handle((row, sink) -> {
                    ImportColumns known = columns.get();
                    if (known != null) {
                        sink.next(new Line(known, row));
                    } else {
                        columns.set(ImportColumns.of(row.cells()));
                    }
                })
                .concatWith(Mono.defer(() -> columns.get() == null
                        ? Mono.error(Problem.invalid("header", "is missing: the file is empty"))
                        : Mono.empty()));
    }

    private record File(Caller caller, UUID importId, CsvRecords csv, boolean dryRun) {}

    /** A row that can become a candidate. */
    private record Taken(
            int row, ImportColumns.Read read, @Nullable UUID position, Optional<Identity> identity) {}

    private Mono<List<Outcome>> take(File file, List<Line> lines) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        return Flux.fromIterable(lines)
                .concatMap(line -> checked(line, outcomes))
                .collectList()
                .flatMap(taken -> {
                    UUID owner = file.caller().accountId();
                    Set<Identity> identities = new LinkedHashSet<>();
                    taken.forEach(row -> row.identity().ifPresent(identities::add));
                    // Every transaction takes its locks in the same order, so two of them never wait for each other.
                    long[] keys = identities.stream()
                            .mapToLong(identity -> identity.lockKey(owner))
                            .sorted()
                            .toArray();
                    return (keys.length == 0 || file.dryRun() ? Mono.<Void>empty() : candidates.lock(keys))
                            .then(Mono.defer(() -> identities.isEmpty()
                                    ? Mono.just(Map.<Identity, UUID>of())
                                    : candidates.findByIdentities(owner, identities)))
                            .flatMap(known -> make(file, taken, new HashMap<>(known), outcomes));
                })
                .then(Mono.defer(() -> {
                    List<Outcome> all = lines.stream()
                            .map(line -> outcomes.get(line.row().number()))
                            .toList();
                    return record(file, all).thenReturn(all);
                }));
    }

    private Mono<Taken> checked(Line line, Map<Integer, Outcome> outcomes) {
        int number = line.row().number();
        FieldChecks checks = new FieldChecks();
        if (line.row().broken()) {
            checks.reject(
                    "row",
                    "is longer than " + CsvRecords.LONGEST
                            + " characters: a quotation mark may be missing. Nothing behind it has been read");
            outcomes.put(number, Outcome.rejected(number, checks.problems()));
            return Mono.empty();
        }
        ImportColumns.Read read = line.columns().read(line.row().cells(), checks);
        if (!checks.problems().isEmpty()) {
            outcomes.put(number, Outcome.rejected(number, checks.problems()));
            return Mono.empty();
        }
        NewCandidate candidate = read.candidate();
        Optional<Identity> identity =
                Identity.of(candidate.email(), candidate.phone()).stream().findFirst();
        return editing.position(candidate.positionId())
                .map(position -> new Taken(number, read, position.orElse(null), identity))
                .onErrorResume(Problem.class, wrong -> {
                    outcomes.put(number, Outcome.rejected(number, wrong.details()));
                    return Mono.empty();
                });
    }

    private Mono<Void> make(File file, List<Taken> taken, Map<Identity, UUID> known, Map<Integer, Outcome> outcomes) {
        List<Editing.Entry> entries = new ArrayList<>();
        Map<UUID, List<String>> tagged = new LinkedHashMap<>();
        Set<UUID> wanted = new HashSet<>();
        for (Taken row : taken) {
            UUID id = UuidV7.next(clock);
            UUID there = row.identity()
                    .map(identity -> known.putIfAbsent(identity, id))
                    .orElse(null);
            if (there != null) {
                // In a dry run nobody has been made of an earlier row.
                UUID told = file.dryRun() && wanted.contains(there) ? null : there;
                outcomes.put(row.row(), new Outcome(row.row(), "existing", told, List.of()));
                continue;
            }
            outcomes.put(
                    row.row(),
                    new Outcome(row.row(), file.dryRun() ? "valid" : "created", file.dryRun() ? null : id, List.of()));
            wanted.add(id);
            entries.add(new Editing.Entry(
                    id, row.read().candidate(), row.position(), row.read().status()));
            if (!row.read().tags().isEmpty()) {
                tagged.put(id, row.read().tags());
            }
        }
        if (entries.isEmpty() || file.dryRun()) {
            return Mono.empty();
        }
        return editing.insert(file.caller(), entries)
                .thenMany(Flux.fromIterable(tagged.entrySet()))
                .concatMap(each -> tags.add(file.caller(), each.getKey(), each.getValue()))
                .then();
    }

    private Mono<Void> record(File file, List<Outcome> outcomes) {
        String rows = json.writeValueAsString(outcomes.stream()
                .map(outcome -> {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    row.put("id", UuidV7.next(clock));
                    row.put("row", outcome.row());
                    row.put("outcome", outcome.status());
                    row.put("candidate", outcome.candidateId());
                    row.put("problems", outcome.details());
                    return row;
                })
                .toList());
        return database.sql(ROWS)
                .bind("account", file.caller().accountId())
                .bind("import", file.importId())
                .bind("rows", rows)
                .then()
                .then(Mono.defer(() -> database.sql(COUNT)
                        .bind("charset", file.csv().charset())
                        .bind("delimiter", String.valueOf(file.csv().delimiter()))
                        .bind("account", file.caller().accountId())
                        .bind("import", file.importId())
                        .bind("rows", rows)
                        .then()));
    }
}
