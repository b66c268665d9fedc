package ai.recruit.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.enrichment.EnrichmentFailed.Reason;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.SampleResumes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class OpenAiEnrichmentsTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ParsedResume RESUME = Parsed.resume(SampleResumes.txt(SampleResumes.person(77)));

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private JsonMapper json;

    /** A model of its own, so that no other test spends its tokens. */
    private final ModelServer server = new ModelServer("model-" + UUID.randomUUID());

    @AfterEach
    void stop() {
        server.close();
    }

    private Enrichments client() {
        return server.client(redis, json);
    }

    private Enrichments client(UnaryOperator<EnrichmentProperties> change) {
        return server.client(redis, json, change);
    }

    private static EnrichmentProperties with(
            EnrichmentProperties p, String key, int attempts, int perMinute, long tokens, Duration circuit) {
        return new EnrichmentProperties(
                key,
                p.baseUrl(),
                p.model(),
                p.timeout(),
                attempts,
                p.pause(),
                perMinute,
                tokens,
                p.maxCharacters(),
                p.maxTokens(),
                circuit);
    }

    private static void fails(Enrichments client, Reason reason) {
        StepVerifier.create(client.describe(RESUME))
                .expectErrorSatisfies(failure -> {
                    assertThat(failure).isInstanceOf(EnrichmentFailed.class);
                    assertThat(((EnrichmentFailed) failure).reason()).isEqualTo(reason);
                    // Neither the key nor what the server repeats of the resume.
                    assertThat(failure.toString()).doesNotContain(ModelServer.KEY, "messages");
                })
                .verify(PATIENCE);
    }

    private static void answers(Enrichments client) {
        StepVerifier.create(client.describe(RESUME))
                .assertNext(text -> {
                    assertThat(text.summary()).isEqualTo(ModelServer.SUMMARY);
                    assertThat(text.insights()).containsExactly(ModelServer.INSIGHT);
                })
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void asksAsDocumented() {
        answers(client());
        assertThat(server.received()).hasSize(1);
        assertThat(json.readTree(server.received().get(0)).propertyNames())
                .containsExactlyInAnyOrder("model", "messages", "temperature", "max_tokens", "response_format");
    }

    @Test
    void asksForOneFollowUpToEachQuestion() {
        server.then(
                new ModelServer.Content("{\"follow_ups\": [\"too few\"]}", 5),
                new ModelServer.Content(
                        "{\"follow_ups\": [\"Why <b>so</b>?\", \"See https://example.com/x then?\"]}", 5));
        StepVerifier.create(client().followUps(List.of("Why {skill}?", "What then?"), false))
                .assertNext(texts -> assertThat(texts).containsExactly("Why so ?", "See then?"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.received()).hasSize(2);
        assertThat(server.received().get(1)).contains("Why {skill}?", "English");
    }

    @Test
    void triesAgainWhatMayPass() {
        server.then(new ModelServer.Status(429, "1"), new ModelServer.Raw("{\"choices\":[]}"));
        long began = System.nanoTime();
        answers(client());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(server.received()).hasSize(3);
    }

    @Test
    void waitsForNoServerForLong() {
        server.then(new ModelServer.Silence(), new ModelServer.Status(503, null));
        answers(client());
        assertThat(server.received()).hasSize(3);
    }

    @Test
    void givesUpAfterItsAttempts() {
        server.then(
                new ModelServer.Status(500, null),
                new ModelServer.Status(502, null),
                new ModelServer.Status(500, null),
                new ModelServer.Status(500, null));
        fails(client(), Reason.UNAVAILABLE);
        assertThat(server.received()).hasSize(3);
    }

    @Test
    void doesNotTryAgainWhatStaysWrong() {
        fails(client(p -> with(p, "sk-wrong", 3, 1_000, 1_000_000, Duration.ofSeconds(30))), Reason.REFUSED);
        assertThat(server.received()).isEmpty();
        server.then(new ModelServer.Status(400, null));
        fails(client(), Reason.REFUSED);
        assertThat(server.received()).hasSize(1);
        server.then(new ModelServer.Status(429, "86400"));
        fails(client(), Reason.UNAVAILABLE);
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void takesNoAnswerThatIsSomethingElse() {
        for (String content :
                new String[] {"no json", "[]", "{\"summary\": 5}", "{\"summary\": \" \"}", "{\"text\": \"\"}"}) {
            server.then(
                    new ModelServer.Content(content, 10),
                    new ModelServer.Content(content, 10),
                    new ModelServer.Content(content, 10));
            fails(client(), Reason.MALFORMED);
        }
    }

    @Test
    void leavesAServerAloneThatFails() {
        Enrichments client = client(p -> with(p, ModelServer.KEY, 1, 1_000, 1_000_000, Duration.ofMillis(500)));
        for (int i = 0; i < 5; i++) {
            server.then(new ModelServer.Status(500, null));
            fails(client, Reason.UNAVAILABLE);
        }
        fails(client, Reason.UNAVAILABLE);
        assertThat(server.received()).hasSize(5);
        // With more than one attempt a resume waits until the server may be asked again.
        StepVerifier.create(client.describe(RESUME)
                        .retryWhen(reactor.util.retry.Retry.fixedDelay(20, Duration.ofMillis(100))))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.received()).hasSize(6);
    }

    @Test
    void spendsNoMoreThanTheDaysTokensOnAnyNode() {
        UnaryOperator<EnrichmentProperties> poor = p -> with(p, ModelServer.KEY, 3, 1_000, 100, Duration.ofSeconds(30));
        answers(client(poor));
        fails(client(poor), Reason.BUDGET);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void waitsForItsTurn() {
        Enrichments slow = client(p -> with(p, ModelServer.KEY, 3, 1, 1_000_000, Duration.ofSeconds(30)));
        answers(slow);
        StepVerifier.create(slow.describe(RESUME))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .thenCancel()
                .verify(PATIENCE);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void keepsPlainTextOnly() {
        server.then(new ModelServer.Content(
                "```json\n{\"summary\": \"A <b>good</b>\\u0000 engineer, see [this](https://evil.example) or"
                        + " https://evil.example/x.\", \"insights\": [\"[NAME] led\\u202e teams\", 7, \"\", \""
                        + "x".repeat(400) + "\"], \"score\": 100}\n```",
                10));
        StepVerifier.create(client().describe(RESUME))
                .assertNext(text -> {
                    assertThat(text.summary()).isEqualTo("A good engineer, see or");
                    assertThat(text.insights()).hasSize(2);
                    assertThat(text.insights().get(0)).isEqualTo("… led teams");
                    assertThat(text.insights().get(1)).hasSize(300).endsWith("…");
                })
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void isOffWithoutAKey() {
        Enrichments off = client(p -> with(p, " ", 3, 1_000, 1_000_000, Duration.ofSeconds(30)));
        assertThat(off.enabled()).isFalse();
        fails(off, Reason.OFF);
        assertThat(server.received()).isEmpty();
    }
}
