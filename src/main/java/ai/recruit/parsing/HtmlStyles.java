package ai.recruit.parsing;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Selector;
import org.jspecify.annotations.Nullable;

/**
 * The style sheets of a web page, as far as they decide whether text is to be seen. Rules count in their order, the
 * style attribute last; rules for other media and for states of elements do not count.
 */
final class HtmlStyles {

    static final HtmlStyles NONE = new HtmlStyles(new IdentityHashMap<>());

    private static final int MOST_SHEET = 400_000;
    private static final int MOST_RULES = 300;
    private static final long MOST_WORK = 3_000_000;
    private static final int LONGEST_SELECTOR = 80;
    private static final float TINY = 2;
    private static final float FAR = 500;

    private final Map<Element, StringBuilder> declared;

    private HtmlStyles(Map<Element, StringBuilder> declared) {
        this.declared = declared;
    }

    static HtmlStyles read(Document document, Budget budget) {
        Map<Element, StringBuilder> declared = new IdentityHashMap<>();
        long elements = -1;
        long work = 0;
        int rules = 0;
        for (Element sheet : document.select("style")) {
            String css = sheet.data();
            css = css.length() > MOST_SHEET ? css.substring(0, MOST_SHEET) : css;
            int at = 0;
            while (at < css.length() && rules < MOST_RULES) {
                budget.tick();
                int open = css.indexOf('{', at);
                if (open < 0) {
                    break;
                }
                String selectors = withoutComments(css.substring(at, open)).strip();
                if (selectors.startsWith("@")) {
                    at = selectors.startsWith("@media") && selectors.contains("screen")
                            ? open + 1
                            : afterBlock(css, open);
                    continue;
                }
                int close = css.indexOf('}', open);
                if (close < 0) {
                    break;
                }
                at = close + 1;
                String body = tight(css.substring(open + 1, close));
                if (!hides(body)) {
                    continue;
                }
                for (String selector : selectors.replace("}", "").split(",", -1)) {
                    String one = selector.strip();
                    if (one.isEmpty() || one.length() > LONGEST_SELECTOR || one.indexOf(':') >= 0) {
                        continue;
                    }
                    elements = elements < 0 ? document.getAllElements().size() : elements;
                    work += elements;
                    rules++;
                    if (work > MOST_WORK) {
                        return new HtmlStyles(declared);
                    }
                    try {
                        for (Element element : document.select(one)) {
                            declared.computeIfAbsent(element, any -> new StringBuilder())
                                    .append(body)
                                    .append(';');
                        }
                    } catch (Selector.SelectorParseException | IllegalArgumentException odd) {
                        budget.tick();
                    }
                    budget.checkTime();
                }
            }
        }
        return new HtmlStyles(declared);
    }

