package ai.recruit;

import ai.recruit.kernel.StartupFailure;
import ai.recruit.parsing.BadSkillsFile;
import ai.recruit.parsing.SkillLexicon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lexicon that everything in this process uses: the product's own, with the operator's skills where there are any. */
@Configuration(proxyBeanMethods = false)
class SkillsConfiguration {

    private static final long LARGEST = 64L * 1024 * 1024;

    @Bean
    SkillLexicon skillLexicon(@Value("${recruit.parsing.skills-file:}") String file) {
        return file.isBlank() ? SkillLexicon.standard() : with(file.strip());
    }

    static SkillLexicon with(String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > LARGEST) {
                throw new StartupFailure("RECRUIT_SKILLS_FILE names " + file + ", which is larger than 64 MB.");
            }
            return SkillLexicon.standard().with(Files.readAllBytes(path));
        } catch (BadSkillsFile bad) {
            throw new StartupFailure("RECRUIT_SKILLS_FILE names " + file + ": " + bad.getMessage() + ".", bad);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new StartupFailure(
                    "RECRUIT_SKILLS_FILE names " + file + ", which cannot be read. Name a CSV file, or leave it empty.",
                    unreadable);
        }
    }
}
