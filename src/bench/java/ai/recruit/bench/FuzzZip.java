package ai.recruit.bench;

import ai.recruit.parsing.AttackedResumes;
import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.SampleResumes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** DOCX and ODT by their parts, and formats that are one text of tags: changes happen to tags, values and letters. */
final class FuzzZip implements FuzzFormat {

    private static final Pattern TAG = Pattern.compile("(?s)<[^<>]*+>?|[^<]+");
    private static final Pattern VALUE = Pattern.compile("(?<==\")[^\"]*+|(?<=>)[^<>]+|^[^<>]+|(?<=[</:])[A-Za-z0-9]+");
    private static final String[] WORDS = {
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:t>x</w:t>",
        "<w:tab/>",
        "<w:br/>",
        "<w:cr/>",
        "<w:noBreakHyphen/>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:tcPr>",
        "</w:tcPr>",
        "<w:gridSpan w:val=\"9\"/>",
        "<w:vMerge/>",
        "<w:pPr>",
        "</w:pPr>",
        "<w:rPr>",
        "</w:rPr>",
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:vanish/>",
        "<w:vanish w:val=\"0\"/>",
        "<w:b/>",
        "<w:sz w:val=\"2\"/>",
        "<w:color w:val=\"FFFFFF\"/>",
        "<w:shd w:fill=\"000000\"/>",
        "<w:highlight w:val=\"white\"/>",
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:fldChar w:fldCharType=\"separate\"/>",
        "<w:fldChar w:fldCharType=\"end\"/>",
        "<w:instrText> HYPERLINK \"http://a.example\" </w:instrText>",
        "<w:fldSimple w:instr=\"HYPERLINK x\">",
        "</w:fldSimple>",
        "<w:hyperlink r:id=\"rId1\">",
        "</w:hyperlink>",
        "<w:del>",
        "</w:del>",
        "<w:ins>",
        "</w:ins>",
        "<w:delText>x</w:delText>",
        "<w:sdt>",
        "</w:sdt>",
        "<w:sdtContent>",
        "</w:sdtContent>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<mc:AlternateContent>",
        "</mc:AlternateContent>",
        "<mc:Choice>",
        "</mc:Choice>",
        "<mc:Fallback>",
        "</mc:Fallback>",
        "<w:drawing>",
        "</w:drawing>",
        "<wp:anchor behindDoc=\"1\">",
        "</wp:anchor>",
        "<wp:posOffset>99999999999</wp:posOffset>",
        "<w:pict>",
        "</w:pict>",
        "<v:shape fillcolor=\"#fff\">",
        "</v:shape>",
        "<w:numPr>",
        "</w:numPr>",
        "<w:ilvl w:val=\"8\"/>",
        "<w:sectPr/>",
        "<w:sym w:char=\"F0B7\"/>",
        "<w:smartTag>",
        "</w:smartTag>",
        "<w:bookmarkStart/>",
        "<w:background w:color=\"000000\"/>",
        "<w:style w:styleId=\"A\">",
        "</w:style>",
        "<w:basedOn w:val=\"A\"/>",
        "<w:tblStyle w:val=\"A\"/>",
        "<w:outlineLvl w:val=\"0\"/>",
        "<Relationship Id=\"rId1\" Target=\"word/document.xml\"/>",
        "<Relationship Id=\"rId2\" Target=\"header1.xml\"/>",
        "<text:p>",
        "</text:p>",
        "<text:h text:outline-level=\"1\">",
        "</text:h>",
        "<text:span text:style-name=\"T1\">",
        "</text:span>",
        "<text:s text:c=\"9\"/>",
        "<text:s text:c=\"2000000000\"/>",
        "<text:tab/>",
        "<text:line-break/>",
        "<text:a xlink:href=\"x\">",
        "</text:a>",
        "<text:list>",
        "</text:list>",
        "<text:list-item>",
        "</text:list-item>",
        "<table:table>",
        "</table:table>",
        "<table:table-row table:number-rows-repeated=\"1000000\">",
        "</table:table-row>",
        "<table:table-cell table:number-columns-repeated=\"1000000\">",
        "</table:table-cell>",
        "<draw:frame>",
        "</draw:frame>",
        "<draw:text-box>",
        "</draw:text-box>",
        "<office:annotation>",
        "</office:annotation>",
        "<text:tracked-changes>",
        "</text:tracked-changes>",
        "<style:style style:name=\"T1\" style:parent-style-name=\"T1\">",
        "</style:style>",
        "<style:text-properties fo:color=\"#ffffff\" fo:font-size=\"1pt\" text:display=\"none\"/>",
        "<p>",
        "</p>",
        "<div style=\"display:none\">",
        "<div style=\"color:rgb(255,255,255);font-size:0.1px\">",
        "</div>",
        "<br>",
        "<td>",
        "<tr>",
        "<table>",
        "</table>",
        "<script>",
        "</script>",
        "<style>p{color:white}</style>",
        "<style>",
        "</style>",
        "<style>*{}a,b>c{display:none!important}@media print{",
        "<template>",
        "<a href=\"mailto:x\">",
        "</a>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml?>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "&b;",
        "&#0;",
        "&#x110000;",
        "&#xd800;",
        "&amp;",
        "&nbsp;",
        "&",
        "<",
        ">",
        "\"",
        " w:val=\"1\" ",
        " xmlns:w=\"x\" ",
        "\u0000"
    };
    private static final FuzzBytes.Tokens TOKENS = new FuzzBytes.Tokens(TAG, WORDS, VALUE);

