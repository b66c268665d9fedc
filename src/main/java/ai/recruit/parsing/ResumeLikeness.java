package ai.recruit.parsing;

/**
 * Tells what is plainly no resume. It has to find clear signs of something else together with the absence of every sign
 * of a resume: a real resume must never be refused, while a letter let through does little harm.
 */
final class ResumeLikeness {

    private static final String[] INVOICE = {
        "invoice",
        "bill to",
        "amount due",
        "subtotal",
        "total due",
        "payment terms",
        "purchase order",
        "vat",
        "счет на оплату",
        "счёт на оплату",
        "итого к оплате",
        "счет-фактура",
        "счёт-фактура",
        "поставщик",
        "покупатель",
        "накладная",
        "к оплате"
    };

    private ResumeLikeness() {}

    static boolean plainlyNot(DocumentText document, Sections sections, ParsedResume resume) {
        int signs = 0;
        ParsedResume.PersonalInfo person = resume.personalInfo();
        signs += person.email() != null ? 2 : 0;
        signs += person.phone() != null ? 1 : 0;
        signs += sections.kinds() * 2;
        signs += resume.experience().isEmpty() ? 0 : 2;
        signs += resume.education().isEmpty() ? 0 : 2;
        signs += resume.skills().size() >= 3 ? 1 : 0;
        signs += person.headline() != null ? 1 : 0;
        signs += named(document) ? 3 : 0;
        if (signs >= 5) {
            return false;
        }
        String lower = Words.lower(document.text());
        if (count(lower, INVOICE) >= 3 && sections.kinds() <= 1) {
            return true;
        }
        if (code(document)) {
            return true;
        }
        if (signs >= 4) {
            return false;
        }
        // Nobody can be reached and nothing about work or school is said.
        int words = Words.count(document.text());
        if (words < 12) {
            return person.email() == null && person.phone() == null;
        }
        return signs <= 2;
    }

    private static boolean named(DocumentText document) {
        int seen = 0;
        for (TextLine line : document.lines()) {
            if (line.blank()) {
                continue;
            }
            String key = Words.key(line.text());
            if (key.equals("resume")
                    || key.equals("cv")
                    || key.equals("curriculum vitae")
                    || key.startsWith("резюме")) {
                return true;
            }
            if (++seen > 6) {
                return false;
            }
        }
        return false;
    }

    private static int count(String lower, String[] words) {
        int found = 0;
        for (String word : words) {
            found += lower.contains(word) ? 1 : 0;
        }
        return found;
    }

    /** Source code: many lines end as no sentence does. */
    private static boolean code(DocumentText document) {
        int lines = 0;
        int like = 0;
        for (TextLine line : document.lines()) {
            if (line.blank()) {
                continue;
            }
            lines++;
            String text = line.text();
            char last = text.charAt(text.length() - 1);
            boolean starts = text.startsWith("import ")
                    || text.startsWith("#include")
                    || text.startsWith("def ")
                    || text.startsWith("//")
                    || text.startsWith("return ")
                    || text.startsWith("public ")
                    || text.startsWith("function ");
            like += last == ';' || last == '{' || last == '}' || text.endsWith("):") || starts ? 1 : 0;
        }
        return lines >= 8 && like * 3 > lines;
    }
}
