package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentTypeTests {

    @ParameterizedTest
    @EnumSource(DocumentType.class)
    void isSeenInTheFirstBytesAndDecidedByAllOfThem(DocumentType type) {
        byte[] document = SampleResumes.write(SampleResumes.person(5), type);
        byte[] head = Arrays.copyOf(document, DocumentType.SNIFF_LENGTH);

        Sniffed sniffed = DocumentType.sniff(head, Math.min(document.length, head.length));

        assertThat(sniffed.acceptable()).isTrue();
        if (type == DocumentType.DOCX || type == DocumentType.ODT) {
            assertThat(sniffed).isEqualTo(Sniffed.ZIP_FAMILY);
        } else {
            assertThat(sniffed.type()).contains(type);
        }
        assertThat(DocumentType.detect(document)).contains(type);
    }

    @Test
    void refusesOtherThingsFromTheirFirstBytes() {
        for (HostileFiles.Hostile hostile : HostileFiles.all()) {
            if (List.of("gif.pdf", "png.docx", "jpeg.doc", "program.pdf", "noise.pdf", "gzip.pdf")
                    .contains(hostile.name())) {
                byte[] bytes = hostile.bytes();
                assertThat(DocumentType.sniff(bytes, bytes.length))
                        .as(hostile.name())
                        .isEqualTo(Sniffed.UNKNOWN);
            }
        }
    }

    @Test
    void looksOnlyAtTheBytesThatHaveArrived() {
        byte[] buffer = new byte[DocumentType.SNIFF_LENGTH];
        byte[] text = "Ann Example".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, buffer, 0, text.length);

        assertThat(DocumentType.sniff(buffer, text.length)).isEqualTo(Sniffed.TXT);
        assertThat(DocumentType.sniff(buffer, buffer.length)).isEqualTo(Sniffed.UNKNOWN);
    }

    @Test
    void acceptsUtf16AndTextCutInsideALetter() {
        byte[] utf16 = "Анна Примерова\nОпыт".getBytes(StandardCharsets.UTF_16);
        byte[] utf8 = "Анна Примерова".getBytes(StandardCharsets.UTF_8);

        assertThat(DocumentType.sniff(utf16, utf16.length)).isEqualTo(Sniffed.TXT);
        assertThat(DocumentType.sniff(utf8, utf8.length - 1)).isEqualTo(Sniffed.TXT);
    }
}
