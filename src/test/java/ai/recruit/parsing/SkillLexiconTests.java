package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkillLexiconTests {

    private final SkillLexicon lexicon = SkillLexicon.standard();

    @Test
    void knowsOneSkillUnderItsNamesInBothLanguages() {
        assertThat(lexicon.normalise("postgres")).isEqualTo("PostgreSQL");
        assertThat(lexicon.normalise(" k8s ")).isEqualTo("Kubernetes");
        assertThat(lexicon.normalise("Управление проектами")).isEqualTo("Project Management");
        assertThat(lexicon.normalise("расчёт заработной платы")).isEqualTo("Payroll");
        assertThat(lexicon.normalise("NODEJS")).isEqualTo("Node.js");
        assertThat(lexicon.normalise("1С: Бухгалтерия")).isEqualTo("1C Accounting");
    }

    @Test
    void tellsNamesApartThatDifferInOneSign() {
        for (String name : new String[] {"C", "C++", "C#", "F#", "Java", "JavaScript"}) {
            assertThat(lexicon.normalise(name)).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ci cd, CI/CD",
        "CICD, CI/CD",
        "node js, Node.js",
        "SpringBoot, Spring Boot",
        "бизнес процессы, Business Process Management",
        "бизнеспроцессы, Business Process Management",
        "бизнес-процессы, Business Process Management",
        "1C ERP, 1C ERP",
        "1С ERP, 1C ERP",
        "В2В продажи, B2B Sales",
        "сетевые подключения настройка сетей, ",
        "PHP7, PHP",
        "Windows Server 2012 R2, Windows Server",
        "Apache Kafka, Apache Kafka",
        "Oracle Java, Java",
        "Знание SQL, SQL",
        "опыт работы с Docker, Docker",
        "Microsoft Excel (advanced), Microsoft Excel",
        "Structured query language SQL, SQL",
        "data visualisation, Data Visualization",
        "микроcервисы, Microservices"
    })
    void knowsNamesInTheirSpellings(String printed, String name) {
        assertThat(lexicon.find(printed).map(SkillLexicon.Entry::name).orElse(null))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "управления проектами, Project Management",
        "управлению проектами, Project Management",
        "управлением проектом, Project Management",
        "базами данных, Databases",
        "базах данных, Databases",
        "бухгалтерского учёта, Accounting",
        "бухгалтерским учетом, Accounting",
        "деловых переговоров, Negotiation",
        "складской логистики, Warehouse Operations",
        "машинного обучения, Machine Learning",
        "информационной безопасности, Information Security",
        "системного администрирования, System Administration",
        "сварочных работ, Welding",
        "закупок, Procurement",
        "трудовым правом, Labor Law"
    })
    void knowsRussianNamesInTheirCases(String printed, String name) {
        assertThat(lexicon.normalise(printed)).isEqualTo(name);
    }

    @Test
    void leavesUnknownNamesAsTheyAre() {
        assertThat(lexicon.find("Zither Repair")).isEmpty();
        assertThat(lexicon.normalise("  Zither Repair ")).isEqualTo("Zither Repair");
        for (String other : List.of("Ivan Petrov", "Moscow", "Иван Петрович", "this and that", "2019", "")) {
            assertThat(lexicon.find(other)).as(other).isEmpty();
        }
    }

    @Test
    void findsTheLongestNamesInRunningText() {
        String text = "Built services with Spring Boot and PostgreSQL; deployed by GitLab CI/CD to AWS Lambda.";

        assertThat(lexicon.findIn(text))
                .extracting(found -> found.skill().name())
                .containsExactly("Spring Boot", "PostgreSQL", "GitLab CI", "AWS Lambda");
        SkillLexicon.Found first = lexicon.findIn(text).get(0);
        assertThat(text.substring(first.start(), first.end())).isEqualTo("Spring Boot");
    }

    @Test
    void doesNotTakeOrdinaryWordsForSkills() {
        for (String prose : List.of(
                "I go to the office, express myself in a word, and access the chef.",
                "Excel at what you do, and spring into action with swift answers.",
                "The team led by R. Smith and C. Jones is at C-level; vitamin C helps.",
                "Worked for Oracle in spring and kept the outlook of the unity movement.",
                "Работал в офисе, отвечал за порядок и общался с людьми.")) {
            assertThat(lexicon.findIn(prose)).as(prose).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Go                 | Wrote microservices in Go with gRPC             | Go to the shop and swim
            R                  | Statistical analysis in R and reporting         | Mr R waited in the lobby
            C                  | Firmware in C for sensors, programming drivers  | Vitamin C keeps the team healthy
            Swift              | Mobile apps in Swift with Xcode                 | We gave Swift thanks to everybody
            Rust               | Backend services, systems code in Rust          | Cleaned the Rust off old doors
            Ruby               | Ruby developer in a web team                    | She wore a Ruby at the party
            Dart               | Wrote Flutter apps in Dart                      | He threw a Dart at the wall
            Spring             | Backend in Java with Spring                     | In the Spring we moved house
            Oracle Database    | Tuned SQL queries on Oracle                     | The Oracle of Delphos spoke
            Microsoft Access   | Built databases in Access                       | Access for visitors is at the back
            Microsoft Excel    | Built reports and pivot sheets in Excel         | They Excel where others stop
            Microsoft Word     | Prepared documents in Word                      | My Word is my bond
            Microsoft Outlook  | Kept the calendar in Outlook                    | The Outlook is bright
            Express            | REST api on Node with Express                   | The Orient Express was late
            Flask              | Python api with Flask                           | Filled the Flask with tea
            Chef               | Provisioning of servers with Chef               | Worked as a Chef in Paris
            Puppet             | Server configuration with Puppet                | Made a Puppet for the children
            Unity              | Game prototypes in Unity                        | We believe in Unity and peace
            Hive               | SQL queries over Hadoop with Hive               | The Hive was full of bees
            Jest               | Unit testing of React code in Jest              | It was said in Jest
            Maya               | 3d animation in Maya                            | My friend Maya called
            Zoom               | Video meetings by Zoom                          | Zoom in on the picture
            Slack              | Team chat in Slack                              | Cut me some Slack please
            SAP                | Implementation of the SAP modules               | The Sap of the birch
            Epic               | Charting of patients in Epic                    | An Epic journey through the hills
            """)
    void readsAmbiguousWordsByTheirContext(String name, String skill, String prose) {
        assertThat(lexicon.findIn(skill))
                .as(skill)
                .extracting(found -> found.skill().name())
                .contains(name);
        assertThat(lexicon.findIn(prose))
                .as(prose)
                .extracting(found -> found.skill().name())
                .doesNotContain(name);
        assertThat(lexicon.get(lexicon.find(name).orElseThrow().id())).isPresent();
    }

    @Test
    void readsAmbiguousWordsInLists() {
        assertThat(lexicon.findIn("Skills: Python, Go, R; Kafka / Spring"))
                .extracting(found -> found.skill().name())
                .containsExactly("Python", "Go", "R", "Apache Kafka", "Spring");
        assertThat(lexicon.findIn("Требуется: python, go, sql, планирование."))
                .extracting(found -> found.skill().name())
                .containsExactly("Python", "Go", "SQL", "Planning");
    }

    @Test
    void knowsHowSkillsBelongTogether() {
        assertThat(relation("Spring", "Spring")).isEqualTo(SkillLexicon.Relation.SAME);
        assertThat(relation("Spring WebFlux", "Spring")).isEqualTo(SkillLexicon.Relation.CHILD);
        assertThat(relation("Spring WebFlux", "Java")).isEqualTo(SkillLexicon.Relation.CHILD);
        assertThat(relation("Spring", "Spring WebFlux")).isEqualTo(SkillLexicon.Relation.PARENT);
        assertThat(relation("Project Reactor", "Spring WebFlux")).isEqualTo(SkillLexicon.Relation.SIBLING);
        assertThat(relation("Spring Boot", "Spring Security")).isEqualTo(SkillLexicon.Relation.SIBLING);
        assertThat(relation("React", "Vue.js")).isEqualTo(SkillLexicon.Relation.SIBLING);
        assertThat(relation("Java", "COBOL")).isEqualTo(SkillLexicon.Relation.NONE);
        assertThat(relation("Java", "Welding")).isEqualTo(SkillLexicon.Relation.NONE);
    }

    private SkillLexicon.Relation relation(String has, String wanted) {
        return lexicon.relation(
                lexicon.find(has).orElseThrow(), lexicon.find(wanted).orElseThrow());
    }

    @Test
    void isVersionedByItsData() {
        assertThat(lexicon.version()).matches("[0-9a-f]{16}");
        assertThat(lexicon.entries()).hasSizeGreaterThan(2_500);
        assertThat(lexicon.entries()).extracting(SkillLexicon.Entry::id).doesNotHaveDuplicates();
        assertThat(lexicon.entries()).allSatisfy(skill -> {
            assertThat(lexicon.find(skill.name())).contains(skill);
            assertThat(skill.category()).isNotBlank();
        });
    }

    // ---- skills of an operator

    private static final String OWN = """
            preferredLabel,altLabels,skillType
            repair zithers,"zither repair
            mend zithers",skill/competence
            Kafka,"Kafka at Acme, all clusters",
            """;

    @Test
    void takesSkillsOfAnOperator() throws BadSkillsFile {
        SkillLexicon own = lexicon.with(bytes(OWN));

        assertThat(own.normalise("Zither Repair")).isEqualTo("repair zithers");
        assertThat(own.find("mend zithers").orElseThrow().category()).isEqualTo("skill/competence");
        assertThat(own.normalise("Kafka at Acme, all clusters")).isEqualTo("Apache Kafka");
        assertThat(own.normalise("Python")).isEqualTo("Python");
        assertThat(own.entries()).hasSize(lexicon.entries().size() + 1);
        assertThat(own.version()).isNotEqualTo(lexicon.version());
        assertThat(own.version()).isEqualTo(lexicon.with(bytes(OWN)).version());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            preferredLabel,altLabels                                   | line 1, column skillType
            preferredLabel,altLabels,skillType~a,,x~,b,x               | line 3, column preferredLabel
            preferredLabel,altLabels,skillType~a,b~b,c,x               | line 2, column altLabels
            preferredLabel,altLabels,skillType~a,"b~c",x~ ,d,x         | line 4, column preferredLabel
            preferredLabel,altLabels,skillType~a,?!,x                  | line 2, column altLabels
            preferredLabel,altLabels,skillType~a,"b                    | line 2, column altLabels
            preferredLabel,altLabels,skillType~a,b,x,y,z               | line 2, column skillType
            """, quoteCharacter = '\0')
    void saysWhereAnOperatorsFileIsWrong(String csv, String where) {
        assertThatThrownBy(() -> lexicon.with(bytes(csv.replace('~', '\n'))))
                .isInstanceOf(BadSkillsFile.class)
                .hasMessageStartingWith(where);
    }

    @Test
    void refusesWhatIsNoTextInUtf8() {
        byte[] latin = "preferredLabel,altLabels,skillType\nna\u00efve,,x\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> lexicon.with(latin))
                .isInstanceOf(BadSkillsFile.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> lexicon.with(new byte[0])).isInstanceOf(BadSkillsFile.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
