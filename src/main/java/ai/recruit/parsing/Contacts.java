package ai.recruit.parsing;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** E-mail addresses, phone numbers and links, wherever in the text they stand. */
record Contacts(List<String> emails, List<ParsedResume.Phone> phones, List<ParsedResume.Link> links) {

    private static final Pattern EMAIL =
            Pattern.compile("[\\p{L}0-9._%+'-]{1,64}+@(?:[\\p{L}0-9](?:[\\p{L}0-9-]{0,62}+)\\.){1,5}+[\\p{L}]{2,24}+");
    /** Digits with the punctuation that people put between them; what is really a number is decided afterwards. */
    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\p{L}\\p{N}@/._-])[+(]{0,2}+[0-9](?:[ \\u00a0().\\u2013\\u2014/-]{0,3}+[0-9]){6,17}+(?![\\p{L}\\p{N}@_])");

    private static final Pattern URL = Pattern.compile(
            "(?:https?://|www\\.)[^\\s<>\"'()\\[\\]|,;]{3,300}+"
                    + "|(?<![\\p{L}0-9@.-])(?:[a-z0-9][a-z0-9-]{0,40}+\\.){1,4}+(?:com|org|net|io|dev|me|ru|co|ai|app|info|tech|pro|edu|su|рф)(?:/[^\\s<>\"'()\\[\\]|,;]{1,200}+)?+(?![\\p{L}0-9@])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern YEARS = Pattern.compile(
            "(?:19|20)[0-9]{2}\\s*+[-\\u2013\\u2014/.]\\s*+(?:(?:19|20)[0-9]{2}|[0-9]{1,2})(?:\\s*+[-\\u2013\\u2014/.].*+)?+"
                    + "|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2}.*+"
                    + "|[0-9]{1,2}[./](?:19|20)[0-9]{2}\\s*+[-\\u2013\\u2014].*+");
    private static final int MAX = 10;
    private static final int MOST_CANDIDATES = 200;

    static Contacts read(DocumentText document, Trail trail) {
        Set<String> emails = new LinkedHashSet<>();
        Map<String, ParsedResume.Phone> phones = new LinkedHashMap<>();
        Map<String, ParsedResume.Link> links = new LinkedHashMap<>();
        boolean russian = Words.russian(document.text());
        int candidates = 0;
        for (TextLine line : document.lines()) {
            String text = line.text();
            if (text.indexOf('@') >= 0) {
                Matcher matcher = EMAIL.matcher(text);
                while (matcher.find() && emails.size() < MAX) {
                    String printed = trimDots(matcher.group());
                    String path = "/personal_info/emails/" + emails.size();
                    if (emails.add(printed.toLowerCase(Locale.ROOT))) {
                        trail.made(path, Rule.EMAIL_PRINTED, Evidence.Form.LOWER_CASE, printed, Trail.Where.of(line));
                    }
                }
            }
            if (phones.size() < MAX && candidates < MOST_CANDIDATES) {
                candidates += phones(line, russian, phones, trail);
            }
            if (mayLink(text) && links.size() < 2 * MAX) {
                links(line, links, trail);
            }
        }
        for (String link : document.links()) {
            String lower = link.toLowerCase(Locale.ROOT);
            if (lower.startsWith("mailto:")) {
                Matcher matcher = EMAIL.matcher(link.substring("mailto:".length()));
                if (matcher.lookingAt() && emails.size() < MAX) {
                    String path = "/personal_info/emails/" + emails.size();
                    if (emails.add(matcher.group().toLowerCase(Locale.ROOT))) {
                        trail.hyperlink(path, Rule.EMAIL_HYPERLINK, Evidence.Form.LOWER_CASE, link);
                    }
                }
            } else if (lower.startsWith("http") && links.size() < 2 * MAX) {
                String path = "/personal_info/links/" + links.size() + "/url";
                if (addLink(link, links) != null) {
                    trail.hyperlink(path, Rule.LINK_HYPERLINK, Evidence.Form.PRINTED, link);
                }
            }
        }
        return new Contacts(List.copyOf(emails), List.copyOf(phones.values()), List.copyOf(links.values()));
    }

    /** Whether a dot stands within a word, as in every address of a page. */
    private static boolean mayLink(String text) {
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            if (dot > 0
                    && dot + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(dot - 1))
                    && Character.isLetterOrDigit(text.charAt(dot + 1))) {
                return true;
            }
        }
        return text.contains("://");
    }

    private static String trimDots(String address) {
        int from = 0;
        while (from < address.length() - 1 && (address.charAt(from) == '.' || address.charAt(from) == '-')) {
            from++;
        }
        return address.substring(from);
    }

    /** Adds the numbers of a line and answers how many candidates it looked at. */
    private static int phones(TextLine of, boolean russian, Map<String, ParsedResume.Phone> into, Trail trail) {
        String line = of.text();
        int digits = 0;
        for (int i = 0; i < line.length(); i++) {
            digits += line.charAt(i) >= '0' && line.charAt(i) <= '9' ? 1 : 0;
        }
        if (digits < 7) {
            return 0;
        }
        int candidates = 0;
        Matcher matcher = PHONE.matcher(line);
        while (matcher.find() && into.size() < MAX && candidates < MOST_CANDIDATES) {
            candidates++;
            String printed = matcher.group().strip();
            if (YEARS.matcher(printed.startsWith("(") ? printed.substring(1) : printed)
                    .matches()) {
                continue;
            }
            if (printed.endsWith("(")) {
                printed = printed.substring(0, printed.length() - 1).strip();
            }
            String e164 = e164(printed, russian);
            String bare = printed.replaceAll("[^0-9]", "");
            boolean labelled = labelled(line, matcher.start());
            boolean shaped = printed.startsWith("+") || printed.startsWith("(") || bare.length() >= 10;
            if (e164 != null ? shaped || labelled : shaped && (labelled || punctuated(printed))) {
                String path = "/personal_info/phones/" + into.size() + (e164 != null ? "/e164" : "/printed");
                if (into.putIfAbsent(e164 != null ? e164 : bare, new ParsedResume.Phone(e164, printed)) == null) {
                    trail.made(
                            path,
                            e164 != null ? Rule.PHONE_DIALLABLE : Rule.PHONE_SHAPE,
                            e164 != null ? Evidence.Form.E164 : Evidence.Form.PRINTED,
                            printed,
                            Trail.Where.of(of));
                }
            }
        }
        return candidates;
    }

    private static boolean punctuated(String printed) {
        return printed.startsWith("+")
                || printed.indexOf('(') >= 0
                || printed.indexOf('-') > 0
                || printed.indexOf('.') > 0;
    }

    private static boolean labelled(String line, int at) {
        String before = line.substring(Math.max(0, at - 24), at).toLowerCase(Locale.ROOT);
        return before.contains("tel")
                || before.contains("phone")
                || before.contains("mobile")
                || before.contains("cell")
                || before.contains("тел")
                || before.contains("моб");
    }

    /** The number in E.164, or null when it is not a number that can be dialled. */
    private static @Nullable String e164(String printed, boolean russian) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        for (String region : russian ? new String[] {"RU", "US"} : new String[] {"US", "RU"}) {
            try {
                PhoneNumber number = util.parse(printed, region);
                if (util.isValidNumber(number)) {
                    return util.format(number, PhoneNumberFormat.E164);
                }
            } catch (NumberParseException notANumber) {
                return null;
            }
        }
        return null;
    }

    private static void links(TextLine of, Map<String, ParsedResume.Link> into, Trail trail) {
        String line = of.text();
        Matcher matcher = URL.matcher(line);
        while (matcher.find()) {
            int start = matcher.start();
            if (start > 0 && line.charAt(start - 1) == '@') {
                continue;
            }
            String path = "/personal_info/links/" + into.size() + "/url";
            String url = addLink(matcher.group(), into);
            if (url != null) {
                trail.printed(path, Rule.LINK_PRINTED, url, Trail.Where.of(of));
            }
        }
    }

    /** Adds a link and answers it as it is kept; null when it is none or known already. */
    private static @Nullable String addLink(String raw, Map<String, ParsedResume.Link> into) {
        String url = raw;
        while (!url.isEmpty() && ".,;:".indexOf(url.charAt(url.length() - 1)) >= 0) {
            url = url.substring(0, url.length() - 1);
        }
        String bare =
                url.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("^www\\.", "");
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        boolean path = bare.indexOf('/') > 0;
        boolean explicit = url.toLowerCase(Locale.ROOT).startsWith("http")
                || url.toLowerCase(Locale.ROOT).startsWith("www.");
        String kind = kind(bare);
        // "Node.js" and "ASP.NET" look like hosts: a bare host counts only when it cannot be a product's name.
        if (!bare.isEmpty()
                && (path || explicit || bare.endsWith(".me") || bare.endsWith(".dev") || bare.endsWith(".com"))) {
            return into.putIfAbsent(bare, new ParsedResume.Link(kind, url)) == null ? url : null;
        }
        return null;
    }

    private static String kind(String bare) {
        for (String[] known : KINDS) {
            if (bare.startsWith(known[0]) || bare.contains("." + known[0])) {
                return known[1];
            }
        }
        return "web";
    }

    private static final String[][] KINDS = {
        {"linkedin.com", "linkedin"},
        {"github.com", "github"},
        {"gitlab.com", "gitlab"},
        {"t.me", "telegram"},
        {"hh.ru", "hh"},
        {"habr.com", "habr"},
        {"vk.com", "vk"},
        {"behance.net", "behance"},
        {"dribbble.com", "dribbble"},
        {"stackoverflow.com", "stackoverflow"},
        {"kaggle.com", "kaggle"},
        {"medium.com", "medium"},
        {"orcid.org", "orcid"},
        {"twitter.com", "twitter"},
        {"x.com", "twitter"},
    };
}
