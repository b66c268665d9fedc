package ai.recruit.candidate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How sure it is that two candidates are one person: evidence for and against is added up as logarithms of odds (Fellegi
 * and Sunter, 1969), against the odds that two candidates who have been found by something in common are not.
 *
 * @param basisPoints 0 to 10000
 * @param reasons what was weighed, the heaviest first
 */
record Likeness(int basisPoints, List<Reason> reasons) {

    /** From here on they may be taken for one without asking. */
    static final int AUTOMATIC = 9500;

    /** From here on a person should look. */
    static final int SUGGESTED = 4000;

    private static final double PRIOR = -5.0;
    private static final double SAME_EMAIL = 6.0;
    private static final double OTHER_EMAIL = -0.4;
    private static final double SAME_LOCAL_PART = 2.5;
    private static final double SAME_PHONE = 4.5;
    private static final double OTHER_PHONE = -0.8;
    private static final double SAME_NAME = 3.6;
    private static final double SAME_SHORT_NAME = 3.0;
    private static final double LIKE_NAME = 2.2;
    private static final double LAST_NAME_ALONE = 0.5;
    private static final double OTHER_FIRST_NAME = -4.0;
    private static final double OTHER_LAST_NAME = -2.0;
    private static final double ONE_EMPLOYER = 1.6;
    private static final double MORE_EMPLOYERS = 1.2;
    private static final double MOST_EMPLOYERS = 4.0;
    private static final double NO_EMPLOYER = -1.0;
    private static final double SAME_TEXT = 4.0;
    private static final double LIKE_TEXT = 2.2;
    private static final double SAME_PLACE = 0.4;
    private static final int SHORTEST_LOCAL_PART = 5;

    /**
     * Something that was weighed.
     *
     * @param code for example {@code same_email}
     * @param weight natural logarithm of the odds; negative speaks against
     */
    record Reason(String code, double weight) {}

    /** Compares two people. */
    static Likeness of(Traits one, Traits other, ShortNames shortNames) {
        List<Reason> reasons = new ArrayList<>();
        addresses(one, other, reasons);
        if (!one.phone().isEmpty() && !other.phone().isEmpty()) {
            boolean same = one.phone().equals(other.phone());
            reasons.add(new Reason(same ? "same_phone" : "other_phone", same ? SAME_PHONE : OTHER_PHONE));
        }
        names(one, other, shortNames, reasons);
        employers(one, other, reasons);
        double text = one.sameText(other);
        if (text >= 0.6) {
            reasons.add(new Reason("same_text", SAME_TEXT));
        } else if (text >= 0.25) {
            reasons.add(new Reason("similar_text", LIKE_TEXT));
        }
        if (!one.location().isEmpty() && one.location().equals(other.location())) {
            reasons.add(new Reason("same_location", SAME_PLACE));
        }
        double sum = PRIOR + reasons.stream().mapToDouble(Reason::weight).sum();
        reasons.sort((a, b) -> Double.compare(Math.abs(b.weight()), Math.abs(a.weight())));
        return new Likeness((int) Math.round(10_000 / (1 + Math.exp(-sum))), List.copyOf(reasons));
    }

    private static void addresses(Traits one, Traits other, List<Reason> reasons) {
        if (one.email().isEmpty() || other.email().isEmpty()) {
            return;
        }
        if (one.email().equals(other.email())) {
            reasons.add(new Reason("same_email", SAME_EMAIL));
        } else if (local(one).length() >= SHORTEST_LOCAL_PART && local(one).equals(local(other))) {
            reasons.add(new Reason("same_email_name", SAME_LOCAL_PART));
        } else {
            reasons.add(new Reason("other_email", OTHER_EMAIL));
        }
    }

    private static String local(Traits traits) {
        return traits.email().substring(0, traits.email().indexOf('@'));
    }

