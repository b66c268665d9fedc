package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.IntegrationTest;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.r2dbc.pool.ConnectionPool;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reader of lists on rows that PostgreSQL makes up, so that there are many of them at once. */
class ListStreamTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 15_000;

    /** Two keys, the first with many equal values, as in a list by score; texts with line breaks. */
    private static final RowList NUMBERS = numbers(ROWS);

    private static RowList numbers(int rows) {
        return new RowList(
                        "numbers",
                        IdKind.JOB,
                        "n.*",
                        "(select i / 100 as score, md5(i::text)::uuid as id, i from generate_series(1, " + rows
                                + ") i) n",
                        "r.i, r.score, r.id, 'Zeile' || chr(10) || repeat('ж', 200) as text",
                        List.of(
                                new RowList.Key("n.score", RowList.KeyType.NUMBER),
                                new RowList.Key("n.id", RowList.KeyType.ID)),
                        List.of(),
                        Set.of(),
                        RowList.Tail.of(Set.of(), Set.of()))
                .exportedAs("numbers.exported", "numbers", RowList.Cell.of("i"), RowList.Cell.of("text"));
    }

    @Autowired
    private ListReader reader;

    @Autowired
    private ConnectionPool connections;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private JsonMapper json;

    private String read(RowList list, ListShape shape) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StepVerifier.create(reader.all(Tenant.system(), list, shape, List.of())
                        .doOnNext(slice -> bytes.write(slice.bytes(), slice.from(), slice.length()))
                        .then())
                .expectComplete()
                .verify(PATIENCE);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void readsEveryRowOnceAndInOrder() {
        List<JsonNode> rows =
                read(NUMBERS, ListShape.LINES).lines().map(json::readTree).toList();

        assertThat(rows).hasSize(ROWS);
        assertThat(rows).extracting(row -> row.path("i").asInt()).doesNotHaveDuplicates();
        assertThat(rows)
                .isSortedAccordingTo(Comparator.<JsonNode>comparingInt(
                                row -> row.path("score").asInt())
                        .thenComparing(row -> row.path("id").asString())
                        .reversed());
        assertThat(rows.get(0).path("text").asString()).startsWith("Zeile\nжж");
    }

    @ParameterizedTest
    @EnumSource(ListShape.class)
    void framesListsOfEveryLength(ListShape shape) {
        for (int length : new int[] {0, 1, 2, 127, 128, 129, 256, 257}) {
            String text = read(numbers(length), shape);
            if (shape == ListShape.LINES) {
                assertThat(text.lines()).hasSize(length);
                assertThat(text.isEmpty() || text.endsWith("}\n")).isTrue();
            } else if (shape == ListShape.LIVE) {
                assertThat(text.split("\n\n", -1)).hasSize(length + 1);
                assertThat(text.replaceAll("(event: item\ndata: \\{.*}\n\n)*", ""))
                        .isEmpty();
            } else if (shape == ListShape.TABLE) {
                assertThat(text.split("\r\n", -1)).hasSize(length + 1);
                assertThat(text.replaceAll("(\\d+,\"Zeile\nж{200}\"\r\n)*", "")).isEmpty();
            }
        }
    }

    /** Asks for some slices and then never again. */
    private static final class Stalled extends BaseSubscriber<ListReader.Slice> {

        private final int wanted;
        private volatile int received;

        Stalled(int wanted) {
            this.wanted = wanted;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(wanted);
        }

        @Override
        protected void hookOnNext(ListReader.Slice slice) {
            received++;
        }

        boolean stalled() {
            return received == wanted;
        }
    }

    @Test
    void holdsNoConnectionForClientsThatDoNotRead() {
        List<Stalled> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Stalled client = new Stalled(1 + i % 3 * 20);
            reader.all(Tenant.system(), NUMBERS, ListShape.LINES, List.of()).subscribe(client);
            clients.add(client);
        }
        await().atMost(PATIENCE).until(() -> clients.stream().allMatch(Stalled::stalled));

        // More clients stand still than there are connections, and everybody else still gets one.
        everybodyElseIsServed();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                Objects.requireNonNull(connections.getMetrics().orElse(null))
                                        .acquiredSize())
                        .isLessThan(8));
        clients.forEach(BaseSubscriber::cancel);
    }

    @Test
    void goesOnForAClientThatComesBackToReading() {
        Stalled client = new Stalled(1);
        reader.all(Tenant.system(), NUMBERS, ListShape.LINES, List.of()).subscribe(client);
        await().atMost(PATIENCE).until(client::stalled);

        client.requestUnbounded();

        await().atMost(PATIENCE).until(client::isDisposed);
        assertThat(client.received).isGreaterThan(100);
    }

    @Test
    void releasesItsConnectionWhenTheClientLeaves() {
        RowList slow = numbers(200).where("pg_sleep(0.001) is not null");
        for (int i = 0; i < 40; i++) {
            Stalled client = new Stalled(1000);
            reader.all(Tenant.system(), slow, ListShape.LINES, List.of()).subscribe(client);
            // In the midst of it: acquiring, beginning, reading.
            StepVerifier.create(Mono.delay(Duration.ofMillis(i)))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
            client.cancel();
        }

        everybodyElseIsServed();
    }

    private void everybodyElseIsServed() {
        StepVerifier.create(Flux.range(0, 100).flatMap(i -> transactions.mono(Tenant.system(), this::one), 8))
                .expectNextCount(100)
                .expectComplete()
                .verify(PATIENCE);
    }

    private Mono<Integer> one() {
        return database.sql("select 1")
                .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                .one();
    }
}
