package ai.recruit.matching;

import ai.recruit.matching.Contribution.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The same evidence in words, in English and in Russian. Nothing is said that does not stand in a contribution.
 *
 * @param en English
 * @param ru Russian
 */
record Wording(String en, String ru) {

    /** The language that a client prefers of the two. */
    String in(HttpHeaders headers) {
        return headers.getAcceptLanguageAsLocales().stream()
                .map(Locale::getLanguage)
                .filter(language -> language.equals("ru") || language.equals("en"))
                .findFirst()
                .filter(language -> language.equals("ru"))
                .map(language -> ru)
                .orElse(en);
    }

    private static final int YEAR = 12;

    private static final Map<String, Wording> LEVELS = Map.of(
            "secondary", new Wording("secondary", "среднее"),
            "vocational", new Wording("vocational", "среднее специальное"),
            "associate", new Wording("associate", "неполное высшее"),
            "bachelor", new Wording("bachelor", "бакалавр"),
            "specialist", new Wording("specialist", "специалист"),
            "master", new Wording("master", "магистр"),
            "doctor", new Wording("doctor", "учёная степень"));

    private static final Map<String, Wording> PLACES = Map.of(
            "remote", new Wording("remote", "удалённо"),
            "hybrid", new Wording("hybrid", "гибрид"),
            "onsite", new Wording("on site", "на месте"),
            "full_time", new Wording("full time", "полная занятость"),
            "part_time", new Wording("part time", "частичная занятость"),
            "contract", new Wording("contract", "договор"),
            "internship", new Wording("internship", "стажировка"),
            "true", new Wording("yes", "да"),
            "false", new Wording("no", "нет"));

    private static final Map<SkillRelations.Relation, Wording> RELATIONS = Map.of(
            SkillRelations.Relation.SAME, new Wording("the same", "то же"),
            SkillRelations.Relation.CHILD, new Wording("a kind of it", "его разновидность"),
            SkillRelations.Relation.PARENT, new Wording("the wider skill", "более общий навык"),
            SkillRelations.Relation.SIBLING, new Wording("close to it", "близкий навык"),
            SkillRelations.Relation.NONE, new Wording("not related", "не связан"));

    /** One contribution. */
    static Wording of(Contribution contribution) {
        String required = contribution.required();
        Contribution.Evidence evidence = contribution.evidence();
        String has = evidence == null ? null : evidence.value();
        return switch (contribution.kind()) {
            case REQUIRED_SKILL -> skill(contribution, "required", "обязательный навык");
            case PREFERRED_SKILL -> skill(contribution, "preferred", "желательный навык");
            case TITLE_WORD ->
                required == null
                        ? new Wording("The job names no skill.", "В вакансии не названы навыки.")
                        : has != null
                                ? new Wording(
                                        "The job's title and the candidate's both say \"" + required + "\".",
                                        "И в вакансии, и у кандидата в должности есть «" + required + "».")
                                : new Wording(
                                        "The candidate's title does not say \"" + required + "\".",
                                        "В должности кандидата нет слова «" + required + "».");
            case EXPERIENCE_MONTHS -> experience(required, has);
            case EDUCATION_LEVEL -> education(required, has);
            case SALARY ->
                contribution.verdict() == Verdict.NOT_ASSESSED
                        ? new Wording("Salary: not compared.", "Зарплата: не сравнивалась.")
                        : new Wording(
                                "Salary: wants " + has + ", the job pays up to " + required + ".",
                                "Зарплата: ожидает " + has + ", в вакансии до " + required + ".");
            case LOCATION -> location(contribution, required, has);
            case WORK_MODE -> pair("Work mode", "Формат работы", required, has);
            case EMPLOYMENT_TYPE -> pair("Employment", "Занятость", required, has);
            case LANGUAGE -> pair("Language", "Язык", required, has);
            case AVAILABILITY ->
                new Wording(
                        "Start: in " + has + " days, asked for within " + required + ".",
                        "Выход: через " + has + " дн., требуется в течение " + required + " дн.");
            case RELOCATION ->
                new Wording(
                        "Moving to " + required + ": " + term(has).en() + ".",
                        "Переезд (" + required + "): " + term(has).ru() + ".");
            case NO_CONDITIONS ->
                new Wording(
                        "Working conditions: not assessed, a neutral value for everybody.",
                        "Условия работы: не оценивались, значение одинаково для всех.");
        };
    }

    /** The whole score: the parts that count, in their order. */
    static Wording of(Score score) {
        List<Wording> sentences = score.parts().stream()
                .filter(part -> part.weight() > 0)
                .map(Wording::of)
                .toList();
        return new Wording(
                sentences.stream().map(Wording::en).collect(Collectors.joining(" ")),
                sentences.stream().map(Wording::ru).collect(Collectors.joining(" ")));
    }

