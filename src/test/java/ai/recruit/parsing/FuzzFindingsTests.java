package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the fuzz runs have found, each as small as it can be. */
@Timeout(10)
class FuzzFindingsTests {

    private static DocumentText read(byte[] document) throws UnreadableDocument {
        return new TextExtractor().extract(document, ParsingLimits.defaults().withTime(Duration.ofSeconds(5)));
    }

    /** A line is broken after 4,000 characters: the half of a tag at its end was waited for without end. */
    @Test
    void endsWhereALineBreaksWithinATag() throws UnreadableDocument {
        String text = "a".repeat(LineCollector.MAX_LINE - 1) + "\udb40\udc41\udb40\udc42 end";

        assertThat(read(text.getBytes(StandardCharsets.UTF_8)).text()).endsWith("end");
    }

    @Test
    void passesOverHalfOfATag() {
        assertThat(Letters.seen("Ann \udb40", (count, surely, near) -> {}).length())
                .isEqualTo(5);
        assertThat(Letters.seen("Ann \udb40x", (count, surely, near) -> {}).length())
                .isEqualTo(6);
    }

    /** Half of a pair cannot be written as UTF-8. */
    @Test
    void keepsNoHalvesOfPairs() {
        assertThat(Letters.clean("Java \ud83d and\ude00 SQL \ud83d\ude00")).isEqualTo("Java and SQL \ud83d\ude00");
    }

    @Test
    void breaksNoLineWithinAPair() throws UnreadableDocument {
        String text = "a".repeat(LineCollector.MAX_LINE - 1) + "\ud83d\ude00" + "b".repeat(10);

        assertThat(read(text.getBytes(StandardCharsets.UTF_8)).text()).contains("\ud83d\ude00");
    }

    /** Each of these letters becomes two in lower case, and the JDK copies the whole text every time. */
    @Test
    void readsCapitalsWithDotsInTime() throws UnreadableDocument {
        DocumentText text = read(("Telefon +9169\n" + "\u0130".repeat(310_000)).getBytes(StandardCharsets.UTF_8));
        ProcessorTime time = ProcessorTime.ofThisThread();

        assertThatThrownBy(() -> new ResumeParser().parse(text, LocalDate.of(2026, 1, 15)))
                .isInstanceOf(UnreadableDocument.class);
        assertThat(time.used()).isLessThan(Duration.ofSeconds(3));
    }

    /** The XML reader looks for words about this document type and finds none. */
    @Test
    void takesAnUnspeakableDocumentTypeForDamage() {
        byte[] type = "<!DOCTYPE a[\udb48\udcae".getBytes(StandardCharsets.UTF_8);
        Xml xml = new Xml(new ByteArrayInputStream(type), new Budget(ParsingLimits.defaults()));

        assertThatThrownBy(xml::next)
                .isInstanceOfSatisfying(
                        LimitReached.class,
                        damage -> assertThat(damage.outcome()).isEqualTo(Outcome.CORRUPT));
    }

    /** A wall of 20,000 lines among the skills was walked through once for each line and each of its bricks. */
    @Test
    void judgesATallWallInTime() throws UnreadableDocument {
        String wall = "Skills\n" + "Java Java Java SQL SQL SQL\n".repeat(15_000);

        DocumentText text = read(wall.getBytes(StandardCharsets.UTF_8));
        ProcessorTime time = ProcessorTime.ofThisThread();
        KeywordWalls.Result walls = KeywordWalls.read(text, SkillLexicon.standard());

        assertThat(walls.flags()).isNotEmpty();
        assertThat(time.used()).isLessThan(Duration.ofSeconds(5));
    }
}
