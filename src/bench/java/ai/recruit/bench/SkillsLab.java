package ai.recruit.bench;

import ai.recruit.parsing.SkillLexicon;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures how much of a list of skill names the lexicon knows. The list has a name and a number of occurrences a line,
 * parted by a tab, below a header. Counted is what a list item gives: the skill that the whole line names.
 *
 * <pre>src/bench/run SkillsLab FILE [how many unknown lines to show]</pre>
 */
public final class SkillsLab {

    private record Line(String name, long count) {}

    private SkillsLab() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long busy = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        SkillLexicon lexicon = SkillLexicon.standard();
        double loaded = (System.nanoTime() - start) / 1e6;
        double worked = (threads.getCurrentThreadCpuTime() - busy) / 1e6;
        int shown = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        long all = 0;
        long whole = 0;
        long part = 0;
        List<Line> unknown = new ArrayList<>();
        for (String row : Files.readAllLines(Path.of(arguments[0]))) {
            String[] columns = row.split("\t", -1);
            if (columns.length != 2 || !columns[1].matches("[0-9]+")) {
                continue;
            }
            Line line = new Line(columns[0], Long.parseLong(columns[1]));
            all += line.count();
            if (lexicon.find(line.name()).isPresent()) {
                whole += line.count();
                continue;
            }
            boolean within = !lexicon.findIn(line.name()).isEmpty();
            part += within ? line.count() : 0;
            unknown.add(new Line((within ? "~ " : "  ") + line.name(), line.count()));
        }
        out.printf(
                Locale.ROOT,
                "lexicon %s: %d skills, loaded in %.0f ms (%.0f ms of one processor)%n",
                lexicon.version(),
                lexicon.entries().size(),
                loaded,
                worked);
        out.printf(
                Locale.ROOT,
                "recognised: %.2f %% of %d occurrences; a further %.2f %% name a skill within%n",
                100.0 * whole / all,
                all,
                100.0 * part / all);
        unknown.sort((one, other) -> Long.compare(other.count(), one.count()));
        unknown.stream().limit(shown).forEach(line -> out.printf("%8d %s%n", line.count(), line.name()));
    }
}
