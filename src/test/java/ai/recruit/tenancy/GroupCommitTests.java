package ai.recruit.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class GroupCommitTests {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<List<String>> groups = new ArrayList<>();
    private final Sinks.Empty<Void> first = Sinks.empty();

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

    @AfterEach
    void restoreTime() {
        VirtualTimeScheduler.reset();
    }

    private GroupCommit<Character, String, String> commit(int most) {
        return new GroupCommit<>(most, item -> item.charAt(0), (key, items) -> {
            groups.add(items);
            if (items.stream().anyMatch(item -> item.endsWith("bad"))) {
                return Mono.error(new IllegalStateException("bad"));
            }
            Mono<Void> wait = groups.size() == 1 ? first.asMono() : Mono.empty();
            return wait.thenReturn(items.stream().map(item -> item + "!").toList());
        });
    }

    @Test
    void writesTogetherWhatComesWhileAnotherIsWritten() {
        GroupCommit<Character, String, String> commit = commit(2);
        List<Mono<String>> outcomes = Flux.just("a1", "a2", "b1", "a3", "a4")
                .map(commit::submit)
                .collectList()
                .block(PATIENCE);
        assertThat(groups).containsExactly(List.of("a1"));
        first.tryEmitEmpty().orThrow();
        assertThat(groups).containsExactly(List.of("a1"), List.of("a2", "a3"), List.of("b1"), List.of("a4"));
        StepVerifier.create(Flux.concat(outcomes == null ? List.of() : outcomes))
                .expectNext("a1!", "a2!", "b1!", "a3!", "a4!")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void letsMoreComeWhileSeveralComeAtATime() {
        GroupCommit<Character, String, String> commit = commit(10);
        submit(commit, "a1", "a2", "a3");
        first.tryEmitEmpty().orThrow();
        assertThat(groups).containsExactly(List.of("a1"), List.of("a2", "a3"));
        submit(commit, "a4", "a5");
        assertThat(groups).hasSize(2);
        time.advanceTimeBy(GroupCommit.SLOWEST_PACE);
        assertThat(groups).last().isEqualTo(List.of("a4", "a5"));
        time.advanceTimeBy(GroupCommit.SLOWEST_PACE);
        submit(commit, "a6");
        submit(commit, "a7");
        assertThat(groups).endsWith(List.of("a6"), List.of("a7"));
    }

    private static void submit(GroupCommit<Character, String, String> commit, String... items) {
        for (String item : items) {
            StepVerifier.create(commit.submit(item)).thenCancel().verify(PATIENCE);
        }
    }

    @Test
    void failsTheBadOneAlone() {
        GroupCommit<Character, String, String> commit = commit(10);
        Mono<String> before = commit.submit("a0");
        Mono<String> good = commit.submit("a1");
        Mono<String> bad = commit.submit("a2bad");
        Mono<String> other = commit.submit("a3");
        first.tryEmitEmpty().orThrow();
        StepVerifier.create(Flux.concat(before, good, other))
                .expectNext("a0!", "a1!", "a3!")
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(bad).expectErrorMessage("bad").verify(PATIENCE);
    }

    @Test
    void goesOnAfterManyThatEndAtOnce() {
        GroupCommit<Character, String, String> commit = commit(1);
        first.tryEmitEmpty().orThrow();
        StepVerifier.create(Flux.fromStream(IntStream.range(0, 10_000).mapToObj(i -> "a" + i))
                        .flatMap(commit::submit))
                .expectNextCount(10_000)
                .expectComplete()
                .verify(PATIENCE);
    }
}