    private static void names(Traits one, Traits other, ShortNames shortNames, List<Reason> reasons) {
        if (one.last().isEmpty() && one.first().isEmpty()
                || other.last().isEmpty() && other.first().isEmpty()) {
            return;
        }
        Set<String> all = new LinkedHashSet<>(one.first());
        all.addAll(one.last());
        Set<String> others = new LinkedHashSet<>(other.first());
        others.addAll(other.last());
        if (all.equals(others)) {
            reasons.add(new Reason("same_name", SAME_NAME));
            return;
        }
        boolean sameLast = meets(one.last(), other.last()) || meets(one.last(), other.first());
        boolean likeLast = sameLast || near(one.last(), other.last());
        boolean sameFirst = meets(one.first(), other.first()) || meets(one.first(), other.last());
        boolean shortFirst = sameFirst || forms(one.first(), other.first(), shortNames);
        boolean likeFirst = shortFirst || near(one.first(), other.first()) || initial(one.first(), other.first());
        if (sameLast && shortFirst) {
            reasons.add(new Reason(sameFirst ? "same_name" : "short_name", sameFirst ? SAME_NAME : SAME_SHORT_NAME));
        } else if (likeLast && likeFirst) {
            reasons.add(new Reason("similar_name", LIKE_NAME));
        } else if (likeLast) {
            reasons.add(new Reason("same_last_name", LAST_NAME_ALONE));
            if (!one.first().isEmpty() && !other.first().isEmpty()) {
                reasons.add(new Reason("other_first_name", OTHER_FIRST_NAME));
            }
        } else if (shortFirst) {
            reasons.add(new Reason("other_last_name", OTHER_LAST_NAME));
        } else {
            reasons.add(new Reason("other_name", OTHER_FIRST_NAME + OTHER_LAST_NAME));
        }
    }

    private static boolean meets(Set<String> some, Set<String> others) {
        return some.stream().anyMatch(others::contains);
    }

    private static boolean forms(Set<String> some, Set<String> others, ShortNames shortNames) {
        return some.stream().anyMatch(one -> others.stream().anyMatch(other -> shortNames.same(one, other)));
    }

    private static boolean initial(Set<String> some, Set<String> others) {
        return some.stream()
                .anyMatch(one -> others.stream()
                        .anyMatch(other ->
                                (one.length() == 1 || other.length() == 1) && one.charAt(0) == other.charAt(0)));
    }

    /** Whether two words differ by one letter that was mistyped, left out, or swapped with its neighbour. */
    private static boolean near(Set<String> some, Set<String> others) {
        return some.stream()
                .anyMatch(one -> others.stream()
                        .anyMatch(other -> one.length() >= 4 && other.length() >= 4 && oneSlip(one, other)));
    }

    static boolean oneSlip(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int head = 0;
        while (head < most && one.charAt(head) == other.charAt(head)) {
            head++;
        }
        String a = one.substring(head);
        String b = other.substring(head);
        if (a.equals(b)) {
            return true;
        }
        if (a.length() == b.length()) {
            boolean typed = a.substring(1).equals(b.substring(1));
            boolean swapped = a.length() >= 2
                    && a.charAt(0) == b.charAt(1)
                    && a.charAt(1) == b.charAt(0)
                    && a.substring(2).equals(b.substring(2));
            return typed || swapped;
        }
        return a.length() == b.length() + 1
                ? a.substring(1).equals(b)
                : b.length() == a.length() + 1 && b.substring(1).equals(a);
    }

    private static void employers(Traits one, Traits other, List<Reason> reasons) {
        if (one.employers().isEmpty() || other.employers().isEmpty()) {
            return;
        }
        long same = one.employers().stream().filter(other.employers()::contains).count();
        reasons.add(
                same == 0
                        ? new Reason("other_employers", NO_EMPLOYER)
                        : new Reason(
                                "same_employers",
                                Math.min(MOST_EMPLOYERS, ONE_EMPLOYER + (same - 1) * MORE_EMPLOYERS)));
    }
}
