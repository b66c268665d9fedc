package ai.recruit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.recruit.kernel.StartupFailure;
import ai.recruit.parsing.SkillLexicon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillsConfigurationTests {

    @TempDir
    private Path folder;

    @Test
    void addsTheOperatorsSkills() throws IOException {
        Path file = Files.writeString(
                folder.resolve("own.csv"),
                "preferredLabel,altLabels,skillType\nrepair zithers,zither repair,knowledge\n");

        SkillLexicon lexicon = new SkillsConfiguration().skillLexicon(file.toString());

        assertThat(lexicon.normalise("zither repair")).isEqualTo("repair zithers");
        assertThat(new SkillsConfiguration().skillLexicon("")).isSameAs(SkillLexicon.standard());
    }

    @Test
    void stopsTheStartWithTheLineAndTheColumn() throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), "preferredLabel,altLabels,skillType\na,b,x\n,b,x\n");

        assertThatThrownBy(() -> SkillsConfiguration.with(file.toString()))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 3, column preferredLabel");
        assertThatThrownBy(() ->
                        SkillsConfiguration.with(folder.resolve("none.csv").toString()))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("cannot be read");
    }
}