    private static String withoutComments(String css) {
        int open = css.indexOf("/*");
        if (open < 0) {
            return css;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (open >= 0) {
            out.append(css, at, open);
            int close = css.indexOf("*/", open + 2);
            at = close < 0 ? css.length() : close + 2;
            open = css.indexOf("/*", at);
        }
        return out.append(css.substring(at)).toString();
    }

    private static int afterBlock(String css, int open) {
        int depth = 0;
        for (int i = open; i < css.length(); i++) {
            depth += css.charAt(i) == '{' ? 1 : css.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return css.length();
    }

    private static boolean hides(String body) {
        return body.contains("display:")
                || body.contains("visibility:")
                || body.contains("opacity:")
                || body.contains("font")
                || body.contains("color:")
                || body.contains("background:")
                || body.contains("position:")
                || body.contains("text-indent:")
                || body.contains("clip")
                || body.contains("overflow:")
                || body.contains("transform:");
    }

    private static String tight(String css) {
        StringBuilder tight = new StringBuilder();
        String bare = withoutComments(css);
        for (int i = 0; i < Math.min(bare.length(), 4_000); i++) {
            char c = bare.charAt(i);
            // Blanks part the values of a property; elsewhere they mean nothing.
            boolean blank = Character.isWhitespace(c);
            char last = tight.length() == 0 ? ';' : tight.charAt(tight.length() - 1);
            if (!blank) {
                if (last == ' ' && (c == ':' || c == ';' || c == ',' || c == ')' || c == '!')) {
                    tight.setLength(tight.length() - 1);
                }
                tight.append(Character.toLowerCase(c));
            } else if (last != ' ' && last != ':' && last != ';' && last != ',' && last != '(') {
                tight.append(' ');
            }
        }
        return tight.toString();
    }

    /** How an element inside of another looks. */
    Look look(Element element, @Nullable Look around) {
        Look look = around == null ? new Look() : around.child();
        Map<String, String> css = new HashMap<>();
        StringBuilder rules = declared.get(element);
        if (rules != null) {
            declare(rules.toString(), css);
        }
        if (element.hasAttr("style")) {
            declare(tight(element.attr("style")), css);
        }
        if (element.hasAttr("bgcolor")) {
            css.putIfAbsent("background-color", element.attr("bgcolor").toLowerCase(Locale.ROOT));
        }
        if (element.hasAttr("background")) {
            css.putIfAbsent("background-image", "url");
        }
        if (element.hasAttr("color")) {
            css.putIfAbsent("color", element.attr("color").toLowerCase(Locale.ROOT));
        }
        if (element.hasAttr("hidden")) {
            look.gone = Flag.Reason.INVISIBLE;
        }
        if (!css.isEmpty()) {
            look.apply(css);
        }
        return look;
    }

    private static void declare(String body, Map<String, String> into) {
        for (String declaration : body.split(";", -1)) {
            int colon = declaration.indexOf(':');
            if (colon > 0) {
                into.put(
                        declaration.substring(0, colon).strip(),
                        declaration
                                .substring(colon + 1)
                                .replace("!important", "")
                                .strip());
            }
        }
    }

    /** What an element passes on to what it holds. */
    static final class Look {
        private int color;
        private int ground = 0xffffff;
        private float size = 16;
        private boolean clearInk;
        private boolean invisible;
        private Flag.@Nullable Reason gone;

        private Look child() {
            Look child = new Look();
            child.color = color;
            child.ground = ground;
            child.size = size;
            child.clearInk = clearInk;
            child.invisible = invisible;
            return child;
        }

        /** Why neither the element nor anything in it is seen, or null. */
        Flag.@Nullable Reason gone() {
            return gone;
        }

        /** Why text directly in the element is not seen, or null. */
        Flag.@Nullable Reason unseen() {
            if (invisible) {
                return Flag.Reason.INVISIBLE;
            }
            if (size < TINY) {
                return Flag.Reason.SIZE;
            }
            if (clearInk) {
                return Flag.Reason.TRANSPARENT;
            }
            return PageInk.same(color, ground) ? Flag.Reason.COLOR : null;
        }

        private void apply(Map<String, String> css) {
            String position = css.getOrDefault("position", "");
            boolean moved = position.equals("absolute") || position.equals("fixed") || position.equals("relative");
            float opacity = number(css.get("opacity"), 1);
            if (css.getOrDefault("display", "").startsWith("none")) {
                gone = Flag.Reason.INVISIBLE;
            } else if (opacity < 0.1f) {
                gone = Flag.Reason.TRANSPARENT;
            } else if ((moved
                            && (length(css.get("left"), size) <= -FAR
                                    || length(css.get("top"), size) <= -FAR
                                    || length(css.get("right"), size) <= -FAR
                                    || length(css.get("bottom"), size) <= -FAR
                                    || length(css.get("left"), size) >= 20 * FAR))
                    || length(css.get("text-indent"), size) <= -FAR
                    || length(css.get("margin-left"), size) <= -FAR) {
                gone = Flag.Reason.OFF_PAGE;
            } else if (clipped(css)) {
                gone = Flag.Reason.CLIPPED;
            } else if (css.getOrDefault("transform", "").startsWith("scale(0)")) {
                gone = Flag.Reason.SIZE;
            }
            String visibility = css.getOrDefault("visibility", "");
            invisible = visibility.equals("hidden")
                    || visibility.equals("collapse")
                    || (invisible && !visibility.equals("visible"));
            size(css);
            colors(css);
        }

        private boolean clipped(Map<String, String> css) {
            String clip = css.getOrDefault("clip", "");
            boolean nothing = clip.startsWith("rect(0") || clip.startsWith("rect(1px,1px,1px,1px");
            String path = css.getOrDefault("clip-path", "");
            nothing |= path.startsWith("inset(50%") || path.startsWith("inset(100%") || path.startsWith("circle(0");
            boolean cut = css.getOrDefault("overflow", "").startsWith("hidden");
            float height = Math.min(length(css.get("height"), size, 100), length(css.get("max-height"), size, 100));
            float width = Math.min(length(css.get("width"), size, 100), length(css.get("max-width"), size, 100));
            return nothing || (cut && (height <= 1 || width <= 1));
        }

        private void size(Map<String, String> css) {
            String value = css.get("font-size");
            String font = css.get("font");
            if (value == null && font != null) {
                for (String part : font.split(" ", -1)) {
                    if (!part.isEmpty() && Character.isDigit(part.charAt(0)) && !part.matches("[1-9]00")) {
                        value = part.split("/", 2)[0];
                        break;
                    }
                }
            }
            if (value != null && !value.isEmpty()) {
                if (value.endsWith("%")) {
                    size *= number(value.substring(0, value.length() - 1), 100) / 100;
                } else if (Character.isLetter(value.charAt(0))) {
                    size = value.equals("smaller") ? size * 0.8f : value.equals("inherit") ? size : 12;
                } else {
                    size = length(value, value.endsWith("rem") ? 16 : size);
                }
            }
        }

        private void colors(Map<String, String> css) {
            String ink = css.get("color");
            if (ink != null && !ink.equals("inherit") && !ink.equals("currentcolor")) {
                clearInk = ink.equals("transparent") || alpha(ink) < 0.1f;
                color = color(ink);
            }
            boolean ofText = css.getOrDefault("background-clip", css.getOrDefault("-webkit-background-clip", ""))
                    .equals("text");
            if (ofText
                    || (css.containsKey("text-shadow")
                            && !css.get("text-shadow").equals("none"))) {
                clearInk = false;
                color = PageInk.UNKNOWN;
            }
            String background = css.getOrDefault("background-color", css.getOrDefault("background", ""));
            String image = css.getOrDefault("background-image", css.getOrDefault("background", ""));
            if (image.contains("url") || image.contains("gradient")) {
                ground = PageInk.UNKNOWN;
            } else if (!background.isEmpty()
                    && !background.startsWith("transparent")
                    && !background.startsWith("none")
                    && !background.equals("inherit")) {
                float alpha = alpha(background);
                ground = alpha < 0.1f ? ground : alpha < 0.9f ? PageInk.UNKNOWN : color(background);
            }
        }
    }

    // ---- values

    private static float number(@Nullable String value, float otherwise) {
        if (value == null) {
            return otherwise;
        }
        try {
            return value.endsWith("%")
                    ? Float.parseFloat(value.substring(0, value.length() - 1)) / 100
                    : Float.parseFloat(value);
        } catch (NumberFormatException odd) {
            return otherwise;
        }
    }

    private static float length(@Nullable String value, float size) {
        return length(value, size, 0);
    }

    /** A length in pixels. */
    private static float length(@Nullable String value, float size, float otherwise) {
        if (value == null) {
            return otherwise;
        }
        int end = 0;
        while (end < value.length() && "0123456789.-+".indexOf(value.charAt(end)) >= 0) {
            end++;
        }
        float number = number(value.substring(0, end), Float.NaN);
        if (Float.isNaN(number)) {
            return otherwise;
        }
        return switch (value.substring(end)) {
            case "em", "rem", "ch" -> number * size;
            case "pt" -> number * 4 / 3;
            case "vw", "vh" -> number * 10;
            case "cm" -> number * 38;
            case "mm" -> number * 3.8f;
            case "in" -> number * 96;
            case "%" -> number * 10;
            default -> number;
        };
    }

    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("white", 0xffffff),
            Map.entry("black", 0),
            Map.entry("snow", 0xfffafa),
            Map.entry("ivory", 0xfffff0),
            Map.entry("ghostwhite", 0xf8f8ff),
            Map.entry("floralwhite", 0xfffaf0),
            Map.entry("whitesmoke", 0xf5f5f5),
            Map.entry("mintcream", 0xf5fffa),
            Map.entry("azure", 0xf0ffff),
            Map.entry("aliceblue", 0xf0f8ff),
            Map.entry("seashell", 0xfff5ee),
            Map.entry("lightyellow", 0xffffe0),
            Map.entry("honeydew", 0xf0fff0),
            Map.entry("red", 0xff0000),
            Map.entry("blue", 0x0000ff),
            Map.entry("green", 0x008000),
            Map.entry("gray", 0x808080),
            Map.entry("grey", 0x808080),
            Map.entry("navy", 0x000080));

    /** A colour without its opacity; {@link PageInk#UNKNOWN} when it is none that this reads. */
    private static int color(String value) {
        String first = value.startsWith("rgb") || value.startsWith("hsl") ? value : value.split(" ", 2)[0];
        Integer named = NAMES.get(first);
        if (named != null) {
            return named;
        }
        try {
            if (first.startsWith("#")) {
                String hex = first.substring(1);
                if (hex.length() == 3 || hex.length() == 4) {
                    int r = Character.digit(hex.charAt(0), 16) * 17;
                    int g = Character.digit(hex.charAt(1), 16) * 17;
                    int b = Character.digit(hex.charAt(2), 16) * 17;
                    return r < 0 || g < 0 || b < 0 ? PageInk.UNKNOWN : r << 16 | g << 8 | b;
                }
                return hex.length() == 6 || hex.length() == 8
                        ? Integer.parseInt(hex.substring(0, 6), 16)
                        : PageInk.UNKNOWN;
            }
            if (first.startsWith("rgb")) {
                String[] parts = inside(first);
                int rgb = 0;
                for (int i = 0; i < 3; i++) {
                    float part = parts[i].endsWith("%") ? number(parts[i], 0) * 255 : Float.parseFloat(parts[i]);
                    rgb = rgb << 8 | Math.max(0, Math.min(255, Math.round(part)));
                }
                return rgb;
            }
            if (first.startsWith("hsl")) {
                // Only what is white or black whatever the hue matters here.
                float light = number(inside(first)[2], 0.5f);
                return light >= 0.97f ? 0xffffff : light <= 0.03f ? 0 : PageInk.UNKNOWN;
            }
        } catch (RuntimeException odd) {
            return PageInk.UNKNOWN;
        }
        return PageInk.UNKNOWN;
    }

    private static String[] inside(String function) {
        int open = function.indexOf('(');
        int close = function.indexOf(')', open);
        return function.substring(open + 1, close).split("[ ,/]+", -1);
    }

    private static float alpha(String value) {
        try {
            if (value.startsWith("rgb") || value.startsWith("hsl")) {
                String[] parts = inside(value);
                return parts.length > 3 ? number(parts[3], 1) : 1;
            }
            if (value.startsWith("#") && (value.length() == 9 || value.length() == 5)) {
                return value.length() == 9
                        ? Integer.parseInt(value.substring(7), 16) / 255f
                        : Character.digit(value.charAt(4), 16) / 15f;
            }
        } catch (RuntimeException odd) {
            return 1;
        }
        return 1;
    }
}
