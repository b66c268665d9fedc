package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProcessorTimeTests {

    @Test
    void countsWorkAndNotWaiting() throws InterruptedException {
        ProcessorTime time = ProcessorTime.ofThisThread();
        assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(time.used()).isLessThan(Duration.ofMillis(150));
        long sum = 0;
        while (time.used().compareTo(Duration.ofMillis(200)) < 0) {
            sum += LongStream.range(0, 1_000_000).sum();
        }
        assertThat(sum).isPositive();
    }

    @Test
    void isAskedByAnotherThread() throws InterruptedException {
        ProcessorTime time = ProcessorTime.ofThisThread();
        Duration[] seen = new Duration[1];
        Thread other = new Thread(() -> seen[0] = time.used());
        other.start();
        other.join();
        assertThat(seen[0]).isBetween(Duration.ZERO, Duration.ofSeconds(5));
    }

    @Test
    void endsTheReadingOfWhatTakesTooLong() {
        byte[] document = SampleResumes.pdf(SampleResumes.person(1));
        ParsingLimits none = ParsingLimits.defaults().withTime(Duration.ofNanos(1));
        assertThatExceptionOfType(UnreadableDocument.class)
                .isThrownBy(() -> new TextExtractor().extract(document, none))
                .matches(reason -> reason.outcome() == Outcome.TOO_LARGE);
    }
}
