package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileFilesTests {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    static List<HostileFiles.Hostile> files() {
        return HostileFiles.all();
    }

    @Test
    void areAtLeastSixty() {
        assertThat(HostileFiles.all()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(HostileFiles.all()).extracting(HostileFiles.Hostile::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void endWithTheirOutcomeInTime(HostileFiles.Hostile hostile) {
        byte[] bytes = hostile.bytes();
        long start = System.nanoTime();
        String ended;
        try {
            DocumentText text = new TextExtractor().extract(bytes, ParsingLimits.defaults());
            new ResumeParser().parse(text, AS_OF);
            ended = "read";
        } catch (UnreadableDocument unreadable) {
            ended = unreadable.outcome().word();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        List<String> right =
                new ArrayList<>(hostile.outcomes().stream().map(Outcome::word).toList());
        if (hostile.readable()) {
            right.add("read");
        }
        assertThat(ended).isIn(right);
        assertThat(took).isLessThan(AT_MOST);
    }
}
