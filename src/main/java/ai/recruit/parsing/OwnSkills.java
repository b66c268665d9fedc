package ai.recruit.parsing;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the skills of an operator: CSV by RFC 4180 in UTF-8 with a header line and the columns that ESCO publishes,
 * {@code preferredLabel}, {@code altLabels} (one a line within the quotes) and {@code skillType}, in any order and among
 * others.
 */
final class OwnSkills {

    private static final String LABEL = "preferredLabel";
    private static final String OTHERS = "altLabels";
    private static final String TYPE = "skillType";
    /** ESCO leaves some types empty. */
    private static final String NO_TYPE = "skills";

    private static final int LONGEST = 300;

    private OwnSkills() {}

    static List<LexiconFile.Line> read(byte[] csv) throws BadSkillsFile {
        List<LexiconFile.Line> lines = new ArrayList<>();
        long last = 1;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .commentStrategy(CommentStrategy.NONE)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .skipEmptyLines(true)
                .ofCsvRecord(text(csv))) {
            List<String> header = null;
            for (CsvRecord row : reader) {
                last = row.getStartingLineNumber();
                if (header == null) {
                    header = row.getFields().stream().map(String::strip).toList();
                    for (String column : List.of(LABEL, OTHERS, TYPE)) {
                        if (!header.contains(column)) {
                            throw new BadSkillsFile(
                                    last,
                                    column,
                                    "is not in the header, which must name " + LABEL + "," + OTHERS + "," + TYPE);
                        }
                    }
                    continue;
                }
                if (row.getFieldCount() != header.size()) {
                    throw new BadSkillsFile(
                            last,
                            header.get(Math.min(row.getFieldCount(), header.size()) - 1),
                            "the row has " + row.getFieldCount() + " columns and the header " + header.size()
                                    + "; put quotes around a value with commas or line breaks");
                }
                lines.add(line(
                        last,
                        row.getField(header.indexOf(LABEL)).strip(),
                        row.getField(header.indexOf(OTHERS)),
                        row.getField(header.indexOf(TYPE)).strip()));
            }
            if (header == null) {
                throw new BadSkillsFile(1, LABEL, "the file is empty");
            }
        } catch (CsvParseException broken) {
            throw new BadSkillsFile(last, "after " + LABEL, "is no CSV: " + broken.getMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory", impossible);
        }
        return lines;
    }

    private static String text(byte[] csv) throws BadSkillsFile {
        ByteBuffer in = ByteBuffer.wrap(csv);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += csv[i] == '\n' ? 1 : 0;
            }
            throw new BadSkillsFile(line, LABEL, "is not in UTF-8");
        }
    }

    private static LexiconFile.Line line(long number, String label, String others, String type) throws BadSkillsFile {
        check(number, LABEL, label);
        Set<String> names = new LinkedHashSet<>();
        names.add(label);
        for (String other : others.split("\\R", -1)) {
            if (!other.isBlank()) {
                check(number, OTHERS, other.strip());
                names.add(other.strip());
            }
        }
        return new LexiconFile.Line(
                names.stream()
                        .map(name -> new LexiconFile.Name(name, mark(name)))
                        .toList(),
                0,
                type.isEmpty() ? NO_TYPE : type,
                List.of(),
                List.of(),
                Set.of(),
                false);
    }

    private static void check(long number, String column, String name) throws BadSkillsFile {
        if (name.isEmpty()) {
            throw new BadSkillsFile(number, column, "is empty");
        }
        if (name.length() > LONGEST) {
            throw new BadSkillsFile(
                    number, column, "a name has " + name.length() + " characters, more than " + LONGEST);
        }
        if (SkillWords.of(name).isEmpty()) {
            throw new BadSkillsFile(number, column, "\"" + name + "\" has no letter and no digit");
        }
    }

    /** A word of one or two letters says too little by itself. */
    private static LexiconFile.Mark mark(String name) {
        return name.length() < 3 ? LexiconFile.Mark.IN_LISTS : LexiconFile.Mark.ALWAYS;
    }
}
