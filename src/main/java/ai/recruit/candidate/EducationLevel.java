package ai.recruit.candidate;

import java.util.Locale;

/** Levels of education, each above those before it. */
public enum EducationLevel {
    /** School up to university entrance. */
    SECONDARY,
    /** Trade school, medium special education. */
    VOCATIONAL,
    ASSOCIATE,
    BACHELOR,
    /** The five-year diploma of Russian-speaking countries. */
    SPECIALIST,
    MASTER,
    /** PhD and other doctorates, candidate of sciences. */
    DOCTOR;

    /** The word in the database and on the wire, for example {@code bachelor}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EducationLevel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
