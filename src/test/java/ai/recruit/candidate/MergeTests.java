package ai.recruit.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import ai.recruit.IntegrationTest;
import ai.recruit.access.Caller;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.IdKind;
import ai.recruit.web.Preconditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two candidates become one, and two again. */
class MergeTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** More of them on demand: {@code -Drecruit.test.merges=2000}. */
    private static final int SEQUENCES = Integer.getInteger("recruit.test.merges", 40);

    private static final int AT_ONCE = 4;
    private static final int OF_ONE_ACCOUNT = 8;

    private static final List<String> STATUSES = CandidateStatus.WORDS;

    @Autowired
    private Merges merges;

    @Autowired
    private Editing editing;

    @Autowired
    private Candidates candidates;

    @Autowired
    private JsonMapper json;

    private ResponseSpec send(TestAccount account, HttpMethod method, String uri, Object body) {
        return http.method(method)
                .uri(uri)
                .headers(account::authorize)
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode node(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .is2xxSuccessful()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private String create(TestAccount account, Map<String, Object> fields) {
        return node(send(account, HttpMethod.POST, "/api/v1/candidates", fields))
                .path("id")
                .asString();
    }

    private JsonNode get(TestAccount account, String id) {
        return node(http.get()
                .uri("/api/v1/candidates/" + id)
                .headers(account::authorize)
                .exchange());
    }

    @Test
    void aMergeChoosesFieldByFieldAndOldIdsKeepWorking() {
        TestAccount recruiter = accounts.recruiter();
        String kate = create(
                recruiter,
                Map.of(
                        "first_name",
                        "Kate",
                        "last_name",
                        "Old",
                        "email",
                        "kate@example.com",
                        "skills",
                        List.of("Java")));
        String katya = create(
                recruiter,
                Map.of(
                        "first_name",
                        "Екатерина",
                        "last_name",
                        "New",
                        "email",
                        "katya@example.com",
                        "title",
                        "Engineer",
                        "skills",
                        List.of("SQL")));
        node(send(
                recruiter,
                HttpMethod.POST,
                "/api/resumes/candidates/" + katya + "/notes",
                Map.of("content", "of Katya")));

        JsonNode merged = node(send(
                recruiter,
                HttpMethod.POST,
                "/api/v1/candidates/" + kate + "/merge",
                Map.of("merged_id", katya, "choices", Map.of("email", "merged"))));

        JsonNode now = get(recruiter, katya);
        assertThat(now.path("id").asString()).isEqualTo(kate);
        assertThat(now.path("first_name").asString()).isEqualTo("Kate");
        assertThat(now.path("email").asString()).isEqualTo("katya@example.com");
        assertThat(now.path("title").asString()).isEqualTo("Engineer");
        assertThat(now.path("skills").valueStream().map(JsonNode::asString)).containsExactly("Java", "SQL");
        assertThat(node(http.get()
                                .uri("/api/v1/candidates")
                                .headers(recruiter::authorize)
                                .exchange())
                        .path("data"))
                .hasSize(1);
        assertThat(node(http.get()
                                .uri("/api/resumes/candidates/" + kate)
                                .headers(recruiter::authorize)
                                .exchange())
                        .path("notes"))
                .hasSize(1);
        node(send(recruiter, HttpMethod.PATCH, "/api/v1/candidates/" + katya, Map.of("location", "Berlin")));

        String undo = "/api/v1/candidates/merges/" + merged.path("merge_id").asString() + "/undo";
        node(send(recruiter, HttpMethod.POST, undo, Map.of()));

        JsonNode again = get(recruiter, kate);
        assertThat(again.path("email").asString()).isEqualTo("kate@example.com");
        assertThat(again.path("title").isNull()).isTrue();
        assertThat(again.path("location").asString()).isEqualTo("Berlin");
        assertThat(again.path("skills").valueStream().map(JsonNode::asString)).containsExactly("Java");
        JsonNode other = get(recruiter, katya);
        assertThat(other.path("id").asString()).isEqualTo(katya);
        assertThat(other.path("email").asString()).isEqualTo("katya@example.com");
        assertThat(other.path("location").isNull()).isTrue();
        send(recruiter, HttpMethod.POST, undo, Map.of()).expectStatus().isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void aShareOfAMergedCandidateDoesNotOpenTheSurvivorAndIsBackWhenTheMergeIsTakenBack() {
        TestAccount recruiter = accounts.recruiter();
        TestAccount colleague = accounts.recruiter();
        String shown = create(recruiter, Map.of("first_name", "Shown", "email", "shown@example.com"));
        String other = create(recruiter, Map.of("first_name", "Other", "email", "other@example.com"));
        send(
                        accounts.admin(),
                        HttpMethod.POST,
                        "/api/resumes/admin/candidates/share",
                        Map.of(
                                "candidate_ids",
                                List.of(shown),
                                "recruiter_ids",
                                List.of(colleague.publicId()),
                                "can_view_contact_info",
                                true))
                .expectStatus()
                .is2xxSuccessful();
        assertThat(get(colleague, shown).path("email").asString()).isEqualTo("shown@example.com");
        String merge = node(send(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/candidates/" + other + "/merge",
                        Map.of("merged_id", shown)))
                .path("merge_id")
                .asString();
        for (String id : List.of(shown, other)) {
            for (String path : List.of(
                    "/api/v1/candidates/" + id,
                    "/api/resumes/candidates/" + id,
                    "/api/resumes/candidates/" + id + "/notes",
                    "/api/matching/candidates/" + id + "/matches")) {
                http.get()
                        .uri(path)
                        .headers(colleague::authorize)
                        .exchange()
                        .expectStatus()
                        .isNotFound();
            }
        }
        for (String list : List.of("/api/v1/candidates", "/api/resumes/candidates")) {
            assertThat(node(http.get().uri(list).headers(colleague::authorize).exchange())
                            .toString())
                    .doesNotContain(shown)
                    .doesNotContain(other);
        }
        node(send(recruiter, HttpMethod.POST, "/api/v1/candidates/merges/" + merge + "/undo", Map.of()));
        assertThat(get(colleague, shown).path("email").asString()).isEqualTo("shown@example.com");
        http.get()
                .uri("/api/v1/candidates/" + other)
                .headers(colleague::authorize)
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void refusesWhatCannotBeMerged() {
        TestAccount recruiter = accounts.recruiter();
        String one = create(recruiter, Map.of("first_name", "A", "phone", "12345678"));
        String foreign = create(accounts.recruiter(), Map.of("first_name", "B", "phone", "12345679"));
        String path = "/api/v1/candidates/" + one + "/merge";
        send(recruiter, HttpMethod.POST, path, Map.of("merged_id", one))
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("merged_id", foreign),
                Map.of("merged_id", "cand_" + "0".repeat(32)),
                Map.of("merged_id", one, "choices", Map.of("shoe_size", "merged")),
                Map.of("merged_id", one, "choices", Map.of("email", "both")))) {
            send(recruiter, HttpMethod.POST, path, wrong).expectStatus().isBadRequest();
        }
        send(recruiter, HttpMethod.POST, "/api/v1/candidates/" + foreign + "/merge", Map.of("merged_id", one))
                .expectStatus()
                .isNotFound();
        send(accounts.recruiter(), HttpMethod.POST, path, Map.of("merged_id", foreign))
                .expectStatus()
                .isNotFound();
    }

    @Test
    void findsTheSamePersonInAnotherAlphabetAndForgetsWhenMerged() {
        TestAccount recruiter = accounts.recruiter();
        String katya = create(
                recruiter,
                Map.of(
                        "first_name",
                        "Катя",
                        "last_name",
                        "Щербакова",
                        "phone",
                        "+7 (912) 345-67-89",
                        "email",
                        "k@a.example"));
        String kate = create(
                recruiter,
                Map.of(
                        "first_name",
                        "Kate",
                        "last_name",
                        "Shcherbakova",
                        "phone",
                        "8 912 345 67 89",
                        "email",
                        "k@b.example"));
        create(recruiter, Map.of("first_name", "Olga", "last_name", "Shcherbakova", "email", "o@b.example"));

        JsonNode pair = await().atMost(PATIENCE)
                .until(() -> duplicates(recruiter, kate), pairs -> pairs.size() == 1)
                .path(0);
        assertThat(pair.path("candidates")
                        .valueStream()
                        .map(one -> one.path("id").asString()))
                .containsExactlyInAnyOrder(katya, kate);
        assertThat(pair.path("reasons")
                        .valueStream()
                        .map(reason -> reason.path("code").asString()))
                .contains("same_phone", "short_name");
        assertThat(duplicates(accounts.recruiter(), null)).isEmpty();

        JsonNode merged = node(
                send(recruiter, HttpMethod.POST, "/api/v1/candidates/" + kate + "/merge", Map.of("merged_id", katya)));
        assertThat(duplicates(recruiter, null)).isEmpty();
        node(send(
                recruiter,
                HttpMethod.POST,
                "/api/v1/candidates/merges/" + merged.path("merge_id").asString() + "/undo",
                Map.of()));
        String again = await().atMost(PATIENCE)
                .until(() -> duplicates(recruiter, null), pairs -> pairs.size() == 1)
                .path(0)
                .path("id")
                .asString();
        send(recruiter, HttpMethod.POST, "/api/v1/candidates/duplicates/" + again + "/dismiss", Map.of())
                .expectStatus()
                .isNoContent();
        send(accounts.recruiter(), HttpMethod.POST, "/api/v1/candidates/duplicates/" + again + "/dismiss", Map.of())
                .expectStatus()
                .isNotFound();
        assertThat(duplicates(recruiter, null)).isEmpty();
    }

    private JsonNode duplicates(TestAccount account, @Nullable String id) {
        return node(http.get()
                        .uri("/api/v1/candidates/" + (id == null ? "" : id + "/") + "duplicates")
                        .headers(account::authorize)
                        .exchange())
                .path("data");
    }

    /** What a candidate would be like had there never been a merge. */
    private static final class Person {

        final Map<String, @Nullable Object> fields = new TreeMap<>();
        final Set<String> skills = new TreeSet<>();
    }

    @Test
    void randomMergesAndTheirEndInAnyOrderLeaveEverybodyAsTheyWereWithLaterChanges() {
        // Some sequences share an account, so that they meet each other's people, and some run at the same time.
        Map<Integer, Caller> callers = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> all = IntStream.range(0, SEQUENCES)
                    .<Future<?>>mapToObj(seed -> threads.submit(() -> sequence(
                            callers.computeIfAbsent(
                                    seed / OF_ONE_ACCOUNT,
                                    some -> accounts.recruiter().caller()),
                            new Random(seed),
                            "seed " + seed)))
                    .toList();
            for (Future<?> one : all) {
                assertThatNoException().isThrownBy(one::get);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void sequence(Caller caller, Random random, String name) {
        Map<UUID, Person> people = new LinkedHashMap<>();
        Map<UUID, UUID> leads = new HashMap<>();
        // The merge, and who was merged by it.
        Map<UUID, UUID> open = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            Candidate made = Objects.requireNonNull(editing.create(
                            caller,
                            new NewCandidate(
                                    "First" + i,
                                    "Last" + i,
                                    null,
                                    "+1 555 000" + i + random.nextInt(10_000),
                                    null,
                                    "s" + i,
                                    null,
                                    random.nextBoolean() ? "Title" + i : null,
                                    random.nextBoolean() ? "Place" + i : null,
                                    null,
                                    List.of("common", "skill" + i),
                                    i))
                    .block(PATIENCE));
            people.put(made.id(), person(made));
        }
        List<UUID> ids = new ArrayList<>(people.keySet());
        for (int step = 0; step < 12; step++) {
            UUID one = ids.get(random.nextInt(ids.size()));
            UUID other = ids.get(random.nextInt(ids.size()));
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (!root(leads, one).equals(root(leads, other))) {
                        Merges.Merged merged = Objects.requireNonNull(merges.merge(
                                        caller,
                                        IdKind.CANDIDATE.format(one),
                                        new NewMerge(IdKind.CANDIDATE.format(other), choices(random)))
                                .block(PATIENCE));
                        open.put(merged.mergeId(), root(leads, other));
                        leads.put(root(leads, other), root(leads, one));
                        led(caller, ids, leads, name);
                    }
                }
                case 1 -> {
                    if (!open.isEmpty()) {
                        undo(caller, random, open, leads);
                        led(caller, ids, leads, name);
                    }
                }
                default -> edit(caller, random, one, people, leads);
            }
        }
        while (!open.isEmpty()) {
            undo(caller, random, open, leads);
        }
        people.forEach((id, person) -> {
            Person now = person(read(caller, id));
            assertThat(now.fields).as(name).isEqualTo(person.fields);
            assertThat(now.skills).as(name).isEqualTo(person.skills);
        });
    }

    /** Every id leads to whom it should; a change of fields leads nobody elsewhere, so it needs no such look. */
    private void led(Caller caller, List<UUID> ids, Map<UUID, UUID> leads, String name) {
        ids.forEach(id -> assertThat(read(caller, id).id()).as(name).isEqualTo(root(leads, id)));
    }

    private void undo(Caller caller, Random random, Map<UUID, UUID> open, Map<UUID, UUID> leads) {
        List<UUID> all = new ArrayList<>(open.keySet());
        UUID merge = all.get(random.nextInt(all.size()));
        assertThat(merges.undo(caller, IdKind.MERGE.format(merge)).block(PATIENCE))
                .isNotNull();
        leads.remove(open.remove(merge));
    }

    private void edit(Caller caller, Random random, UUID id, Map<UUID, Person> people, Map<UUID, UUID> leads) {
        Candidate before = read(caller, id);
        Map<String, Object> change =
                switch (random.nextInt(4)) {
                    case 0 -> Map.of("title", "Edited" + random.nextInt(1000));
                    case 1 -> Map.of("status", STATUSES.get(random.nextInt(STATUSES.size())));
                    case 2 -> Map.of("first_name", "Named" + random.nextInt(1000), "location", "Town");
                    default -> Map.of("skills", skills(random, before));
                };
        assertThat(before.id()).isEqualTo(root(leads, id));
        Candidate after = Objects.requireNonNull(editing.change(
                                caller, IdKind.CANDIDATE.format(id), json.valueToTree(change), Preconditions.NONE)
                        .block(PATIENCE))
                .candidate();
        Person person = Objects.requireNonNull(people.get(root(leads, id)));
        Map<String, @Nullable Object> was = person(before).fields;
        person(after).fields.forEach((field, value) -> {
            if (!Objects.equals(was.get(field), value)) {
                person.fields.put(field, value);
            }
        });
        before.skills().stream()
                .filter(skill -> !after.skills().contains(skill))
                .forEach(person.skills::remove);
        after.skills().stream()
                .filter(skill -> !before.skills().contains(skill))
                .forEach(person.skills::add);
    }

    private static List<String> skills(Random random, Candidate before) {
        Set<String> skills = new HashSet<>(before.skills());
        skills.removeIf(skill -> random.nextInt(3) == 0);
        skills.add("new" + random.nextInt(20));
        return List.copyOf(skills);
    }

    private static Map<String, @Nullable String> choices(Random random) {
        Map<String, @Nullable String> choices = new HashMap<>();
        for (String field : List.of("name", "phone", "title", "location", "status", "source", "experience_years")) {
            if (random.nextBoolean()) {
                choices.put(field, random.nextBoolean() ? "merged" : "survivor");
            }
        }
        return choices;
    }

    private static UUID root(Map<UUID, UUID> leads, UUID id) {
        UUID root = id;
        while (leads.containsKey(root)) {
            root = Objects.requireNonNull(leads.get(root));
        }
        return root;
    }

    private Candidate read(Caller caller, UUID id) {
        return Objects.requireNonNull(candidates.get(caller.tenant(), id).block(PATIENCE));
    }

    private static Person person(Candidate candidate) {
        Person person = new Person();
        // A first and a last name are one field.
        person.fields.put("name", candidate.firstName() + " " + candidate.lastName());
        person.fields.put("phone", candidate.phone());
        person.fields.put("title", candidate.title());
        person.fields.put("location", candidate.location());
        person.fields.put("status", candidate.status());
        person.fields.put("source", candidate.source());
        person.fields.put("months", candidate.experienceMonths());
        person.skills.addAll(candidate.skills());
        return person;
    }
}
