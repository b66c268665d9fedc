package ai.recruit.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.kernel.UuidV7;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Who is taken for one person, on people who are made up with known twins. */
class LikenessTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ShortNames SHORT = ShortNames.load();
    private static final int PEOPLE = 10_000;

    @ParameterizedTest
    @CsvSource({
        "Екатерина, Катя, true",
        "Екатерина, Kate, true",
        "Юлия, Julia, true",
        "William, Bill, true",
        "Саша, Александра, true",
        "Саша, Александр, true",
        "Александр, Александра, false",
        "Anna, Olga, false"
    })
    void knowsShortForms(String one, String other, boolean same) {
        assertThat(SHORT.same(NameWords.folded(one), NameWords.folded(other))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"ivanov, ivanof, true", "ivanov, ivaonv, true", "ivanov, ivano, true", "ivanov, petrov, false"})
    void knowsOneSlip(String one, String other, boolean near) {
        assertThat(Likeness.oneSlip(one, other)).isEqualTo(near);
    }

    @Test
    void findsTwinsAndLetsOthersBe() {
        Random random = new Random(42);
        List<Traits> traits = new ArrayList<>();
        List<Integer> person = new ArrayList<>();
        int people = 0;
        while (traits.size() < PEOPLE) {
            Made made = Made.random(random, people);
            add(traits, person, made, people);
            if (random.nextInt(5) == 0) {
                add(traits, person, made.twin(random), people);
            }
            people++;
        }
        long twins = traits.size() - people;
        Map<String, List<Integer>> blocks = new HashMap<>();
        for (int i = 0; i < traits.size(); i++) {
            for (String key : traits.get(i).keys(SHORT)) {
                blocks.computeIfAbsent(key, none -> new ArrayList<>()).add(i);
            }
        }
        Set<Long> compared = new HashSet<>();
        long automatic = 0;
        long wrong = 0;
        long found = 0;
        long suggested = 0;
        for (List<Integer> block : blocks.values()) {
            for (int a = 0; a < block.size(); a++) {
                for (int b = a + 1; b < block.size(); b++) {
                    if (compared.add(block.get(a) * 1_000_000L + block.get(b))) {
                        int sure = Likeness.of(traits.get(block.get(a)), traits.get(block.get(b)), SHORT)
                                .basisPoints();
                        boolean same = person.get(block.get(a)).equals(person.get(block.get(b)));
                        automatic += sure >= Likeness.AUTOMATIC ? 1 : 0;
                        wrong += sure >= Likeness.AUTOMATIC && !same ? 1 : 0;
                        found += sure >= Likeness.SUGGESTED && same ? 1 : 0;
                        suggested += sure >= Likeness.SUGGESTED ? 1 : 0;
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d candidates, %d twins, %d pairs compared; automatic %d, of which wrong %d (precision %.4f);"
                        + " automatic and suggested %d, twins among them %d (recall %.4f)%n",
                traits.size(),
                twins,
                compared.size(),
                automatic,
                wrong,
                1 - wrong / (double) automatic,
                suggested,
                found,
                found / (double) twins);
        assertThat(automatic).isGreaterThan(twins / 3);
        assertThat(wrong / (double) automatic).isLessThanOrEqualTo(0.02);
        assertThat(found / (double) twins).isGreaterThanOrEqualTo(0.95);
        // Nobody reads suggestions that are mostly wrong.
        assertThat(found / (double) suggested).isGreaterThan(0.5);
    }

    private static void add(List<Traits> traits, List<Integer> person, Made made, int number) {
        traits.add(Traits.of(made.candidate(), JSON));
        person.add(number);
    }

    /** Somebody who is made up. */
    private record Made(
            String first,
            String last,
            @Nullable String email,
            @Nullable String phone,
            List<String> employers,
            String place,
            List<String> sentences) {

        private static final List<String[]> FIRST = List.of(
                new String[] {"Екатерина", "Катя", "Kate", "Ekaterina"},
                new String[] {"Александр", "Саша", "Alexander", "Aleksandr"},
                new String[] {"Дмитрий", "Дима", "Dmitry", "Dmitrii"},
                new String[] {"Мария", "Маша", "Maria", "Mariya"},
                new String[] {"Сергей", "Серёжа", "Sergey", "Sergei"},
                new String[] {"Анна", "Аня", "Anna", "Anya"},
                new String[] {"Юлия", "Юля", "Yulia", "Iuliia"},
                new String[] {"Иван", "Ваня", "Ivan", "Ivan"},
                new String[] {"Наталья", "Наташа", "Natalia", "Natasha"},
                new String[] {"Михаил", "Миша", "Mikhail", "Michael"},
                new String[] {"William", "Bill", "William", "Will"},
                new String[] {"Elizabeth", "Liz", "Elizabeth", "Beth"},
                new String[] {"Robert", "Bob", "Robert", "Rob"},
                new String[] {"Susan", "Sue", "Susan", "Susie"},
                new String[] {"Thomas", "Tom", "Thomas", "Tommy"},
                new String[] {"Ольга", "Оля", "Olga", "Olya"},
                new String[] {"Николай", "Коля", "Nikolay", "Nikolai"},
                new String[] {"Айгуль", "Айгуль", "Aigul", "Aygul"});

        /** In both alphabets; some names are common, most are not. */
        private static final List<String[]> ENDINGS = List.of(
                new String[] {"ов", "ov"},
                new String[] {"ин", "in"},
                new String[] {"енко", "enko"},
                new String[] {"ский", "sky"},
                new String[] {"евич", "evich"});

        private static final List<String[]> STEMS = List.of(
                new String[] {"Иван", "Ivan"},
                new String[] {"Петр", "Petr"},
                new String[] {"Смирн", "Smirn"},
                new String[] {"Кузнец", "Kuznets"},
                new String[] {"Волк", "Volk"},
                new String[] {"Зайц", "Zayts"},
                new String[] {"Морг", "Morg"},
                new String[] {"Чех", "Chekh"},
                new String[] {"Жук", "Zhuk"},
                new String[] {"Щерб", "Shcherb"},
                new String[] {"Гор", "Gor"},
                new String[] {"Бел", "Bel"},
                new String[] {"Крам", "Kram"},
                new String[] {"Лап", "Lap"},
                new String[] {"Мар", "Mar"},
                new String[] {"Ос", "Os"},
                new String[] {"Руд", "Rud"},
                new String[] {"Тар", "Tar"},
                new String[] {"Фед", "Fed"},
                new String[] {"Яков", "Yakov"});

        private static final List<String> COMPANIES = List.of(
                "Acme",
                "Globex",
                "Initech",
                "Umbrella",
                "Hooli",
                "Vehement",
                "Massive",
                "Stark",
                "Wayne",
                "Wonka",
                "Cyberdyne",
                "Soylent",
                "Tyrell",
                "Aperture",
                "Gringotts",
                "Ромашка",
                "Вектор",
                "Прогресс",
                "Заря",
                "Орбита",
                "Северсталь Тест",
                "Альфа Тест",
                "Омега",
                "Сигма",
                "Дельта");

        private static final List<String> PLACES =
                List.of("Moscow", "Berlin", "Bishkek", "Kazan", "London", "Almaty", "Tbilisi");

        private static final List<String> VERBS =
                List.of("built", "led", "designed", "moved", "tested", "rewrote", "measured", "sold", "planned");

        private static final List<String> THINGS = List.of(
                "billing",
                "search",
                "warehouse",
                "payroll",
                "delivery",
                "reporting",
                "messaging",
                "checkout",
                "monitoring",
                "inventory",
                "booking",
                "analytics");

        static Made random(Random random, int number) {
            String[] first = pick(random, FIRST);
            String[] stem = pick(random, STEMS);
            String[] ending = pick(random, ENDINGS);
            boolean cyrillic = first[0].charAt(0) > 'z';
            int form = cyrillic && random.nextBoolean() ? 0 : cyrillic ? 2 : 0;
            int alphabet = cyrillic && form == 0 ? 0 : 1;
            List<String> employers = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                employers.add(pick(random, COMPANIES)
                        + (random.nextInt(4) == 0 ? "" : " " + (char) ('A' + random.nextInt(20))));
            }
            List<String> sentences = new ArrayList<>();
            for (int i = 0; i < 6 + random.nextInt(8); i++) {
                sentences.add(sentence(random));
            }
            // Some share a number: a family, or an agency that puts its own on every resume.
            String phone = random.nextInt(50) == 0
                    ? "+7 900 000-00-0" + random.nextInt(5)
                    : "+7 9%02d %07d".formatted(random.nextInt(100), random.nextInt(10_000_000));
            return new Made(
                    first[form],
                    stem[alphabet] + ending[alphabet],
                    random.nextInt(12) == 0
                            ? null
                            : "p" + number + "@" + (random.nextBoolean() ? "example.com" : "example.org"),
                    random.nextInt(8) == 0 ? null : phone,
                    employers,
                    pick(random, PLACES),
                    sentences);
        }

        private static String sentence(Random random) {
            return "I " + pick(random, VERBS) + " the " + pick(random, THINGS) + " system of " + random.nextInt(90)
                    + " teams in " + random.nextInt(30) + " months";
        }

        private static <T> T pick(Random random, List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        /** The same person some years or another recruiter later. */
        Made twin(Random random) {
            String otherFirst = first;
            String otherLast = last;
            for (String[] forms : FIRST) {
                if (List.of(forms).contains(first)) {
                    otherFirst = forms[random.nextInt(forms.length)];
                }
            }
            boolean cyrillic = otherFirst.charAt(0) > 'z';
            for (String[] stem : STEMS) {
                for (String[] ending : ENDINGS) {
                    if (last.equals(stem[0] + ending[0]) || last.equals(stem[1] + ending[1])) {
                        otherLast = cyrillic ? stem[0] + ending[0] : stem[1] + ending[1];
                    }
                }
            }
            if (random.nextInt(12) == 0) {
                int at = 1 + random.nextInt(otherLast.length() - 2);
                otherLast = otherLast.substring(0, at) + otherLast.substring(at + 1);
            }
            boolean sameEmail = random.nextInt(10) < 6;
            boolean samePhone = random.nextInt(10) < 6;
            List<String> jobs = new ArrayList<>(employers);
            if (random.nextInt(3) == 0) {
                jobs.add(0, pick(random, COMPANIES) + " " + (char) ('A' + random.nextInt(20)));
            }
            List<String> text = new ArrayList<>(sentences);
            for (int i = 0; i < random.nextInt(5); i++) {
                text.set(random.nextInt(text.size()), sentence(random));
            }
            return new Made(
                    otherFirst,
                    otherLast,
                    sameEmail ? email : "new" + random.nextInt(1_000_000) + "@example.net",
                    samePhone ? phone : "+7 8%02d %07d".formatted(random.nextInt(100), random.nextInt(10_000_000)),
                    jobs,
                    random.nextInt(4) == 0 ? pick(random, PLACES) : place,
                    random.nextInt(4) == 0 ? List.of() : text);
        }

        Candidate candidate() {
            UUID id = UuidV7.next(Clock.systemUTC());
            List<Map<String, String>> jobs = new ArrayList<>();
            for (int i = 0; i < employers.size(); i++) {
                jobs.add(
                        Map.of("company", employers.get(i), "description", i == 0 ? String.join(". ", sentences) : ""));
            }
            return new Candidate(
                    id,
                    id,
                    first,
                    last,
                    email,
                    phone,
                    place,
                    null,
                    null,
                    List.of(),
                    0,
                    Education.NONE,
                    "initial_screening",
                    0,
                    null,
                    null,
                    JSON.writeValueAsString(Map.of("experience", jobs)),
                    null,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    1,
                    Wishes.NONE,
                    Wishes.NONE,
                    Set.of(),
                    Access.OWN);
        }
    }
}
