package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateWindowTests {

    @ParameterizedTest
    @ValueSource(longs = {1_000, 1_237, 2_000, 60_000, 3_600_000})
    void countsWhatAWindowHoldsAndAtMostASlotMore(long length) {
        RateLimit limit = new RateLimit("test", 1, Duration.ofMillis(length));
        RateWindow window = new RateWindow(limit);
        Deque<Long> seen = new ArrayDeque<>();
        Random random = new Random(length);
        long now = random.nextInt(1_000_000) - 500_000L;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(20) == 0 ? random.nextLong(length * 2) : random.nextLong(limit.slotMillis() * 2);
            long present = now;
            seen.removeIf(at -> at <= present - length - 2 * limit.slotMillis());
            long exact = seen.stream().filter(at -> at > present - length).count();
            assertThat(window.count(now)).isBetween(exact, (long) seen.size());
            if (seen.isEmpty()) {
                assertThat(window.freesAfter(now)).isZero();
            } else if (exact > 0) {
                assertThat(window.freesAfter(now)).isBetween(1L, length + 2 * limit.slotMillis());
            }
            if (random.nextBoolean()) {
                window.add(now);
                seen.add(now);
            }
        }
    }
}