    private static Wording of(Score.Part part) {
        List<Contribution> all = part.contributions();
        if (part.part() == ScorePart.SKILLS) {
            return all.get(0).kind() == Kind.TITLE_WORD ? title(all) : skills(all);
        }
        return new Wording(
                all.stream().map(one -> of(one).en()).collect(Collectors.joining(" ")),
                all.stream().map(one -> of(one).ru()).collect(Collectors.joining(" ")));
    }

    private static Wording skills(List<Contribution> all) {
        String matched = names(all, Verdict.MATCHED);
        String partial = all.stream()
                .filter(one -> one.verdict() == Verdict.PARTIAL && one.evidence() != null)
                .map(one -> one.required() + " ← " + value(one))
                .collect(Collectors.joining(", "));
        String missing = names(all, Verdict.MISSING);
        long count =
                all.stream().filter(one -> one.verdict() == Verdict.MATCHED).count();
        return new Wording(
                "Skills: " + count + " of " + all.size() + (matched.isEmpty() ? "" : " (" + matched + ")")
                        + (partial.isEmpty() ? "" : "; in part " + partial)
                        + (missing.isEmpty() ? "." : "; missing " + missing + "."),
                "Навыки: " + count + " из " + all.size() + (matched.isEmpty() ? "" : " (" + matched + ")")
                        + (partial.isEmpty() ? "" : "; частично " + partial)
                        + (missing.isEmpty() ? "." : "; нет: " + missing + "."));
    }

    private static Wording title(List<Contribution> all) {
        if (all.get(0).required() == null) {
            return new Wording("Skills: the job names none.", "Навыки: в вакансии не названы.");
        }
        long common =
                all.stream().filter(one -> one.verdict() == Verdict.MATCHED).count();
        return new Wording(
                "Skills: the job names none; " + common + " of " + all.size()
                        + " words of its title stand in the candidate's.",
                "Навыки: в вакансии не названы; слов её названия в должности кандидата: " + common + " из " + all.size()
                        + ".");
    }

    private static String names(List<Contribution> all, Verdict verdict) {
        return all.stream()
                .filter(one -> one.verdict() == verdict)
                .map(one -> String.valueOf(one.required()))
                .collect(Collectors.joining(", "));
    }

    private static String value(Contribution contribution) {
        return contribution.evidence() == null ? "" : contribution.evidence().value();
    }

    private static Wording skill(Contribution skill, String en, String ru) {
        Contribution.Evidence evidence = skill.evidence();
        if (evidence == null) {
            return new Wording(
                    skill.required() + " (" + en + "): not named.", skill.required() + " (" + ru + "): не указан.");
        }
        if (skill.verdict() == Verdict.MATCHED || evidence.relation() == null) {
            return new Wording(skill.required() + " (" + en + "): has it.", skill.required() + " (" + ru + "): есть.");
        }
        Wording relation = RELATIONS.getOrDefault(evidence.relation(), term(evidence.value()));
        return new Wording(
                skill.required() + " (" + en + "): in part by " + evidence.value() + ", " + relation.en() + ".",
                skill.required() + " (" + ru + "): частично, " + evidence.value() + " — " + relation.ru() + ".");
    }

    private static Wording experience(@Nullable String required, @Nullable String has) {
        Wording months = years(has);
        Wording asked = years(required);
        return required == null
                ? new Wording(
                        "Experience: " + months.en() + ", none asked for.",
                        "Опыт: " + months.ru() + ", требований нет.")
                : new Wording(
                        "Experience: " + months.en() + ", " + asked.en() + " asked for.",
                        "Опыт: " + months.ru() + ", требуется " + asked.ru() + ".");
    }

    private static Wording education(@Nullable String required, @Nullable String has) {
        Wording known = has == null ? new Wording("not known", "не указано") : LEVELS.getOrDefault(has, term(has));
        return required == null
                ? new Wording(
                        "Education: " + known.en() + ", none asked for.",
                        "Образование: " + known.ru() + ", требований нет.")
                : new Wording(
                        "Education: " + known.en() + ", "
                                + LEVELS.getOrDefault(required, term(required)).en() + " asked for.",
                        "Образование: " + known.ru() + ", требуется "
                                + LEVELS.getOrDefault(required, term(required)).ru() + ".");
    }