    private static final String[] RTF = {
        "{",
        "}",
        "\\par ",
        "\\pard ",
        "\\u",
        "\\u65535?",
        "\\u-1?",
        "\\uc0 ",
        "\\uc9999999999 ",
        "\\'ff",
        "\\'",
        "\\bin5 ",
        "\\bin2000000000 ",
        "\\v ",
        "\\v0 ",
        "\\cf1 ",
        "\\fs0 ",
        "\\fs99999999999 ",
        "{\\*\\",
        "{\\colortbl;\\red255\\green255\\blue255;}",
        "{\\fonttbl{\\f0\\fcharset204 A;}}",
        "\\f0 ",
        "\\f9 ",
        "{\\pict ",
        "{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt y}}",
        "\\cell ",
        "\\row ",
        "\\trowd ",
        "\\tab ",
        "\\page ",
        "\\ansicpg1251 ",
        "\\ansicpg99999 ",
        "\\deleted ",
        "{\\info{\\title x}}",
        "\\",
        "\\-",
        "\\~",
        "\\_",
        "\\*",
        "{\\header ",
        "{\\shptxt ",
        "{\\upr{a}{\\*\\ud{b}}}",
        "\\plain "
    };
    private static final FuzzBytes.Tokens RTF_TOKENS = new FuzzBytes.Tokens(
            Pattern.compile("(?s)[{}]|\\\\[a-z]+-?\\d*+ ?|\\\\'..|\\\\.|[^\\\\{}]+"),
            RTF,
            Pattern.compile("-?\\d+|[A-Za-z]+|[^\\\\{}]+"));

    private final DocumentType type;

    FuzzZip(DocumentType type) {
        this.type = type;
    }

    private boolean zipped() {
        return type == DocumentType.DOCX || type == DocumentType.ODT;
    }

