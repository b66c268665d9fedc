package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextExtractorTests {

    private final TextExtractor extractor = new TextExtractor();

    @ParameterizedTest
    @EnumSource(DocumentType.class)
    void readsEveryFormatInBothLanguages(DocumentType type) throws UnreadableDocument {
        for (SampleResumes.Person person :
                new SampleResumes.Person[] {SampleResumes.person(7), SampleResumes.russian(7)}) {
            byte[] document = SampleResumes.write(person, type);
            assertThat(DocumentType.detect(document)).contains(type);

            DocumentText text = extractor.extract(document, ParsingLimits.defaults());

            assertThat(text.type()).isEqualTo(type);
            assertThat(text.lines().get(0).text()).isEqualTo(person.name());
            assertThat(text.text())
                    .contains(person.email())
                    .contains(person.phone())
                    .contains(person.jobs().get(1).description())
                    .contains(String.join(", ", person.skills()));
            for (TextLine line : text.lines()) {
                assertThat(text.text().substring(line.start(), line.end())).isEqualTo(line.text());
            }
        }
    }
}
