package ai.recruit.parsing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * Files that try to break whoever reads them, made when asked for. Each names the outcomes that are right for it; where
 * reading it is right too (a good resume with something odd beside it), {@link Hostile#readable()} says so.
 */
public final class HostileFiles {

    /**
     * One hostile file.
     *
     * @param name file name with the extension that it pretends to have
     * @param outcomes outcomes that are right; empty when only reading it is right
     * @param readable whether ending as a resume is right
     */
    public record Hostile(String name, Supplier<byte[]> content, Set<Outcome> outcomes, boolean readable) {

        /** Makes the bytes; a bomb of hundreds of megabytes takes a moment to pack and is small afterwards. */
        public byte[] bytes() {
            return content.get();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final int MEGABYTE = 1 << 20;
    private static final SampleResumes.Person PERSON = SampleResumes.person(4242);
    private static final List<Hostile> ALL = new ArrayList<>();

    static {
        wrongTypes();
        damaged();
        locked();
        wordless();
        pdfBombs();
        zipBombs();
        xmlBombs();
        otherBombs();
        polyglots();
        strangers();
    }

    private HostileFiles() {}

    /** All of them, more than sixty. */
    public static List<Hostile> all() {
        return List.copyOf(ALL);
    }

    private static void add(String name, Supplier<byte[]> content, Outcome... outcomes) {
        ALL.add(new Hostile(name, content, Set.of(outcomes), false));
    }

    private static void readable(String name, Supplier<byte[]> content, Outcome... outcomes) {
        Set<Outcome> set = EnumSet.noneOf(Outcome.class);
        set.addAll(Arrays.asList(outcomes));
        ALL.add(new Hostile(name, content, set, true));
    }

    // ---- other things under a good name

    private static void wrongTypes() {
        Outcome no = Outcome.UNSUPPORTED_TYPE;
        add("empty.pdf", () -> new byte[0], Outcome.CORRUPT, no);
        add("blanks.txt", () -> " \n\t ".repeat(500).getBytes(StandardCharsets.US_ASCII), no, Outcome.NO_TEXT_LAYER);
        add("gif.pdf", () -> join(ascii("GIF89a"), noise(2_000)), no);
        add("png.docx", () -> join(new byte[] {(byte) 0x89}, ascii("PNG\r\n\032\n"), noise(2_000)), no);
        add("jpeg.doc", () -> join(bytes(0xff, 0xd8, 0xff, 0xe0), noise(2_000)), no);
        add("program.pdf", () -> join(ascii("MZ"), noise(4_000)), no);
        add("library.rtf", () -> join(bytes(0x7f), ascii("ELF"), noise(4_000)), no);
        add("noise.pdf", () -> noise(50_000), no);
        add("zeros.doc", () -> new byte[MEGABYTE], no);
        add("gzip.pdf", () -> join(bytes(0x1f, 0x8b, 8, 0), noise(2_000)), no);
        add("photos.docx", () -> SampleResumes.zip(new String[] {"a.txt", "hello"}), no);
        add(
                "table.docx",
                () -> SampleResumes.zip(
                        new String[] {"[Content_Types].xml", "<Types/>"},
                        new String[] {"xl/workbook.xml", "<workbook/>"}),
                no);
        add("drawing.html", () -> ascii("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"), no);
        add("postscript.pdf", () -> ascii("%!PS-Adobe-3.0\n/Helvetica findfont\n"), no);
        add("workbook.doc", () -> ole2("Workbook", noise(5_000)), no);
        add("nul.txt", () -> join(ascii("Ann Example\n"), new byte[100], ascii("ann@example.com")), no);
    }

    // ---- damaged

    private static void damaged() {
        Outcome bad = Outcome.CORRUPT;
        Outcome none = Outcome.NO_TEXT_LAYER;
        add("half.pdf", () -> half(SampleResumes.pdf(PERSON)), bad, none);
        add("head-only.pdf", () -> ascii("%PDF-1.7\n"), bad, none);
        add("garbage.pdf", () -> join(ascii("%PDF-1.4\n"), noise(100_000)), bad, none);
        readable("shifted-table.pdf", () -> replace(SampleResumes.pdf(PERSON), "startxref\n", "startxref\n9"), bad);
        add("endless-chain.pdf", HostileFiles::xrefLoop, bad, none);
        add("cyclic-pages.pdf", HostileFiles::cyclicPages, bad, none);
        readable("lying-length.pdf", HostileFiles::lyingLength, bad, none);
        add("half.docx", () -> half(SampleResumes.docx(PERSON)), bad, Outcome.UNSUPPORTED_TYPE);
        add("scratched.docx", () -> scratch(SampleResumes.docx(PERSON)), bad, Outcome.UNSUPPORTED_TYPE);
        add("no-xml.docx", () -> docx("this is no XML"), bad);
        add("open-ended.docx", () -> docx("<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>Hello"), bad);
        add(
                "no-body.odt",
                () -> SampleResumes.zip(new String[] {"mimetype", DocumentType.ODT.mediaType()}),
                Outcome.UNSUPPORTED_TYPE,
                bad);
        add("broken.odt", () -> odt("<office:document-content><a></b>"), bad);
        add("half.xml", () -> half(SampleResumes.wordXml(PERSON)), bad);
        add("half.doc", () -> half(ole2("WordDocument", noise(20_000))), bad, Outcome.UNSUPPORTED_TYPE);
        add(
                "noise.doc",
                () -> ole2("WordDocument", noise(20_000)),
                bad,
                Outcome.UNSUPPORTED_TYPE,
                Outcome.ENCRYPTED,
                none);
        add("blank.doc", () -> ole2("WordDocument", new byte[20_000]), bad, Outcome.UNSUPPORTED_TYPE);
        readable("half.rtf", () -> half(SampleResumes.rtf(PERSON)), Outcome.NOT_A_RESUME);
    }

    // ---- locked

    private static void locked() {
        Outcome locked = Outcome.ENCRYPTED;
        add("password-256.pdf", () -> encrypted("secret", 256, true), locked);
        add("password-128.pdf", () -> encrypted("secret", 128, true), locked);
        add("password-40.pdf", () -> encrypted("secret", 40, true), locked);
        add("no-copying.pdf", () -> encrypted("", 128, false), locked);
        readable("owner-password.pdf", () -> encrypted("", 256, true));
        add("password.docx", () -> ole2("EncryptedPackage", noise(9_000)), locked);
        add("zip-password.docx", () -> flagged(SampleResumes.docx(PERSON)), locked);
        add(
                "password.odt",
                () -> SampleResumes.zip(
                        new String[] {"mimetype", DocumentType.ODT.mediaType()},
                        new String[] {
                            "META-INF/manifest.xml",
                            "<manifest><file-entry full-path=\"content.xml\"><encryption-data/></file-entry></manifest>"
                        },
                        new String[] {"content.xml", "0123456789"}),
                locked);
        add("password.doc", () -> ole2("WordDocument", lockedWord()), locked);
    }

    // ---- nothing to read

    private static void wordless() {
        Outcome none = Outcome.NO_TEXT_LAYER;
        add("blank-page.pdf", HostileFiles::blankPage, none);
        add("scan.pdf", () -> picturePdf(600, 800, ""), none);
        add("nothing.docx", () -> docx(word("")), none);
        add("hidden.docx", () -> docx(word("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>")), none);
        add("script.html", () -> ascii("<html><body><script>document.write('Ann')</script></body></html>"), none);
        add("picture.rtf", () -> ascii("{\\rtf1\\ansi{\\pict\\pngblip " + "00ff".repeat(5_000) + "}}"), none);
    }

    // ---- PDF bombs

    private static void pdfBombs() {
        Outcome large = Outcome.TOO_LARGE;
        add("flate-100-mb.pdf", () -> contentPdf(deflated("", 100, 0), "/Filter/FlateDecode"), large);
        add(
                "flate-of-flate.pdf",
                () -> contentPdf(deflate(deflated("", 400, 0)), "/Filter[/FlateDecode/FlateDecode]"),
                large,
                Outcome.NO_TEXT_LAYER,
                Outcome.CORRUPT);
        add(
                "hex-of-flate.pdf",
                () -> contentPdf(hex(deflated("", 150, 0)), "/Filter[/ASCIIHexDecode/FlateDecode]"),
                large);
        add(
                "disguised-picture.pdf",
                () -> contentPdf(deflated("", 150, 0), "/Subtype/Image/Filter/FlateDecode"),
                large,
                Outcome.NO_TEXT_LAYER,
                Outcome.CORRUPT);
        add("unlisted-picture.pdf", HostileFiles::unlisted, large, Outcome.NO_TEXT_LAYER, Outcome.CORRUPT);
        readable("endless-letters.pdf", HostileFiles::endlessLetters, Outcome.NOT_A_RESUME, Outcome.NO_TEXT_LAYER);
        readable("endless-widths.pdf", HostileFiles::endlessWidths, Outcome.NOT_A_RESUME, Outcome.NO_TEXT_LAYER);
        readable("endless-colours.pdf", HostileFiles::endlessColours, Outcome.NOT_A_RESUME, Outcome.NO_TEXT_LAYER);
        add("object-stream.pdf", HostileFiles::objectStreamBomb, large, Outcome.CORRUPT);
        add("font-program.pdf", HostileFiles::fontBomb, large);
        add("ten-thousand-pages.pdf", () -> manyPages(10_000), large);
        add("calls-itself.pdf", HostileFiles::recursiveForm, large, Outcome.CORRUPT, Outcome.NO_TEXT_LAYER);
        add("ten-to-the-tenth.pdf", HostileFiles::exponentialForms, large);
        add(
                "brackets.pdf",
                () -> contentPdf(ascii("[".repeat(2_000_000)), ""),
                large,
                Outcome.CORRUPT,
                Outcome.NO_TEXT_LAYER);
        add("nested-arrays.pdf", () -> nestedObject("[", 1_000_000), large, Outcome.CORRUPT, Outcome.NO_TEXT_LAYER);
        add(
                "nested-dictionaries.pdf",
                () -> nestedObject("<</A", 300_000),
                large,
                Outcome.CORRUPT,
                Outcome.NO_TEXT_LAYER);
        add("deep-page-tree.pdf", HostileFiles::deepPages, large, Outcome.CORRUPT, Outcome.NO_TEXT_LAYER);
        readable(
                "giant-picture.pdf",
                () -> picturePdf(9_000, 9_000, "(" + PERSON.email() + ") Tj"),
                Outcome.NOT_A_RESUME,
                large);
        add(
                "unicode-table.pdf",
                HostileFiles::unicodeBomb,
                large,
                Outcome.CORRUPT,
                Outcome.NO_TEXT_LAYER,
                Outcome.NOT_A_RESUME);
        add(
                "five-million-operators.pdf",
                () -> contentPdf(deflate(ascii("q Q\n".repeat(2_500_000))), "/Filter/FlateDecode"),
                large);
        add(
                "two-million-letters.pdf",
                () -> textPdf("BT /F1 9 Tf 0 12 Td " + "(abcdefghij klmnopqrs) Tj 0 0 Td ".repeat(100_000) + "ET"),
                large);
        add("scattered-letters.pdf", HostileFiles::scattered, large, Outcome.NOT_A_RESUME);
    }

    // ---- zip bombs

    private static void zipBombs() {
        Outcome large = Outcome.TOO_LARGE;
        Outcome bad = Outcome.CORRUPT;
        add("spaces.docx", () -> zipOf("word/document.xml", WORD_HEAD, 150, ' '), large);
        add("spaces.odt", () -> zipOf("content.xml", "<a>", 150, ' '), large);
        add("letters.docx", () -> zipOf("word/document.xml", WORD_HEAD + "<w:p><w:r><w:t>", 60, 'a'), large);
        add("styles.docx", HostileFiles::styleBomb, large);
        add("ten-thousand-parts.docx", () -> manyEntries(10_000), large);
        add("overlap.docx", HostileFiles::overlapping, bad);
        add("lying-size.docx", HostileFiles::lyingSize, large, bad);
        add("zip64.docx", HostileFiles::zip64, large, bad);
        add("twice.docx", HostileFiles::twoOfOneName, bad);
        readable("zip-in-zip.docx", HostileFiles::nestedZip);
        readable("giant-picture.docx", () -> docxWith("word/media/image1.png", new byte[0], 200));
    }

    // ---- XML bombs

    private static void xmlBombs() {
        Outcome bad = Outcome.CORRUPT;
        Outcome large = Outcome.TOO_LARGE;
        add("billion-laughs.docx", () -> docx(laughs() + word("<w:p><w:r><w:t>&lol9;</w:t></w:r></w:p>")), bad);
        add("quadratic.docx", () -> docx(quadratic()), bad, large);
        add(
                "outside-entity.docx",
                () -> docx("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")),
                bad);
        add("deep.docx", () -> docx(word("<w:sdt>".repeat(200_000))), large, bad);
        add("deep-tables.docx", () -> docx(word("<w:tbl><w:tr><w:tc>".repeat(50_000))), large, bad);
        add(
                "long-attribute.docx",
                () -> docx(word("<w:p a=\"" + "x".repeat(20 * MEGABYTE) + "\"/>")),
                large,
                bad,
                Outcome.NO_TEXT_LAYER);
        add(
                "many-attributes.docx",
                () -> docx(word("<w:p " + attributes(200_000) + "/>")),
                large,
                bad,
                Outcome.NO_TEXT_LAYER);
        add(
                "billion-laughs.xml",
                () -> ascii("<?xml version=\"1.0\"?>" + laughs()
                        + "<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"><w:body><w:p><w:r><w:t>&lol9;"
                        + "</w:t></w:r></w:p></w:body></w:wordDocument>"),
                bad);
        add(
                "deep.xml",
                () -> ascii(
                        "<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\">"
                                + "<w:sect>".repeat(500_000)),
                large,
                bad);
    }

    // ---- others

    private static void otherBombs() {
        Outcome large = Outcome.TOO_LARGE;
        Outcome none = Outcome.NO_TEXT_LAYER;
        Outcome other = Outcome.NOT_A_RESUME;
        add("deep.html", () -> ascii("<html><body>" + "<div>".repeat(300_000) + "text"), large, other, none);
        add("open-tags.html", () -> ascii("<html><body>" + "<b><i><a href=x>".repeat(150_000)), large, other, none);
        add("open-tables.html", () -> ascii("<html><body>" + "<table><td>x".repeat(200_000)), large, other, none);
        add(
                "long-attribute.html",
                () -> ascii("<html><body><p title=\"" + "x".repeat(8 * MEGABYTE)),
                large,
                other,
                none);
        add("deep.rtf", () -> ascii("{\\rtf1 " + "{".repeat(3_000_000)), large);
        add("lying-picture.rtf", () -> ascii("{\\rtf1 {\\pict\\bin2147483647 abc}}"), none, Outcome.CORRUPT);
        add("control-words.rtf", () -> ascii("{\\rtf1 " + "\\b\\i0\\fs20 ".repeat(700_000) + "}"), none, large);
        add("one-line.txt", () -> fill(9, (byte) 'a'), large);
        add("two-million-lines.txt", () -> ascii("ab\n".repeat(2_000_000)), large, other);
        add("over-the-limit.pdf", () -> join(ascii("%PDF-1.7\n"), new byte[11 * MEGABYTE]), large);
        add(
                "addresses.txt",
                () -> ascii(("a.".repeat(1_500) + "@" + "b.".repeat(400) + "\n").repeat(100)),
                other,
                large);
        add("digits.txt", () -> ascii(("1 (2) 3-".repeat(450) + "x\n").repeat(100)), other, large);
        add("dates.txt", () -> ascii(("Jan 2010 - Feb ".repeat(250) + "\n").repeat(100)), other, large);
        add("brackets.txt", () -> ascii(("((((, ,;".repeat(450) + "\n").repeat(100)), other, large);
        readable(
                "long-lists.txt",
                () -> ascii("Ann Example\nann@example.com\n\nSKILLS\n\n"
                        + ("Java, SQL (a, b), ".repeat(200) + "\n").repeat(100)),
                other,
                large);
        readable(
                "many-jobs.txt",
                () -> ascii("Ann Example\nann@example.com\n\nEXPERIENCE\n\n"
                        + "Engineer\nAcme Inc\nJan 2010 - Feb 2011\n- built\n".repeat(8_000)),
                other,
                large);
    }

    // ---- two things at once

    private static void polyglots() {
        readable(
                "pdf-and-zip.pdf",
                () -> join(SampleResumes.pdf(PERSON), SampleResumes.zip(new String[] {"a.txt", "x"})));
        readable("zip-after-text.docx", () -> join(SampleResumes.docx(PERSON)));
        add(
                "pdf-head-docx.docx",
                () -> join(ascii("%PDF-1.7\n"), SampleResumes.docx(PERSON)),
                Outcome.CORRUPT,
                Outcome.NO_TEXT_LAYER);
        add("gif-and-pdf.pdf", () -> join(ascii("GIF89a"), SampleResumes.pdf(PERSON)), Outcome.UNSUPPORTED_TYPE);
        readable(
                "pdf-in-html.html",
                () -> join(ascii("<html><body><p>%PDF-1.7</p></body></html>"), SampleResumes.pdf(PERSON)),
                Outcome.NOT_A_RESUME,
                Outcome.UNSUPPORTED_TYPE,
                Outcome.NO_TEXT_LAYER);
        readable("text-named.pdf", () -> SampleResumes.txt(PERSON));
        readable("docx-named.doc", () -> SampleResumes.docx(PERSON));
        readable("rtf-named.doc", () -> SampleResumes.rtf(PERSON));
    }

    // ---- readable, and no resume

    private static void strangers() {
        Outcome other = Outcome.NOT_A_RESUME;
        add(
                "invoice.txt",
                () -> ascii(
                        "INVOICE 77\nBill to: Example Ltd\nQty Price\n10 50\nSubtotal 500\nVAT 100\nAmount due 600\nPayment terms 30 days"),
                other);
        add(
                "novel.html",
                () -> ascii("<html><body><h1>Chapter 1</h1><p>"
                        + "The rain fell on the roof and nobody spoke. ".repeat(200) + "</p></body></html>"),
                other);
        add(
                "source.txt",
                () -> ascii("package a;\n\npublic class A {\n" + "    int f() {\n        return 1;\n    }\n".repeat(50)
                        + "}\n"),
                other);
    }

    // ---- makers of PDF

    /** Assembles a PDF of numbered objects with a sound cross-reference table; object 1 is the catalog. */
    static byte[] pdf(byte[]... objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("%PDF-1.7\n"));
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < objects.length; i++) {
            offsets.add(out.size());
            out.writeBytes(ascii((i + 1) + " 0 obj\n"));
            out.writeBytes(objects[i]);
            out.writeBytes(ascii("\nendobj\n"));
        }
        int table = out.size();
        StringBuilder xref = new StringBuilder("xref\n0 " + (objects.length + 1) + "\n0000000000 65535 f \n");
        for (int offset : offsets) {
            xref.append(String.format(Locale.ROOT, "%010d 00000 n \n", offset));
        }
        xref.append("trailer\n<</Size ")
                .append(objects.length + 1)
                .append("/Root 1 0 R>>\nstartxref\n")
                .append(table)
                .append("\n%%EOF\n");
        out.writeBytes(ascii(xref.toString()));
        return out.toByteArray();
    }

    private static byte[] stream(String entries, byte[] data) {
        return join(ascii("<<" + entries + "/Length " + data.length + ">>\nstream\n"), data, ascii("\nendstream"));
    }

    private static final byte[] CATALOG = ascii("<</Type/Catalog/Pages 2 0 R>>");
    private static final byte[] PAGES = ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>");
    private static final byte[] PAGE = ascii(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>");
    private static final byte[] HELVETICA = ascii("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");

    private static byte[] contentPdf(byte[] content, String entries) {
        return pdf(CATALOG, PAGES, PAGE, stream(entries, content), HELVETICA, ascii("null"));
    }

    /** Content in an object that no table lists, and that says it is a picture. */
    private static byte[] unlisted() {
        byte[] listed = pdf(CATALOG, PAGES, replace(PAGE, "4 0 R", "44 0 R"), ascii("null"), HELVETICA);
        byte[] content = join(
                ascii("44 0 obj\n"),
                stream("/Subtype/Image/Filter/FlateDecode", deflated("", 400, 0)),
                ascii("\nendobj\n"));
        int table = new String(listed, StandardCharsets.ISO_8859_1).indexOf("xref");
        return replace(
                join(Arrays.copyOf(listed, table), content, Arrays.copyOfRange(listed, table, listed.length)),
                "startxref\n" + table,
                "startxref\n" + (table + content.length));
    }

    /** A page in a font of two bytes a letter. */
    private static byte[] fontPdf(String descendant, String map) {
        return pdf(
                CATALOG,
                PAGES,
                PAGE,
                stream("", ascii("BT /F1 12 Tf 50 700 Td <0041> Tj ET")),
                ascii(
                        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"),
                ascii(
                        "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>"
                                + descendant + ">>"),
                stream("", ascii(map)));
    }

    private static byte[] endlessLetters() {
        return fontPdf(
                "",
                "begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange"
                        + " 1 beginbfrange <00000000> <7ffffffe> <0041> endbfrange endcmap");
    }

    private static byte[] endlessWidths() {
        return fontPdf("/W[0 2147483647 500]", "begincmap 1 beginbfchar <0041> <0041> endbfchar endcmap");
    }

    /** A tint whose function has a milliard of samples. */
    private static byte[] endlessColours() {
        String page = new String(PAGE, StandardCharsets.ISO_8859_1);
        return pdf(
                CATALOG,
                PAGES,
                ascii(page.replace("/Font<<", "/ColorSpace<</T[/Separation/S/DeviceRGB 6 0 R]>>/Font<<")),
                stream("", ascii("/T cs 0.5 scn 0 0 9 9 re f BT /F1 12 Tf 50 700 Td (" + PERSON.email() + ") Tj ET")),
                HELVETICA,
                stream(
                        "/FunctionType 0/Domain[0 1]/Range[0 1 0 1 0 1]/Size[1000000000]/BitsPerSample 8",
                        ascii("abc")));
    }

    private static byte[] textPdf(String content) {
        return contentPdf(deflate(ascii(content)), "/Filter/FlateDecode");
    }

    private static byte[] blankPage() {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] picturePdf(int width, int height, String text) {
        byte[] pixels = deflated("", width * height / MEGABYTE + 1, 0);
        return pdf(
                CATALOG,
                PAGES,
                PAGE,
                stream("", ascii("q 500 0 0 500 0 0 cm /X Do Q BT /F1 10 Tf 50 700 Td " + text + " ET")),
                HELVETICA,
                stream(
                        "/Type/XObject/Subtype/Image/Width " + width + "/Height " + height
                                + "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode",
                        pixels));
    }

    private static byte[] manyPages(int count) {
        byte[][] objects = new byte[count + 3][];
        objects[0] = CATALOG;
        StringBuilder kids = new StringBuilder();
        for (int i = 0; i < count; i++) {
            kids.append(i + 4).append(" 0 R ");
            objects[i + 3] = ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<<>>>>");
        }
        objects[1] = ascii("<</Type/Pages/Kids[" + kids + "]/Count " + count + ">>");
        objects[2] = stream("", ascii("BT (page) Tj ET"));
        return pdf(objects);
    }

    private static byte[] cyclicPages() {
        return pdf(
                CATALOG,
                ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                ascii("<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"));
    }

    private static byte[] deepPages() {
        int depth = 20_000;
        byte[][] objects = new byte[depth + 2][];
        objects[0] = CATALOG;
        for (int i = 1; i <= depth; i++) {
            objects[i] = ascii("<</Type/Pages/Count 1/Kids[" + (i + 2) + " 0 R]>>");
        }
        objects[depth + 1] = ascii("<</Type/Page/MediaBox[0 0 600 800]>>");
        return pdf(objects);
    }

    private static byte[] recursiveForm() {
        String form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>";
        return pdf(CATALOG, PAGES, PAGE, stream("", ascii("/X Do")), HELVETICA, stream(form, ascii("/X Do /X Do")));
    }

    private static byte[] exponentialForms() {
        int levels = 12;
        byte[][] objects = new byte[6 + levels][];
        objects[0] = CATALOG;
        objects[1] = PAGES;
        objects[2] = PAGE;
        objects[3] = stream("", ascii("/X Do ".repeat(10)));
        objects[4] = HELVETICA;
        for (int i = 0; i <= levels; i++) {
            String form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X " + (7 + i)
                    + " 0 R>>/Font<</F1 5 0 R>>>>";
            objects[5 + i] = i == levels
                    ? stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", ascii("q Q"))
                    : stream(form, ascii("/X Do ".repeat(10)));
        }
        return pdf(objects);
    }

    private static byte[] nestedObject(String open, int depth) {
        return pdf(CATALOG, PAGES, PAGE, stream("", ascii("BT ET")), HELVETICA, ascii(open.repeat(depth)));
    }

    private static byte[] fontBomb() {
        return pdf(
                CATALOG,
                PAGES,
                PAGE,
                stream("", ascii("BT /F1 10 Tf (Ann) Tj ET")),
                ascii("<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 0/LastChar 255/FontDescriptor 6 0 R>>"),
                ascii("<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 7 0 R>>"),
                stream("/Filter/FlateDecode", deflated("", 200, 0)));
    }

    private static byte[] objectStreamBomb() {
        byte[] packed = deflated("1 0 <</Type/Catalog/Pages 2 0 R>>", 200, 0);
        byte[] plain = pdf(
                CATALOG,
                PAGES,
                PAGE,
                stream("", ascii("BT ET")),
                HELVETICA,
                stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", packed));
        // Without a table the objects are searched for, and object streams are opened on the way.
        return replace(plain, "startxref", "startless");
    }

    private static byte[] unicodeBomb() {
        String map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def "
                + "1 begincodespacerange <00000000> <ffffffff> endcodespacerange "
                + "1 beginbfrange <00000000> <ffffffff> <0041> endbfrange endcmap";
        return pdf(
                CATALOG,
                PAGES,
                PAGE,
                stream("", ascii("BT /F1 10 Tf (Ann) Tj ET")),
                ascii("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"),
                stream("", ascii(map)));
    }

    private static byte[] xrefLoop() {
        return ascii(
                "%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 2/Root 1 0 R/Prev 45>>\nstartxref\n45\n%%EOF");
    }

    private static byte[] lyingLength() {
        return replace(
                pdf(
                        CATALOG,
                        PAGES,
                        PAGE,
                        stream("", ascii("BT /F1 10 Tf 50 700 Td (ann@example.com Experience Education) Tj ET")),
                        HELVETICA,
                        ascii("null")),
                "/Length ",
                "/Length 9");
    }

    private static byte[] scattered() {
        Random random = new Random(7);
        StringBuilder content = new StringBuilder("BT /F1 4 Tf ");
        for (int i = 0; i < 60_000; i++) {
            content.append("1 0 0 1 ")
                    .append(random.nextInt(6_000) / 10.0)
                    .append(' ')
                    .append(random.nextInt(8_000) / 10.0)
                    .append(" Tm (x y) Tj\n");
        }
        return textPdf(content.append("ET").toString());
    }

    public static byte[] encrypted(String userPassword, int bits, boolean copying) {
        try (PDDocument document = Loader.loadPDF(SampleResumes.pdf(PERSON))) {
            AccessPermission permission = new AccessPermission();
            permission.setCanExtractContent(copying);
            permission.setCanModify(false);
            StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", userPassword, permission);
            policy.setEncryptionKeyLength(bits);
            policy.setPreferAES(bits == 256);
            document.protect(policy);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- makers of Word and zip

    private static final String WORD_HEAD =
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";

    private static String word(String body) {
        return WORD_HEAD + body + "</w:body></w:document>";
    }

    private static byte[] docx(String document) {
        return SampleResumes.zip(
                new String[] {"[Content_Types].xml", "<Types/>"}, new String[] {"word/document.xml", document});
    }

    private static byte[] odt(String content) {
        return SampleResumes.zip(
                new String[] {"mimetype", DocumentType.ODT.mediaType()}, new String[] {"content.xml", content});
    }

    private static byte[] docxWith(String name, byte[] data, int blankMegabytes) {
        byte[] good = SampleResumes.docx(PERSON);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out);
                ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(good))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(zip);
            }
            zip.putNextEntry(new ZipEntry(name));
            zip.write(data);
            repeat(zip, blankMegabytes, ' ');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] nestedZip() {
        byte[] inner = SampleResumes.zip(new String[] {"a.txt", "x".repeat(1_000_000)});
        for (int i = 0; i < 5; i++) {
            inner = zipOf("inner.zip", inner);
        }
        return docxWith("word/embeddings/inner.zip", inner, 0);
    }

    private static byte[] styleBomb() {
        return docxWith("word/styles.xml", ascii("<styles>"), 150);
    }

    private static byte[] zipOf(String name, String head, int megabytes, int with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(ascii(head));
            repeat(zip, megabytes, with);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] zipOf(String name, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] manyEntries(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < count; i++) {
                zip.putNextEntry(new ZipEntry("word/part" + i + ".xml"));
            }
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(ascii(word("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A directory whose thousand entries all point at the same deflated bytes. */
    private static byte[] overlapping() {
        byte[] data = pack(new Deflater(9, true), new byte[0], 1, 0);
        byte[] name = ascii("word/document.xml");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(local(name, data, MEGABYTE));
        int directory = out.size();
        for (int i = 0; i < 1_000; i++) {
            byte[] other = i == 0 ? name : ascii("word/part" + i + ".xml");
            out.writeBytes(central(other, data.length, MEGABYTE, 0));
        }
        int size = out.size() - directory;
        out.writeBytes(end(1_000, size, directory));
        return out.toByteArray();
    }

    private static byte[] lyingSize() {
        byte[] data = pack(new Deflater(9, true), ascii(WORD_HEAD), 150, ' ');
        byte[] name = ascii("word/document.xml");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(local(name, data, 100));
        int directory = out.size();
        out.writeBytes(central(name, data.length, 100, 0));
        out.writeBytes(end(1, out.size() - directory, directory));
        return out.toByteArray();
    }

    private static byte[] twoOfOneName() {
        byte[] data = rawDeflate(ascii(word("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>")));
        byte[] name = ascii("word/document.xml");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(local(name, data, 100));
        int second = out.size();
        out.writeBytes(local(name, data, 100));
        int directory = out.size();
        out.writeBytes(central(name, data.length, 100, 0));
        out.writeBytes(central(name, data.length, 100, second));
        out.writeBytes(end(2, out.size() - directory, directory));
        return out.toByteArray();
    }

    private static byte[] zip64() {
        byte[] good = SampleResumes.docx(PERSON);
        for (int i = good.length - 12; i < good.length - 2; i++) {
            good[i] = (byte) 0xff;
        }
        return good;
    }

    /** The same zip with the flag of encryption on every entry. */
    private static byte[] flagged(byte[] zip) {
        byte[] out = zip.clone();
        for (int i = 0; i + 10 < out.length; i++) {
            if (out[i] == 'P' && out[i + 1] == 'K' && out[i + 2] == 1 && out[i + 3] == 2) {
                out[i + 8] |= 1;
            }
        }
        return out;
    }

    private static byte[] scratch(byte[] zip) {
        byte[] out = zip.clone();
        for (int i = 0; i + 200 < out.length; i++) {
            if (out[i] == 'P' && out[i + 1] == 'K' && out[i + 2] == 3 && out[i + 3] == 4) {
                Arrays.fill(out, i + 55, i + 90, (byte) 0x55);
            }
        }
        return out;
    }

    private static byte[] local(byte[] name, byte[] data, int size) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return join(
                int32(0x04034b50),
                int16(20),
                int16(0),
                int16(8),
                int16(0),
                int16(0),
                int32((int) crc.getValue()),
                int32(data.length),
                int32(size),
                int16(name.length),
                int16(0),
                name,
                data);
    }

    private static byte[] central(byte[] name, int compressed, int size, int offset) {
        return join(
                int32(0x02014b50),
                int16(20),
                int16(20),
                int16(0),
                int16(8),
                int16(0),
                int16(0),
                int32(0),
                int32(compressed),
                int32(size),
                int16(name.length),
                int16(0),
                int16(0),
                int16(0),
                int16(0),
                int32(0),
                int32(offset),
                name);
    }

    private static byte[] end(int count, int size, int offset) {
        return join(
                int32(0x06054b50),
                int16(0),
                int16(0),
                int16(count),
                int16(count),
                int32(size),
                int32(offset),
                int16(0));
    }

    // ---- makers of XML and OLE2

    private static String laughs() {
        StringBuilder out = new StringBuilder("<!DOCTYPE d [<!ENTITY lol0 \"lol\">");
        for (int i = 1; i <= 9; i++) {
            out.append("<!ENTITY lol")
                    .append(i)
                    .append(" \"")
                    .append(("&lol" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return out.append("]>").toString();
    }

    private static String quadratic() {
        return "<!DOCTYPE d [<!ENTITY a \"" + "x".repeat(100_000) + "\">]>"
                + word("<w:p><w:r><w:t>" + "&a;".repeat(50_000) + "</w:t></w:r></w:p>");
    }

    private static String attributes(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append('a').append(i).append("=\"\" ");
        }
        return out.toString();
    }

    /** An OLE2 container with one large stream of a name. */
    static byte[] ole2(String name, byte[] data) {
        try (POIFSFileSystem files = new POIFSFileSystem()) {
            files.createDocument(new ByteArrayInputStream(data), name);
            if (name.equals("WordDocument")) {
                files.createDocument(new ByteArrayInputStream(new byte[5_000]), "1Table");
                files.createDocument(new ByteArrayInputStream(new byte[5_000]), "0Table");
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            files.writeFilesystem(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of a Word 97 document that says it is encrypted with RC4. */
    private static byte[] lockedWord() {
        byte[] fib = noise(8_192);
        fib[0] = (byte) 0xec;
        fib[1] = (byte) 0xa5;
        fib[2] = (byte) 0xc1;
        // fEncrypted in the flags; the table stream is 0Table.
        fib[0x0b] = 0x01;
        return fib;
    }

    // ---- bytes

    static byte[] deflate(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A text followed by megabytes of one byte, packed without ever lying in memory as a whole. */
    private static byte[] deflated(String head, int megabytes, int with) {
        return pack(new Deflater(), ascii(head), megabytes, with);
    }

    private static byte[] pack(Deflater how, byte[] head, int megabytes, int with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(out, how, 64 * 1024)) {
            deflater.write(head);
            repeat(deflater, megabytes, with);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void repeat(OutputStream out, int megabytes, int with) throws IOException {
        byte[] chunk = new byte[MEGABYTE];
        Arrays.fill(chunk, (byte) with);
        for (int i = 0; i < megabytes; i++) {
            out.write(chunk);
        }
    }

    private static byte[] rawDeflate(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(out, new Deflater(9, true))) {
            deflater.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] hex(byte[] data) {
        return ascii(HexFormat.of().formatHex(data) + ">");
    }

    private static byte[] fill(int megabytes, byte with) {
        byte[] out = new byte[megabytes * MEGABYTE];
        Arrays.fill(out, with);
        return out;
    }

    private static byte[] noise(int length) {
        byte[] out = new byte[length];
        new Random(length).nextBytes(out);
        return out;
    }

    private static byte[] half(byte[] data) {
        return Arrays.copyOf(data, data.length / 2);
    }

    private static byte[] replace(byte[] data, String what, String with) {
        return new String(data, StandardCharsets.ISO_8859_1).replace(what, with).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(int... values) {
        byte[] out = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            out[i] = (byte) values[i];
        }
        return out;
    }

    private static byte[] int16(int value) {
        return bytes(value, value >> 8);
    }

    private static byte[] int32(int value) {
        return bytes(value, value >> 8, value >> 16, value >> 24);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] out = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }
}
