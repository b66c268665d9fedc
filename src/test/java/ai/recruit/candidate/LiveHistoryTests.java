package ai.recruit.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.IntegrationTest;
import ai.recruit.access.Caller;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.web.Preconditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who follows the list of candidates, and is cut off again and again, ends with what the list holds. */
class LiveHistoryTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** More and longer ones on demand: {@code -Drecruit.test.histories=20 -Drecruit.test.changes=2000}. */
    private static final int HISTORIES = Integer.getInteger("recruit.test.histories", 2);

    private static final int CHANGES = Integer.getInteger("recruit.test.changes", 150);
    private static final int CUTS = 20;

    @Autowired
    private Editing editing;

    @Autowired
    private Tags tags;

    @Autowired
    private Shares shares;

    @Autowired
    private Merges merges;

    @Autowired
    private Views views;

    @Autowired
    private Candidates candidates;

    @Autowired
    private JsonMapper json;

    @LocalServerPort
    private int port;

    /** A reader who keeps what the stream has told. */
    private final class Reader {

        private final TestAccount account;
        private final Map<String, JsonNode> rows = new TreeMap<>();
        private final List<String> shown = new ArrayList<>();
        private @Nullable String place;
        private @Nullable Disposable connection;

        Reader(TestAccount account) {
            this.account = account;
        }

        synchronized void connect() {
            WebClient.RequestHeadersSpec<?> request = WebClient.create("http://127.0.0.1:" + port)
                    .get()
                    .uri("/api/resumes/candidates")
                    .headers(account::authorize)
                    .accept(MediaType.TEXT_EVENT_STREAM);
            if (place == null) {
                rows.clear();
            } else {
                request.header("Last-Event-ID", place);
            }
            connection = request.retrieve()
                    .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<JsonNode>>() {})
                    .onErrorComplete()
                    .subscribe(this::take);
        }

        synchronized void cut() {
            if (connection != null) {
                connection.dispose();
            }
        }

        private synchronized void take(ServerSentEvent<JsonNode> event) {
            if (connection != null && connection.isDisposed() || event.event() == null) {
                return;
            }
            JsonNode data = Objects.requireNonNull(event.data());
            String id = data.path("id").asString("");
            switch (event.event()) {
                case "item" -> {
                    rows.put(id, data);
                    shown.add(id);
                }
                case "removed" -> rows.remove(id);
                case "resync" -> rows.clear();
                default -> assertThat(event.event()).isEqualTo("snapshot_end");
            }
            if (event.id() != null) {
                place = event.id();
            }
        }

        synchronized Map<String, JsonNode> rows() {
            return new TreeMap<>(rows);
        }

        synchronized int shown() {
            return shown.size();
        }

        synchronized List<String> shownSince(int from) {
            return List.copyOf(shown.subList(from, shown.size()));
        }
    }

    @Test
    void aReaderWhoIsCutOffAgainAndAgainEndsWithWhatTheListHolds() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            history(new Random(seed), "seed " + seed);
        }
    }

    @Test
    void aMergeThatIsTakenBackFurtherDownIsToldOfEverybodyAbove() {
        TestAccount reader = accounts.recruiter();
        Random random = new Random(7);
        String top = IdKind.CANDIDATE.format(create(reader.caller(), random));
        String middle = IdKind.CANDIDATE.format(create(reader.caller(), random));
        String bottom = IdKind.CANDIDATE.format(create(reader.caller(), random));
        Merges.Merged lower = Objects.requireNonNull(merges.merge(reader.caller(), middle, new NewMerge(bottom, null))
                .block(PATIENCE));
        run(merges.merge(reader.caller(), top, new NewMerge(middle, null)));
        Reader follower = new Reader(reader);
        follower.connect();
        await().atMost(PATIENCE).until(() -> follower.rows().containsKey(top));

        run(merges.undo(reader.caller(), IdKind.MERGE.format(lower.mergeId())));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(follower.rows())
                        .containsOnlyKeys(top, bottom)
                        .isEqualTo(table(reader)));
        follower.cut();
    }

    private void history(Random random, String name) {
        TestAccount reader = accounts.recruiter();
        TestAccount other = accounts.recruiter();
        Caller admin = accounts.admin().caller();
        List<UUID> own = new ArrayList<>();
        List<UUID> foreign = new ArrayList<>();
        Map<UUID, UUID> shared = new HashMap<>();
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            own.add(create(reader.caller(), random));
            foreign.add(create(other.caller(), random));
        }
        Reader follower = new Reader(reader);
        follower.connect();
        for (int step = 0; step < CHANGES; step++) {
            if (step % Math.max(1, CHANGES / CUTS) == 0) {
                follower.cut();
                follower.connect();
            }
            UUID one = own.get(random.nextInt(own.size()));
            UUID theirs = foreign.get(random.nextInt(foreign.size()));
            switch (random.nextInt(10)) {
                case 0 -> own.add(create(reader.caller(), random));
                case 1 -> run(tags.add(reader.caller(), one, List.of("t" + random.nextInt(5))));
                case 2 -> {
                    shared.put(theirs, share(admin, theirs, reader, random));
                    if (random.nextBoolean()) {
                        run(tags.add(reader.caller(), theirs, List.of("shared")));
                    }
                }
                case 3 -> {
                    UUID share = shared.remove(theirs);
                    if (share != null) {
                        run(shares.revoke(admin, IdKind.SHARE.format(share)));
                    }
                }
                case 4 -> edit(other.caller(), theirs, random);
                case 5 -> {
                    UUID another = own.get(random.nextInt(own.size()));
                    run(merges.merge(
                                    reader.caller(),
                                    IdKind.CANDIDATE.format(one),
                                    new NewMerge(IdKind.CANDIDATE.format(another), null))
                            .doOnNext(done -> merged.add(IdKind.MERGE.format(done.mergeId())))
                            .onErrorResume(Problem.class, alreadyOne -> Mono.empty()));
                }
                case 6 -> {
                    if (!merged.isEmpty()) {
                        run(merges.undo(reader.caller(), merged.remove(random.nextInt(merged.size()))));
                    }
                }
                case 7 ->
                    run(candidates
                            .get(reader.caller().tenant(), one)
                            .flatMap(seen -> views.opened(reader.caller(), seen)));
                default -> edit(reader.caller(), one, random);
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(follower.rows()).as(name).isEqualTo(table(reader)));

        // After a share is revoked no further frame shows the candidate, whatever their owner does with them.
        UUID gone = foreign.get(0);
        UUID share = shared.containsKey(gone)
                ? Objects.requireNonNull(shared.get(gone))
                : share(admin, gone, reader, random);
        run(shares.revoke(admin, IdKind.SHARE.format(share)));
        await().atMost(PATIENCE).until(() -> !follower.rows().containsKey(IdKind.CANDIDATE.format(gone)));
        int before = follower.shown();
        for (int i = 0; i < 5; i++) {
            edit(other.caller(), gone, random);
        }
        UUID last = create(reader.caller(), random);
        await().atMost(PATIENCE).until(() -> follower.rows().containsKey(IdKind.CANDIDATE.format(last)));
        assertThat(follower.shownSince(before)).doesNotContain(IdKind.CANDIDATE.format(gone));
        follower.cut();
    }

    private Map<String, JsonNode> table(TestAccount account) {
        Map<String, JsonNode> rows = new TreeMap<>();
        String lines = Objects.requireNonNullElse(
                http.get()
                        .uri("/api/resumes/candidates")
                        .headers(account::authorize)
                        .accept(MediaType.APPLICATION_NDJSON)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody(),
                "");
        lines.lines().map(json::readTree).forEach(row -> rows.put(row.path("id").asString(), row));
        return rows;
    }

    private UUID create(Caller caller, Random random) {
        return Objects.requireNonNull(editing.create(
                                caller,
                                new NewCandidate(
                                        "First" + random.nextInt(100),
                                        "Last",
                                        UUID.randomUUID() + "@example.com",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null))
                        .block(PATIENCE))
                .id();
    }

    private void edit(Caller caller, UUID id, Random random) {
        Map<String, String> change = random.nextBoolean()
                ? Map.of("title", "Title" + random.nextInt(1000))
                : Map.of("status", CandidateStatus.WORDS.get(random.nextInt(CandidateStatus.WORDS.size())));
        run(editing.change(caller, IdKind.CANDIDATE.format(id), json.valueToTree(change), Preconditions.NONE));
    }

    private UUID share(Caller admin, UUID candidate, TestAccount with, Random random) {
        return Objects.requireNonNull(shares.share(
                                admin,
                                new NewShare(
                                        List.of(IdKind.CANDIDATE.format(candidate)),
                                        List.of(with.publicId()),
                                        random.nextBoolean(),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null))
                        .block(PATIENCE))
                .get(0)
                .id();
    }

    private static void run(Mono<?> change) {
        assertThat(change.then(Mono.just(true)).block(PATIENCE)).isTrue();
    }
}
