package ai.recruit.bench;

import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.SampleResumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes resumes of people who do not exist, to try the service with: by default one English PDF and one Russian DOCX;
 * with a count that many, in every format that can be written.
 *
 * <pre>src/bench/run SampleFiles FOLDER [COUNT]</pre>
 */
public final class SampleFiles {

    private static final DocumentType[] TYPES = {
        DocumentType.PDF,
        DocumentType.DOCX,
        DocumentType.RTF,
        DocumentType.ODT,
        DocumentType.TXT,
        DocumentType.HTML,
        DocumentType.WORD_XML,
        DocumentType.DOC
    };

    private SampleFiles() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            System.err.println("usage: src/bench/run SampleFiles FOLDER [COUNT]");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        for (int i = 0; i < count; i++) {
            DocumentType type = TYPES[i % TYPES.length];
            SampleResumes.Person person = i % 2 == 0 ? SampleResumes.person(i) : SampleResumes.russian(i);
            Path file = folder.resolve(String.format(Locale.ROOT, "resume-%03d.%s", i + 1, type.extension()));
            Files.write(file, SampleResumes.write(person, type));
            System.out.println(file + "  " + person.name());
        }
    }
}