    @Override
    public List<Sample> seeds() {
        String prefix = type.name().toLowerCase(Locale.ROOT);
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            files.add(SampleResumes.write(i % 2 == 0 ? SampleResumes.person(i) : SampleResumes.russian(i), type));
        }
        for (AttackedResumes.Attack attack : AttackedResumes.all()) {
            if (attack.name().startsWith(prefix)) {
                files.add(attack.attacked());
            }
        }
        List<Sample> seeds = new ArrayList<>();
        for (byte[] file : files) {
            List<Part> parts =
                    zipped() ? unzip(file) : new ArrayList<>(List.of(new Part("document", new byte[0], file)));
            if (!parts.isEmpty()) {
                seeds.add(new Sample(parts, 1));
            }
        }
        if (type == DocumentType.DOCX) {
            seeds.add(new Sample(rich(), 1));
        }
        return seeds;
    }

    /** Every kind of thing that a DOCX can hold beside plain paragraphs. */
    private static List<Part> rich() {
        String w =
                "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"r\" xmlns:mc=\"mc\" xmlns:wp=\"wp\" xmlns:v=\"v\"";
        List<Part> parts = new ArrayList<>();
        parts.add(part("[Content_Types].xml", "<Types/>"));
        parts.add(part(
                "word/_rels/document.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Target=\"https://example.com/ann\"/><Relationship Id=\"rId2\" Target=\"header1.xml\"/>"
                        + "<Relationship Id=\"rId3\" Target=\"footer1.xml\"/></Relationships>"));
        parts.add(part("word/header1.xml", "<w:hdr " + w + "><w:p><w:r><w:t>Ann Example</w:t></w:r></w:p></w:hdr>"));
        parts.add(part("word/footer1.xml", "<w:ftr " + w + "><w:p><w:r><w:t>Page 1</w:t></w:r></w:p></w:ftr>"));
        parts.add(part("docProps/core.xml", "<cp><title>CV</title><keywords>Java Java Java</keywords></cp>"));
        parts.add(part(
                "word/styles.xml",
                "<w:styles " + w
                        + "><w:docDefaults><w:rPr><w:sz w:val=\"22\"/></w:rPr></w:docDefaults><w:latentStyles><w:x/></w:latentStyles>"
                        + "<w:style w:styleId=\"A\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"B\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>"
                        + "<w:style w:styleId=\"B\"><w:name w:val=\"Title\"/><w:rPr><w:color w:val=\"000000\"/><w:sz w:val=\"30\"/></w:rPr></w:style>"
                        + "<w:style w:styleId=\"T\"><w:tcPr><w:shd w:fill=\"112233\"/></w:tcPr></w:style></w:styles>"));
        parts.add(
                part(
                        "word/document.xml",
                        "<w:document " + w
                                + "><w:background w:color=\"FFFFFF\"/><w:body><w:p><w:pPr><w:pStyle w:val=\"A\"/></w:pPr><w:r><w:t>Experience</w:t></w:r></w:p>"
                                + "<w:tbl><w:tblPr><w:tblStyle w:val=\"T\"/></w:tblPr><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:shd w:fill=\"000000\"/></w:tcPr><w:p><w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>Acme Inc</w:t></w:r></w:p></w:tc>"
                                + "<w:tc><w:p><w:r><w:t>Jan 2019</w:t><w:tab/><w:t>present</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
                                + "<w:p><w:hyperlink r:id=\"rId1\"><w:r><w:t>site</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>HYPERLINK \"mailto:ann@example.com\"</w:instrText></w:r>"
                                + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>ann@example.com</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
                                + "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor behindDoc=\"1\"><wp:positionH><wp:posOffset>100</wp:posOffset></wp:positionH><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></wp:anchor></w:drawing></mc:Choice>"
                                + "<mc:Fallback><w:pict><v:shape fillcolor=\"#fff\"><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
                                + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>Skills: Java, SQL</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:sym w:char=\"F0B7\"/><w:br/><w:noBreakHyphen/></w:r></w:p>"
                                + "<w:sdt><w:sdtContent><w:p><w:r><w:t>+1 202 555 0143</w:t></w:r></w:p></w:sdtContent></w:sdt></w:body></w:document>"));
        return parts;
    }

    private static Part part(String name, String content) {
        return new Part(name, new byte[0], content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Part> unzip(byte[] file) {
        List<Part> parts = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] body = zip.readNBytes(200_000);
                if (body.length == 200_000) {
                    return List.of();
                }
                parts.add(new Part(entry.getName(), new byte[0], body));
            }
        } catch (IOException | IllegalArgumentException damaged) {
            return parts;
        }
        return parts;
    }

    @Override
    public Part change(Part part, Part other, Random random) {
        FuzzBytes.Tokens tokens = type == DocumentType.RTF ? RTF_TOKENS : TOKENS;
        boolean markup = part.body().length > 0 && part.body()[0] == '<';
        if (markup && random.nextInt(3) > 0) {
            return new Part(part.name(), part.head(), balanced(part.body(), other.body(), random));
        }
        byte[] body = random.nextInt(12) > 0
                ? tokens.change(part.body(), other.body(), random)
                : FuzzBytes.binary(part.body(), other.body(), random);
        return new Part(part.name(), part.head(), body);
    }

    /** One to eight changes after which every element still has its end: most others are refused by the XML reader. */
    private static byte[] balanced(byte[] from, byte[] other, Random random) {
        List<String> tokens = tokens(from);
        List<String> others = other.length > 0 && other[0] == '<' ? tokens(other) : tokens;
        int changes = 1 << random.nextInt(4);
        for (int i = 0; i < changes && tokens.size() > 2; i++) {
            int at = 1 + random.nextInt(tokens.size() - 1);
            int end = end(tokens, at);
            int theirs = random.nextInt(others.size());
            List<String> element = List.copyOf(others.subList(theirs, end(others, theirs)));
            switch (random.nextInt(10)) {
                case 0 -> tokens.subList(at, end).clear();
                case 1 -> tokens.addAll(end, List.copyOf(tokens.subList(at, end)));
                case 2 -> tokens.addAll(at, element);
                case 3 -> {
                    tokens.subList(at, end).clear();
                    tokens.addAll(at, element);
                }
                case 4 -> {
                    // The element within itself, or many times beside itself.
                    String tag = tokens.get(at);
                    int times = 1 << random.nextInt(random.nextInt(4) == 0 ? 12 : 5);
                    if (opens(tag) && random.nextBoolean()) {
                        tokens.addAll(end, Collections.nCopies(times, "</" + name(tag) + ">"));
                        tokens.addAll(at, Collections.nCopies(times, tag));
                    } else {
                        List<String> copy = List.copyOf(tokens.subList(at, Math.min(end, at + 50)));
                        for (int n = 0; n < times && balance(copy) && tokens.size() < 50_000; n++) {
                            tokens.addAll(at, copy);
                        }
                    }
                }
                case 5 -> {
                    String word = WORDS[random.nextInt(WORDS.length)];
                    if (opens(word)) {
                        tokens.add(end, "</" + name(word) + ">");
                        tokens.add(at, word);
                    } else if (word.endsWith("/>")) {
                        tokens.add(at, word);
                    }
                }
                default -> {
                    String token = tokens.get(at);
                    int quote = token.startsWith("<") ? token.indexOf("=\"") : -1;
                    if (quote > 0) {
                        int close = token.indexOf('"', quote + 2);
                        String value = random.nextInt(3) == 0 ? legal(random) : FuzzBytes.number(random);
                        tokens.set(
                                at,
                                token.substring(0, quote + 2) + value + token.substring(Math.max(quote + 2, close)));
                    } else if (!token.startsWith("<")) {
                        int cut = random.nextInt(token.length() + 1);
                        tokens.set(at, token.substring(0, cut) + legal(random) + token.substring(cut));
                    }
                }
            }
        }
        return FuzzBytes.latin(String.join("", tokens.subList(0, Math.min(60_000, tokens.size()))));
    }

    private static List<String> tokens(byte[] markup) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TAG.matcher(new String(markup, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static boolean opens(String token) {
        return token.length() > 2
                && token.charAt(0) == '<'
                && Character.isLetter(token.charAt(1))
                && !token.endsWith("/>")
                && token.endsWith(">");
    }

    private static String name(String tag) {
        int end = 1;
        while (end < tag.length() && !Character.isWhitespace(tag.charAt(end)) && tag.charAt(end) != '>') {
            end++;
        }
        return tag.substring(1, end);
    }

    /** After the last token of what begins at a place: an element with all that is in it, or one token. */
    private static int end(List<String> tokens, int at) {
        int depth = 0;
        for (int i = at; i < tokens.size(); i++) {
            depth += opens(tokens.get(i)) ? 1 : tokens.get(i).startsWith("</") ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
            if (depth < 0) {
                return at;
            }
        }
        return at;
    }

    private static boolean balance(List<String> tokens) {
        return !tokens.isEmpty() && end(tokens, 0) == tokens.size();
    }

    /** Letters that XML takes. */
    private static String legal(Random random) {
        StringBuilder out = new StringBuilder();
        FuzzBytes.letters(random)
                .codePoints()
                .filter(c -> c == 9
                        || c == 10
                        || (c >= 0x20
                                && c != '<'
                                && c != '&'
                                && c != '"'
                                && !(c >= 0xd800 && c < 0xe000)
                                && c != 0xfffe
                                && c != 0xffff))
                .forEach(out::appendCodePoint);
        return FuzzBytes.utf8(out.toString());
    }

    @Override
    public byte[] write(Sample sample) {
        if (!zipped()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            sample.parts().forEach(part -> out.writeBytes(part.body()));
            return out.toByteArray();
        }
        Random random = new Random(sample.variation());
        boolean stored = random.nextInt(4) == 0;
        boolean broken = random.nextInt(12) == 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Set<String> names = new HashSet<>();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Part part : sample.parts()) {
                if (!names.add(part.name())) {
                    continue;
                }
                ZipEntry entry = new ZipEntry(part.name());
                entry.setTime(0);
                if (stored) {
                    CRC32 crc = new CRC32();
                    crc.update(part.body());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(part.body().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(part.body());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return broken ? FuzzBytes.binary(bytes.toByteArray(), new byte[0], random) : bytes.toByteArray();
    }
}
