package ai.recruit.parsing;

/**
 * The rules that find values, each with the share of its values that are right. The figures of the measured ones come
 * from {@code CalibrationLab}, which compares them with hand-written labels; the others are estimates, because there are
 * no labels for what they find.
 */
enum Rule {
    NAME_LABEL("name.label", 9_800),
    NAME_LIKE_EMAIL("name.like_email", 9_900),
    NAME_LARGEST_LINE("name.largest_line", 9_500),
    NAME_TOP_LINE("name.top_line", 8_000),
    NAME_ORDER("name.order", 9_500),
    NAME_PATRONYMIC("name.patronymic", 9_800),

    EMAIL_PRINTED("email.printed", 9_900),
    EMAIL_HYPERLINK("email.hyperlink", 9_500),
    PHONE_DIALLABLE("phone.diallable", 9_900),
    PHONE_SHAPE("phone.shape", 9_500),
    LINK_PRINTED("link.printed", 9_500),
    LINK_HYPERLINK("link.hyperlink", 9_500),
    LOCATION_LABEL("location.label", 9_700),
    LOCATION_PLACE("location.place", 9_700),
    LOCATION_END_OF_ADDRESS("location.end_of_address", 9_300),
    HEADLINE_LABEL("headline.label", 9_500),
    HEADLINE_BESIDE_NAME("headline.beside_name", 9_000),
    HEADLINE_BELOW_NAME("headline.below_name", 9_000),
    SUMMARY_SECTION("summary.section", 9_500),

    COMPANY_LEGAL_FORM("company.legal_form", 9_700),
    COMPANY_WORD("company.word", 9_700),
    COMPANY_BESIDE_POSITION("company.beside_position", 9_600),
    COMPANY_ALONE("company.alone", 9_000),
    COMPANY_ABOVE("company.above", 8_500),
    POSITION_WORD("position.word", 9_700),
    POSITION_BESIDE_COMPANY("position.beside_company", 8_800),
    POSITION_UNDATED("position.undated", 7_000),
    JOB_DATES_RANGE("job_dates.range", 9_800),
    JOB_DATES_SINGLE("job_dates.single", 8_500),
    JOB_LOCATION("job_location.place", 9_000),
    JOB_DESCRIPTION("job_description.lines", 9_000),

    INSTITUTION_WORD("institution.word", 9_600),
    INSTITUTION_LABEL("institution.label", 9_500),
    INSTITUTION_ABOVE("institution.above", 9_000),
    DEGREE_WORD("degree.word", 9_800),
    DEGREE_FIELD("degree_field.beside_degree", 9_000),
    GRADUATION_DATE("graduation.date", 9_800),

    SKILL_LISTED_KNOWN("skill.listed_known", 9_800),
    SKILL_LISTED("skill.listed", 9_000),
    SKILL_LABEL_KNOWN("skill.label_known", 9_700),
    SKILL_LABEL("skill.label", 9_000),
    SKILL_SENTENCE("skill.sentence", 6_000),

    SKILL_USE("skill_use.named_in_job", 8_500),

    WISH_LABEL("wish.label", 9_000),
    WISH_PHRASE("wish.phrase", 8_500),

    LANGUAGE_LISTED("language.listed", 9_800),
    LANGUAGE_LEVEL("language_level.beside_language", 9_500),
    CERTIFICATION_LISTED("certification.listed", 9_600);

    private final String word;
    private final int confidence;

    Rule(String word, int confidence) {
        this.word = word;
        this.confidence = confidence;
    }

    /** As clients read it. */
    String word() {
        return word;
    }

    /** Share of its values that are right, in basis points. */
    int confidence() {
        return confidence;
    }
}
