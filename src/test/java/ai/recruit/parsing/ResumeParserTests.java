package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResumeParserTests {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);

    private final TextExtractor extractor = new TextExtractor();
    private final ResumeParser parser = new ResumeParser();

    private ParsedResume parse(byte[] document) throws UnreadableDocument {
        return parser.parse(extractor.extract(document, ParsingLimits.defaults()), AS_OF);
    }

    private ParsedResume parseText(String text) throws UnreadableDocument {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(DocumentType.class)
    void findsEveryFieldOfTheSamplesInEveryFormat(DocumentType type) throws UnreadableDocument {
        for (int seed = 0; seed < 60; seed++) {
            SampleResumes.Person person = seed % 2 == 0 ? SampleResumes.person(seed) : SampleResumes.russian(seed);

            ParsedResume resume = parse(SampleResumes.write(person, type));

            assertThat(resume.personalInfo().name()).isEqualTo(person.name());
            assertThat(resume.personalInfo().email()).isEqualTo(person.email());
            assertThat(resume.personalInfo().phones()).hasSize(1);
            assertThat(resume.personalInfo().phones().get(0).printed()).isEqualTo(person.phone());
            assertThat(resume.personalInfo().phones().get(0).e164()).matches("\\+[17][0-9]{10}");
            assertThat(resume.personalInfo().location()).isEqualTo(person.location());
            assertThat(resume.personalInfo().headline()).isEqualTo(person.headline());
            assertThat(resume.language()).isEqualTo(person.language());
            assertThat(resume.skillNames()).containsExactlyElementsOf(person.skills());
            assertThat(resume.experience()).hasSize(2);
            for (int i = 0; i < 2; i++) {
                SampleResumes.Job job = person.jobs().get(i);
                ParsedResume.Experience read = resume.experience().get(i);
                assertThat(read.company()).isEqualTo(job.company());
                assertThat(read.position()).isEqualTo(job.position());
                assertThat(read.startDate()).isEqualTo(job.start());
                assertThat(read.endDate()).isEqualTo(job.end());
                assertThat(read.description()).contains(job.description());
            }
            assertThat(resume.education()).hasSize(1);
            assertThat(resume.education().get(0).institution())
                    .isEqualTo(person.school().institution());
            assertThat(resume.education().get(0).graduationYear())
                    .isEqualTo(person.school().year());
            assertThat(resume.education().get(0).level())
                    .isEqualTo(
                            person.russian()
                                    ? ParsedResume.EducationLevel.MASTER
                                    : ParsedResume.EducationLevel.BACHELOR);
            assertThat(resume.languages()).hasSize(2);
            assertThat(resume.confidence()).isBetween(9_000, 10_000);
        }
    }

    @Test
    void countsMonthsInclusivelyAndOverlapsOnce() throws UnreadableDocument {
        String head = "Ann Example\nann@example.com\n\nEXPERIENCE\n\n";
        assertThat(parseText(head + "Engineer\nAcme Inc\nJan 2016 - Dec 2020\n").totalExperienceMonths())
                .isEqualTo(60);
        assertThat(parseText(head
                                + "Engineer\nAcme Inc\nJan 2016 - Dec 2020\n- built\n"
                                + "Lecturer\nLakeside College\nJul 2020 - Jun 2021\n")
                        .totalExperienceMonths())
                .isEqualTo(66);
        assertThat(parseText(head + "Engineer\nAcme Inc\n2016 - 2018\n- built\nEngineer\nBeta LLC\n2018 - 2020\n")
                        .totalExperienceMonths())
                .isEqualTo(48);
        assertThat(parseText(head + "Engineer\nAcme Inc\nDec 2025 - present\n")
                        .experience()
                        .get(0)
                        .duration())
                .isEqualTo("2 months");
    }

    @Test
    void readsRussianBytesOfEveryUsualEncoding() throws UnreadableDocument {
        SampleResumes.Person person = SampleResumes.russian(3);
        SampleResumes.Person plain = new SampleResumes.Person(
                "ru",
                person.name(),
                person.email(),
                person.phone(),
                person.location(),
                person.headline(),
                person.skills(),
                List.of(),
                new SampleResumes.School("Приозёрский университет", "Магистр", "Прикладная математика", 2012));
        for (String charset : new String[] {"UTF-8", "windows-1251", "KOI8-R", "UTF-16"}) {
            ParsedResume resume = parse(SampleResumes.txt(plain, Charset.forName(charset)));
            assertThat(resume.personalInfo().name()).as(charset).isEqualTo(person.name());
        }
    }

    @Test
    void answersTheSameUnderEveryLocaleAndTimeZone() throws UnreadableDocument {
        byte[] document = SampleResumes.pdf(SampleResumes.russian(11));
        ParsedResume expected = parse(document);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String tag : new String[] {"tr-TR", "ru-RU", "ar-EG"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
                assertThat(parse(document)).isEqualTo(expected);
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void refusesWhatIsPlainlyNoResume() {
        for (String text : new String[] {
            "INVOICE No. 1042\nBill to: Example Ltd\nItem   Qty   Price\nWidgets  10   50.00\nSubtotal 500.00\n"
                    + "VAT 20%  100.00\nAmount due: 600.00\nPayment terms: 30 days\n",
            "Chapter One\n\nIt was raining when the old man opened the door. He looked at the sea for a long time and "
                    + "said nothing. The boy waited behind him, holding the lamp.\n\nNobody came that night.\n",
            "import java.util.List;\n\npublic class Main {\n    int x = 1;\n    void run() {\n        x++;\n    }\n"
                    + "    int y() {\n        return x;\n    }\n}\n",
            "Milk\nBread\nEggs\n",
        }) {
            assertThatThrownBy(() -> parseText(text))
                    .isInstanceOfSatisfying(
                            UnreadableDocument.class,
                            refused -> assertThat(refused.outcome()).isEqualTo(Outcome.NOT_A_RESUME));
        }
    }

    @Test
    void inventsNothing() throws UnreadableDocument {
        ParsedResume resume = parseText("Resume\n\nAnn Example\nann@example.com\n\nSkills\n\nJava, SQL, Docker\n");

        assertThat(resume.personalInfo().phones()).isEmpty();
        assertThat(resume.personalInfo().location()).isNull();
        assertThat(resume.experience()).isEmpty();
        assertThat(resume.education()).isEmpty();
        assertThat(resume.certifications()).isEmpty();
        assertThat(resume.summary()).isNull();
        assertThat(resume.totalExperienceMonths()).isZero();
    }

    /** The heads of two columns whose gap is too narrow to tell them apart, and a motto in the right one. */
    @Test
    void readsJobsBelowHeadingsThatStandSideBySide() throws UnreadableDocument {
        DocumentText text = styled(
                "240b Maria Lindqvist",
                "90 maria@example.com",
                "170b EXPERIENCE\tMY MOTTO",
                "120 Product Manager\t\u201cWhoever asks is a fool for a",
                "100 Nordlicht Ltd\tminute, whoever does not is one for ever.\u201d",
                "90 July 2019 \u2013 Ongoing\tBerlin, Germany",
                "90 \u2022 Led the roadmap of three products",
                "90 \u2022 Brought the team from four to nineteen people",
                "90 \u2022 Cut the time to a release from a month to a day");

        ParsedResume resume = parser.parse(text, AS_OF);

        assertThat(resume.experience()).hasSize(1);
        ParsedResume.Experience job = resume.experience().get(0);
        assertThat(job.position()).isEqualTo("Product Manager");
        assertThat(job.company()).isEqualTo("Nordlicht Ltd");
        assertThat(job.startDate()).isEqualTo("2019-07");
        assertThat(job.endDate()).isEqualTo("present");
    }

    /** Lines as {@code 120b text}: size in tenths of a point, {@code b} for bold. */
    private static DocumentText styled(String... lines) {
        List<TextLine> all = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            String look = line.substring(0, line.indexOf(' '));
            String words = line.substring(look.length() + 1);
            int size = Integer.parseInt(look.replace("b", ""));
            TextLine.Style style =
                    new TextLine.Style(350, 300 + 150 * all.size(), 2_000, size, look.endsWith("b"), 0, 1);
            all.add(new TextLine(1, text.length(), words, TextLine.Part.BODY, style));
            text.append(words).append('\n');
        }
        return new DocumentText(DocumentType.PDF, 1, all, List.of(), text.toString(), List.of());
    }
}
