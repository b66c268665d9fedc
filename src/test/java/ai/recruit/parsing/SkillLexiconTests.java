package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

    @Test
    void leavesUnknownNamesAsTheyAre() {
        assertThat(lexicon.find("Zither Repair")).isEmpty();
        assertThat(lexicon.normalise("  Zither Repair ")).isEqualTo("Zither Repair");
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
        assertThat(lexicon.findIn("I go to the office, express myself in a word, and access the chef."))
                .isEmpty();
    }

    @Test
    void isVersionedByItsData() {
        assertThat(lexicon.version()).matches("[0-9a-f]{16}");
        assertThat(lexicon.entries()).hasSizeGreaterThan(500);
    }
}
