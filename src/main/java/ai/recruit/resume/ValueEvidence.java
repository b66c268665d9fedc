package ai.recruit.resume;

import ai.recruit.parsing.Evidence;
import ai.recruit.parsing.ParsedResume;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why one value of a resume is what it is, as clients see it.
 *
 * @param path the value as a JSON Pointer (RFC 6901) into {@code parsed_data}
 * @param rule the rule that found it
 * @param confidence 0 to 1: of values of 0.9, nine in ten are right
 * @param form what was done to the printed words: {@code printed} (nothing), {@code lower_case}, {@code e164},
 *     {@code date}, {@code lexicon_name}, {@code language_name}, {@code number} or {@code word}
 * @param printed the words as printed, where the form changes them
 * @param spans where they stand
 */
record ValueEvidence(
        String path,
        String rule,
        double confidence,
        String form,
        @Nullable String printed,
        List<Span> spans) {

    /**
     * @param page the page from 1, for formats with pages
     * @param part the part of the document for the others; {@code hyperlink} for the target of a link
     * @param from index of the first character in the text of the document as it was read
     * @param to index after the last one
     */
    record Span(
            @Nullable Integer page,
            @Nullable String part,
            @Nullable Integer from,
            @Nullable Integer to) {}

    private static final double BASIS_POINTS = 10_000;
    private static final Pattern FURTHER = Pattern.compile("/personal_info/(?:emails|phones)/[1-9].*");
    private static final Pattern LEVEL = Pattern.compile("/languages/(\\d+)/level");
    private static final Pattern NAME = Pattern.compile("/(skills|languages)/(\\d+)/name");
    private static final Pattern USE = Pattern.compile("/skills/(\\d+)/months");

    static List<ValueEvidence> of(ParsedResume resume) {
        return resume.evidence().stream().flatMap(ValueEvidence::of).toList();
    }

    /** None for what clients are not shown. */
    private static Stream<ValueEvidence> of(Evidence evidence) {
        String path = evidence.path();
        if (FURTHER.matcher(path).matches() || path.equals("/personal_info/patronymic")) {
            return Stream.empty();
        }
        String shown = path.replace("/personal_info/emails/0", "/personal_info/email")
                .replaceFirst("^/personal_info/phones/0/.*", "/personal_info/phone");
        shown = LEVEL.matcher(shown).replaceFirst("/language_levels/$1/printed");
        shown = NAME.matcher(shown).replaceFirst("/$1/$2");
        shown = USE.matcher(shown).replaceFirst("/skill_use/$1/months");
        return Stream.of(new ValueEvidence(
                shown,
                evidence.rule(),
                evidence.confidence() / BASIS_POINTS,
                evidence.form().word(),
                evidence.printed(),
                evidence.spans().stream()
                        .map(span -> new Span(span.page(), span.part(), span.from(), span.to()))
                        .toList()));
    }
}
