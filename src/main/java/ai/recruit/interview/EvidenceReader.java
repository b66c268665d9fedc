package ai.recruit.interview;

import ai.recruit.candidate.Candidate;
import ai.recruit.job.JobProfile;
import ai.recruit.kernel.SpokenLanguage;
import ai.recruit.parsing.SkillLexicon;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds what there is to ask about a candidate for a position. The order of what it finds, and the words, depend on
 * nothing but candidate, position and month.
 */
final class EvidenceReader {

    private static final int MOST_SKILLS = 40;
    private static final int MOST_JOBS = 4;
    private static final int MOST_GAPS = 3;
    private static final int MOST_CERTIFICATES = 3;
    private static final int GAP_MONTHS = 6;
    private static final int SHORT_MONTHS = 12;
    private static final int TOGETHER_MONTHS = 3;
    private static final int STALE_MONTHS = 36;
    /** What lies further back says little of the work of today. */
    private static final int OLDEST_MONTHS = 120;
    /** For a skill that the position asks for. */
    private static final int REQUIRED = 14;

    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d{2}))?");
    private static final Pattern SENIORITY = Pattern.compile(
            "intern|trainee|junior|middle|senior|lead|principal|staff|head|chief|director|manager|architect"
                    + "|стаж[её]р|младш|старш|ведущ|главн|руководител|начальник|директор|тимлид|архитектор|менеджер");

    private final JsonMapper json;
    private final SkillLexicon lexicon;

    EvidenceReader(JsonMapper json, SkillLexicon lexicon) {
        this.json = json;
        this.lexicon = lexicon;
    }

    /** @param today in UTC; only its month matters */
    List<Evidence> read(Candidate candidate, JobProfile job, LocalDate today) {
        ResumeFacts facts = facts(candidate.resumeData());
        int now = today.getYear() * 12 + today.getMonthValue() - 1;
        List<Evidence> found = new ArrayList<>();
        skills(found, candidate, facts, job, now);
        jobs(found, facts, now);
        demands(found, candidate, facts, job);
        facts.certifications().stream()
                .filter(name -> !name.isBlank())
                .limit(MOST_CERTIFICATES)
                .map(Words::same)
                .forEach(name -> found.add(Evidence.of(
                        EvidenceKind.CERTIFICATE,
                        0,
                        Map.of("certificate", name),
                        new Words(
                                "The profile names the certificate " + name.en(),
                                "В профиле указан сертификат " + name.ru()))));
        return List.copyOf(found);
    }

    private ResumeFacts facts(String resumeData) {
        try {
            ResumeFacts facts = json.readValue(resumeData, ResumeFacts.class);
            return facts == null ? ResumeFacts.NONE : facts;
        } catch (JacksonException otherForm) {
            // What was stored by a version that wrote another form is no reason to ask nothing.
            return ResumeFacts.NONE;
        }
    }

    // Skills

    private void skills(List<Evidence> found, Candidate candidate, ResumeFacts facts, JobProfile job, int now) {
        Map<String, ResumeFacts.Skill> claimed = new LinkedHashMap<>();
        facts.skillUse().stream()
                .filter(skill -> skill.name() != null && !skill.name().isBlank())
                .forEach(skill -> claimed.putIfAbsent(same(Objects.requireNonNull(skill.name())), skill));
        candidate.skills().forEach(name -> claimed.putIfAbsent(same(name), new ResumeFacts.Skill(name, null, null)));
        Set<String> required = job.skills().stream().map(this::same).collect(Collectors.toSet());
        job.skills().stream()
                .filter(name -> !claimed.containsKey(same(name)))
                .limit(MOST_SKILLS)
                .forEach(name -> found.add(missing(name)));
        claimed.entrySet().stream()
                .sorted(Comparator.comparing(entry -> !required.contains(entry.getKey())))
                .limit(MOST_SKILLS)
                .forEach(entry ->
                        found.add(claimed(entry.getValue(), required.contains(entry.getKey()) ? REQUIRED : 0, now)));
    }

    /** What a skill is known by, however it is written: Kafka and Apache Kafka are one. */
    private String same(String skill) {
        return lower(lexicon.normalise(skill));
    }

    private static Evidence missing(String name) {
        Words skill = Words.same(name);
        return Evidence.of(
                EvidenceKind.MISSING_REQUIREMENT,
                0,
                Map.of("skill", skill),
                new Words(
                        "The position asks for " + skill.en() + "; the profile does not name it",
                        "Позиция требует " + skill.ru() + "; в профиле этого нет"));
    }

    private static Evidence claimed(ResumeFacts.Skill use, int extra, int now) {
        Words skill = Words.same(Objects.requireNonNull(use.name()));
        Integer months = use.months();
        if (months == null || months <= 0) {
            return Evidence.of(
                    EvidenceKind.UNDATED_SKILL,
                    extra,
                    Map.of("skill", skill),
                    new Words(
                            "The profile claims " + skill.en() + "; no dated job names it",
                            "В профиле указано: " + skill.ru()
                                    + "; ни одно датированное место работы это не называет"));
        }
        Words.Month last = month(use.lastUsed(), true);
        if (last != null && now - last.index() >= STALE_MONTHS) {
            String year = String.valueOf(last.year());
            return Evidence.of(
                    EvidenceKind.STALE_SKILL,
                    extra,
                    Map.of("skill", skill, "year", Words.same(year)),
                    new Words(
                            skill.en() + " was last used in " + year, skill.ru() + ": последнее применение — " + year));
        }
        Words duration = Words.duration(months);
        return Evidence.of(
                EvidenceKind.USED_SKILL,
                extra,
                Map.of("skill", skill, "duration", duration),
                new Words(
                        "Jobs that name " + skill.en() + " lasted " + duration.en(),
                        "Работа с упоминанием " + skill.ru() + ": " + duration.ru()));
    }

    // Jobs

    /** A job with its months; {@code until} is that of today while it goes on. */
    private record Dated(ResumeFacts.Job job, Words.Month from, Words.Month until, boolean ended) {}

    private static void jobs(List<Evidence> found, ResumeFacts facts, int now) {
        List<Dated> dated = facts.experience().stream()
                .flatMap(job -> dated(job, now).stream())
                .sorted(Comparator.comparingInt((Dated job) -> job.from().index())
                        .thenComparingInt(job -> job.until().index()))
                .toList();
        gaps(found, dated, facts.education(), now);
        dated.stream()
                .filter(job -> job.ended() && job.job().company() != null)
                .filter(job -> !job.from().wholeYear() && !job.until().wholeYear())
                .filter(job -> now - job.until().index() < OLDEST_MONTHS)
                .filter(job -> months(job) < SHORT_MONTHS)
                .limit(MOST_JOBS)
                .forEach(job -> found.add(shortJob(job)));
        together(found, dated);
        recent(found, facts.experience());
    }

    private static List<Dated> dated(ResumeFacts.Job job, int now) {
        boolean ended = !"present".equals(job.endDate());
        Words.Month from = month(job.startDate(), false);
        Words.Month until = ended ? month(job.endDate(), true) : Words.Month.ofIndex(now);
        return from == null || until == null || from.index() > until.index()
                ? List.of()
                : List.of(new Dated(job, from, until, ended));
    }

    private static int months(Dated job) {
        return job.until().index() - job.from().index() + 1;
    }

    private static void gaps(List<Evidence> found, List<Dated> dated, List<ResumeFacts.School> schools, int now) {
        List<Evidence> gaps = new ArrayList<>();
        Words.Month end = null;
        for (Dated job : dated) {
            if (end != null) {
                gap(gaps, end, job.from(), schools, now, false);
            }
            if (end == null || job.until().index() > end.index()) {
                end = job.until();
            }
        }
        if (end != null) {
            gap(gaps, end, Words.Month.ofIndex(now), schools, now, true);
        }
        // The latest ones matter most.
        found.addAll(gaps.subList(Math.max(0, gaps.size() - MOST_GAPS), gaps.size()));
    }

    private static void gap(
            List<Evidence> gaps,
            Words.Month end,
            Words.Month next,
            List<ResumeFacts.School> schools,
            int now,
            boolean open) {
        int months = next.index() - end.index() - 1;
        // Of years alone, two that follow each other may touch.
        int least = end.wholeYear() || next.wholeYear() ? GAP_MONTHS + 12 : GAP_MONTHS;
        boolean studied = schools.stream()
                .map(ResumeFacts.School::graduationYear)
                .anyMatch(year -> year != null && year >= end.year() && year <= next.year());
        if (months < least || now - next.index() >= OLDEST_MONTHS || studied) {
            return;
        }
        Words.Month from = end.wholeYear() ? end : Words.Month.ofIndex(end.index() + 1);
        Words period = open
                ? new Words(from.en() + " to today", from.ru() + " — сегодня")
                : Words.period(from, next.wholeYear() ? next : Words.Month.ofIndex(next.index() - 1));
        gaps.add(Evidence.of(
                EvidenceKind.EMPLOYMENT_GAP,
                0,
                Map.of("period", period),
                new Words("No work is listed for " + period.en(), "Работа не указана за период " + period.ru())));
    }

    private static Evidence shortJob(Dated job) {
        Words company = Words.same(Objects.requireNonNull(job.job().company()));
        Words duration = Words.duration(months(job));
        return Evidence.of(
                EvidenceKind.SHORT_JOB,
                0,
                Map.of("company", company, "duration", duration),
                new Words(
                        "The job at " + company.en() + " lasted " + duration.en(),
                        "Работа в компании «" + company.ru() + "» длилась " + duration.ru()));
    }

    private static void together(List<Evidence> found, List<Dated> dated) {
        for (int i = 0; i + 1 < dated.size(); i++) {
            Dated one = dated.get(i);
            Dated other = dated.get(i + 1);
            int months = Math.min(one.until().index(), other.until().index())
                    - other.from().index()
                    + 1;
            boolean exact = !one.until().wholeYear() && !other.from().wholeYear();
            if (exact
                    && months >= TOGETHER_MONTHS
                    && one.job().company() != null
                    && other.job().company() != null
                    && !lower(one.job().company()).equals(lower(other.job().company()))) {
                Words company = Words.same(one.job().company());
                Words second = Words.same(other.job().company());
                found.add(Evidence.of(
                        EvidenceKind.PARALLEL_JOBS,
                        0,
                        Map.of("company", company, "other", second),
                        new Words(
                                company.en() + " and " + second.en() + " overlap by "
                                        + Words.duration(months).en(),
                                "«" + company.ru() + "» и «" + second.ru() + "» пересекаются: "
                                        + Words.duration(months).ru())));
                return;
            }
        }
    }

    /** The latest jobs, which resumes name first. */
    private static void recent(List<Evidence> found, List<ResumeFacts.Job> jobs) {
        jobs.stream()
                .filter(job -> job.company() != null && job.position() != null)
                .limit(MOST_JOBS)
                .forEach(job -> {
                    Words company = Words.same(Objects.requireNonNull(job.company()));
                    Words role = Words.same(Objects.requireNonNull(job.position()));
                    found.add(Evidence.of(
                            EvidenceKind.RECENT_JOB,
                            0,
                            Map.of("company", company, "role", role),
                            new Words(
                                    "The profile names work as " + role.en() + " at " + company.en(),
                                    "В профиле указана работа: " + role.ru() + ", «" + company.ru() + "»")));
                });
    }

    // What the position asks for

    private static void demands(List<Evidence> found, Candidate candidate, ResumeFacts facts, JobProfile job) {
        Integer required = job.minExperienceMonths();
        int actual = candidate.experienceMonths();
        if (required != null && actual > 0 && actual < required) {
            Words asked = Words.duration(required);
            Words known = Words.duration(actual);
            found.add(Evidence.of(
                    EvidenceKind.EXPERIENCE_BELOW_REQUIREMENT,
                    0,
                    Map.of("required", asked, "actual", known),
                    new Words(
                            "The position asks for " + asked.en() + "; dated jobs add up to " + known.en(),
                            "Позиция требует " + asked.ru() + "; датированный опыт — " + known.ru())));
        }
        level(found, candidate, facts, job);
        String title = candidate.title();
        if (title != null && !shareAWord(title, job.title())) {
            Words role = Words.same(title);
            found.add(Evidence.of(
                    EvidenceKind.CAREER_CHANGE,
                    0,
                    Map.of("role", role),
                    new Words(
                            "The title " + role.en() + " is unlike the position's",
                            "Должность «" + role.ru() + "» не похожа на позицию")));
        }
        if (job.educationRequirement() != null && candidate.education().level() == null) {
            Words level = Words.level(job.educationRequirement());
            found.add(Evidence.of(
                    EvidenceKind.EDUCATION_UNCLEAR,
                    0,
                    Map.of("education", level),
                    new Words(
                            "The position asks for " + level.en() + "; the profile shows no level of education",
                            "Позиция требует образование: " + level.ru() + "; в профиле уровень не указан")));
        }
        job.languages().stream()
                .filter(language -> !known(language, candidate, facts))
                .forEach(language -> {
                    Words name = Words.language(language.name());
                    found.add(Evidence.of(
                            EvidenceKind.LANGUAGE_UNCLEAR,
                            0,
                            Map.of("language", name),
                            new Words(
                                    "The position asks for " + language.text() + "; the profile shows no level of it",
                                    "Позиция требует язык: " + name.ru() + "; уровень в профиле не указан")));
                });
    }

    private static void level(List<Evidence> found, Candidate candidate, ResumeFacts facts, JobProfile job) {
        boolean told = candidate.title() != null && senior(candidate.title())
                || facts.experience().stream().anyMatch(one -> one.position() != null && senior(one.position()));
        if (candidate.experienceMonths() == 0 || (!told && senior(job.title()))) {
            found.add(Evidence.of(
                    EvidenceKind.UNCLEAR_LEVEL,
                    0,
                    Map.of(),
                    candidate.experienceMonths() == 0
                            ? new Words(
                                    "The profile shows no dated experience", "В профиле нет датированного опыта работы")
                            : new Words(
                                    "The profile does not show how senior the person is",
                                    "По профилю не виден уровень ответственности")));
        }
    }

    private static boolean senior(String title) {
        return SENIORITY.matcher(lower(title)).find();
    }

    private static boolean known(SpokenLanguage language, Candidate candidate, ResumeFacts facts) {
        return candidate.wanted().languages().stream()
                        .anyMatch(own -> own.name().equals(language.name()) && own.level() != null)
                || facts.languageLevels().stream()
                        .anyMatch(own -> language.name().equals(own.name()) && own.level() != null);
    }

    private static boolean shareAWord(String one, String other) {
        Set<String> words = words(other);
        return words(one).stream().anyMatch(words::contains);
    }

    private static Set<String> words(String title) {
        return Arrays.stream(lower(title).split("[^\\p{L}\\p{N}+#]+"))
                .filter(word -> word.length() > 2 && !SENIORITY.matcher(word).find())
                .collect(Collectors.toSet());
    }

    /** @param end whether a year alone means its last month, not its first */
    private static Words.@Nullable Month month(@Nullable String text, boolean end) {
        Matcher date = DATE.matcher(text == null ? "" : text);
        if (!date.matches()) {
            return null;
        }
        int year = Integer.parseInt(date.group(1));
        if (date.group(2) == null) {
            return new Words.Month(year, end ? 12 : 1, true);
        }
        int month = Integer.parseInt(date.group(2));
        return month < 1 || month > 12 ? null : new Words.Month(year, month, false);
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
