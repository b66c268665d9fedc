package ai.recruit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class BlockHoundTests {

    @Test
    void failsAThreadThatMustNotBlockWhenItSleeps() {
        StepVerifier.create(Mono.fromCallable(() -> {
                            Thread.sleep(1);
                            return "slept";
                        })
                        .subscribeOn(Schedulers.parallel()))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .hasMessageContaining("Blocking call")
                        .hasMessageContaining("sleep"))
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void letsAThreadThatMayBlockSleep() {
        StepVerifier.create(Mono.fromCallable(() -> {
                            Thread.sleep(1);
                            return "slept";
                        })
                        .subscribeOn(Schedulers.boundedElastic()))
                .expectNext("slept")
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }
}
