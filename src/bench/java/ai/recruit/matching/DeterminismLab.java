package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import ai.recruit.kernel.SpokenLanguage;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.SkillLexicon;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether the engines always say the same: every resume of a folder is parsed and scored against fixed jobs with all three
 * profiles, under three locales, three time zones, and with 1 and 8 threads. One hash covers what was parsed, every score with
 * its contributions, and their words. It is the same on every Java, so compare it between runs.
 *
 * <pre>src/bench/run DeterminismLab FOLDER [answers]</pre>
 *
 * <p>The answers of the last run are written to the second folder, so that two runs can be compared file by file.
 */
public final class DeterminismLab {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);
    private static final int JOBS = 20;

    private final TextExtractor extractor = new TextExtractor();
    private final ResumeParser parser = new ResumeParser();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, byte[]> files;
    private final List<ScoringEngine> engines;
    private final List<ScoringEngine.Position> jobs;

    private DeterminismLab(Map<String, byte[]> files) {
        SkillLexicon lexicon = SkillLexicon.standard();
        SkillRelations relations = new LexiconRelations(lexicon);
        this.files = files;
        this.engines = Stream.of(
                        WeightProfile.of(WeightProfile.MATCHING, 4000, 3000, 1000, 0, 2000, 0),
                        WeightProfile.of(WeightProfile.RECRUITER, 4000, 3000, 1000, 0, 0, 2000),
                        WeightProfile.of(WeightProfile.MARKETPLACE, 4000, 3000, 0, 2000, 1000, 0))
                .map(profile -> new ScoringEngine(profile, lexicon.version(), relations))
                .toList();
        SamplePairs sample = new SamplePairs(7, lexicon);
        this.jobs = Stream.generate(sample::job)
                .limit(JOBS)
                .map(ScoringEngine.Position::new)
                .toList();
    }

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger("org.apache")).setLevel(Level.OFF);
        Path folder = Path.of(arguments[0]);
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(path -> path.toString().matches(".*\\.(pdf|docx|doc|rtf|odt|txt|html)"))
                    .toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        DeterminismLab lab = new DeterminismLab(files);
        lab.run();
        if (arguments.length > 1) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path answer = Path.of(arguments[1]).resolve(file.getKey() + ".answer");
                Files.createDirectories(answer.getParent());
                Files.writeString(answer, lab.answer(file.getValue()));
            }
        }
        System.exit(0);
    }

    private void run() throws Exception {
        TreeSet<String> hashes = new TreeSet<>();
        int runs = 0;
        for (String locale : List.of("ru-RU", "tr-TR", "en-US")) {
            for (String zone : List.of("UTC", "Asia/Vladivostok", "America/Los_Angeles")) {
                for (int threads : new int[] {1, 8}) {
                    Locale.setDefault(Locale.forLanguageTag(locale));
                    TimeZone.setDefault(TimeZone.getTimeZone(zone));
                    hashes.add(hash(threads));
                    runs++;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d files, %d scores: %d different hashes in %d runs (Java %s, started with locale %s): %s%n",
                files.size(),
                files.size() * jobs.size() * engines.size(),
                hashes.size(),
                runs,
                Runtime.version().feature(),
                System.getProperty("user.language"),
                String.join(" ", hashes));
    }

    private String hash(int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (byte[] document : files.values()) {
                work.add(() -> answer(document));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> done : pool.invokeAll(work)) {
                answers.add(done.get());
            }
            // In an order of their own: names of files are read in one way or another, as the machine's locale says.
            answers.sort(null);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String answer : answers) {
                digest.update(answer.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } finally {
            pool.shutdown();
        }
    }

    private String answer(byte[] document) {
        ParsedResume resume;
        try {
            resume = parser.parse(extractor.extract(document, ParsingLimits.defaults()), AS_OF);
        } catch (UnreadableDocument unreadable) {
            return unreadable.outcome().word();
        }
        StringBuilder answer = new StringBuilder(json.writeValueAsString(resume));
        ScoringEngine.Person person = new ScoringEngine.Person(facts(resume));
        answer.append(person.hash());
        for (ScoringEngine engine : engines) {
            for (ScoringEngine.Position job : jobs) {
                Score score = engine.score(person, job);
                Wording words = Wording.of(score);
                answer.append('\n')
                        .append(score.total())
                        .append(score.hash())
                        .append(words.en())
                        .append(words.ru());
            }
        }
        return answer.toString();
    }

    private static CandidateFacts facts(ParsedResume resume) {
        EducationLevel level = resume.education().stream()
                .map(ParsedResume.Education::level)
                .filter(Objects::nonNull)
                .max(Enum::compareTo)
                .map(highest -> EducationLevel.valueOf(highest.name()))
                .orElse(null);
        List<Language> languages = resume.languages().stream()
                .flatMap(spoken -> SpokenLanguage.of(spoken.name(), spoken.level()).stream())
                .map(spoken -> new Language(
                        spoken.name(),
                        spoken.level() == null
                                ? null
                                : Language.Level.valueOf(spoken.level().name())))
                .toList();
        return new CandidateFacts(
                resume.skillNames(),
                resume.personalInfo().headline(),
                resume.totalExperienceMonths(),
                level,
                resume.personalInfo().location(),
                new CandidateFacts.Wishes(null, null, List.of(), List.of(), languages, null, null, List.of()));
    }
}