    private static Wording location(Contribution location, @Nullable String required, @Nullable String has) {
        if (required == null) {
            return new Wording("Location: the job names none.", "Место: в вакансии не указано.");
        }
        if (required.equals("remote")) {
            return new Wording("Location: remote.", "Место: удалённая работа.");
        }
        if (has == null) {
            return new Wording("Location: the candidate's is not known.", "Место: у кандидата не указано.");
        }
        return switch (location.verdict()) {
            case MATCHED -> new Wording("Location: the same.", "Место: совпадает.");
            case PARTIAL ->
                has.equals("true")
                        ? new Wording("Location: elsewhere, would move.", "Место: другое, готов(а) к переезду.")
                        : new Wording("Location: the same country or region.", "Место: та же страна или регион.");
            default -> new Wording("Location: elsewhere.", "Место: другое.");
        };
    }

    private static Wording pair(String en, String ru, @Nullable String required, @Nullable String has) {
        return new Wording(
                en + ": " + term(required).en() + ", declared " + term(has).en() + ".",
                ru + ": " + term(required).ru() + ", указано: " + term(has).ru() + ".");
    }

    private static Wording term(@Nullable String word) {
        String text = String.valueOf(word);
        return PLACES.getOrDefault(text, new Wording(text, text));
    }

    /** Months as years with one decimal. */
    static Wording years(@Nullable String months) {
        int tenths = months == null ? 0 : (Integer.parseInt(months) * 10 + YEAR / 2) / YEAR;
        int whole = tenths / 10;
        if (tenths % 10 != 0) {
            return new Wording(whole + "." + tenths % 10 + " years", whole + "," + tenths % 10 + " года");
        }
        String ru = whole % 10 == 1 && whole % 100 != 11
                ? "год"
                : whole % 10 >= 2 && whole % 10 <= 4 && (whole % 100 < 12 || whole % 100 > 14) ? "года" : "лет";
        return new Wording(whole + (whole == 1 ? " year" : " years"), whole + " " + ru);
    }

    /** One change, as what would have to be otherwise. */
    static Wording of(Change change) {
        Wording from = value(change.field(), change.from());
        Wording to = value(change.field(), change.to());
        String added = String.join(", ", change.add());
        return switch (change.field()) {
            case Change.SKILLS ->
                change.remove().isEmpty()
                        ? new Wording("Has also: " + added + ".", "Есть также: " + added + ".")
                        : new Wording(
                                "Does not have: " + String.join(", ", change.remove()) + ".",
                                "Нет: " + String.join(", ", change.remove()) + ".");
            case Change.EXPERIENCE ->
                new Wording(
                        to.en() + " of experience instead of " + from.en() + ".",
                        "Опыт " + to.ru() + " вместо " + from.ru() + ".");
            case Change.EDUCATION ->
                new Wording(
                        "Education: " + to.en() + " instead of " + from.en() + ".",
                        "Образование: " + to.ru() + " вместо " + from.ru() + ".");
            case Change.LOCATION ->
                new Wording(
                        "Location: " + to.en() + " instead of " + from.en() + ".",
                        "Место: " + to.ru() + " вместо " + from.ru() + ".");
            case Change.SALARY ->
                new Wording(
                        "Wants " + to.en() + " instead of " + from.en() + ".",
                        "Ожидает " + to.ru() + " вместо " + from.ru() + ".");
            case Change.AVAILABLE ->
                new Wording(
                        "Could start in " + to.en() + " days instead of " + from.en() + ".",
                        "Выход через " + to.ru() + " дн. вместо " + from.ru() + ".");
            case Change.RELOCATES -> new Wording("Would move.", "Готов(а) к переезду.");
            default ->
                new Wording(
                        "Accepts also: " + term(added).en() + ".",
                        "Подходит также: " + term(added).ru() + ".");
        };
    }

    private static Wording value(String field, @Nullable String value) {
        if (value == null) {
            return new Wording("not known", "«не указано»");
        }
        return switch (field) {
            case Change.EXPERIENCE -> months(Integer.parseInt(value));
            case Change.EDUCATION -> LEVELS.getOrDefault(value, term(value));
            default -> value.equals(Counterfactuals.ELSEWHERE) ? new Wording(value, "другое") : term(value);
        };
    }

    /** Exactly, unlike {@link #years}: what is asked for is the least that suffices. */
    private static Wording months(int months) {
        int years = months / YEAR;
        int rest = months % YEAR;
        Wording whole = years(String.valueOf(years * YEAR));
        if (rest == 0) {
            return whole;
        }
        String en = rest + (rest == 1 ? " month" : " months");
        return years == 0
                ? new Wording(en, rest + " мес.")
                : new Wording(whole.en() + " " + en, whole.ru() + " " + rest + " мес.");
    }
}
