package ai.recruit.bench;

import ai.recruit.parsing.AttackedResumes;
import ai.recruit.parsing.HostileFiles;
import ai.recruit.parsing.SampleResumes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;

/** PDFs by their objects with unpacked streams: changes happen to dictionaries, page contents, maps and fonts. */
final class FuzzPdf implements FuzzFormat {

    private static final Pattern OBJECT = Pattern.compile("(?s)(\\d+ \\d+) obj\\s(.*?)\\sendobj");
    private static final Pattern TRAILER = Pattern.compile("(?s)trailer\\s*(<<.*?>>)\\s*startxref");
    private static final Pattern TOKEN = Pattern.compile(
            "(?s)\\s+|<<|>>|[\\[\\]{}]|\\((?:\\\\.|[^()\\\\])*+\\)|<[0-9A-Fa-f\\s]*+>|/[^\\s<>\\[\\](){}/%]*+|[^\\s<>\\[\\](){}/%]++|.");
    private static final Pattern LITERAL = Pattern.compile("[-+.0-9]+|(?<=[(<])[^()<>]+|(?<=/)[A-Za-z0-9]+");
    private static final String[] WORDS = {
        " q ",
        " Q ",
        " cm ",
        " BT ",
        " ET ",
        " Tj ",
        " TJ ",
        " ' ",
        " \" ",
        " Td ",
        " TD ",
        " Tm ",
        " T* ",
        " Tf ",
        " Tr ",
        " Ts ",
        " Tz ",
        " Tc ",
        " Tw ",
        " TL ",
        " Do ",
        " gs ",
        " g ",
        " rg ",
        " k ",
        " cs ",
        " scn ",
        " sh ",
        " re ",
        " f ",
        " f* ",
        " W ",
        " W* ",
        " n ",
        " m ",
        " l ",
        " c ",
        " v ",
        " y ",
        " h ",
        " S ",
        " B ",
        " b* ",
        " w ",
        " BI /W 1 /H 1 ID x EI ",
        " BMC ",
        " /OC /P0 BDC ",
        " EMC ",
        " d0 ",
        " d1 ",
        " BX ",
        " EX ",
        " MP ",
        " (x) ",
        " <0041> ",
        " [(a) -2000 (b)] ",
        "<<",
        ">>",
        "[",
        "]",
        " null ",
        " true ",
        " R ",
        " 0 0 R ",
        " 1 0 R ",
        " 2 0 R ",
        " 3 0 R ",
        " 4 0 R ",
        " 5 0 R ",
        " 6 0 R ",
        " 7 0 R ",
        " 8 0 R ",
        " 99 0 R ",
        "/Type",
        "/Page",
        "/Pages",
        "/Kids",
        "/Count",
        "/Parent",
        "/Contents",
        "/Resources",
        "/Font",
        "/XObject",
        "/Subtype",
        "/Form",
        "/Image",
        "/Type0",
        "/Type1",
        "/Type3",
        "/TrueType",
        "/CIDFontType0",
        "/CIDFontType2",
        "/DescendantFonts",
        "/ToUnicode",
        "/Encoding",
        "/Identity-H",
        "/Identity-V",
        "/WinAnsiEncoding",
        "/Differences",
        "/FontDescriptor",
        "/FontFile",
        "/FontFile2",
        "/FontFile3",
        "/W",
        "/W2",
        "/DW",
        "/Widths",
        "/FirstChar",
        "/LastChar",
        "/CharProcs",
        "/FontMatrix",
        "/FontBBox",
        "/BBox",
        "/Matrix",
        "/Group",
        "/SMask",
        "/CIDToGIDMap",
        "/CIDSystemInfo",
        "/Supplement",
        "/Filter",
        "/FlateDecode",
        "/LZWDecode",
        "/ASCIIHexDecode",
        "/ASCII85Decode",
        "/RunLengthDecode",
        "/Crypt",
        "/DecodeParms",
        "/Predictor",
        "/Columns",
        "/Colors",
        "/ObjStm",
        "/XRef",
        "/Prev",
        "/XRefStm",
        "/Encrypt",
        "/OCProperties",
        "/OFF",
        "/D",
        "/Annots",
        "/Link",
        "/A",
        "/URI",
        "/S",
        "/Rotate",
        "/MediaBox",
        "/CropBox",
        "/UserUnit",
        "/Separation",
        "/DeviceN",
        "/ICCBased",
        "/Indexed",
        "/Pattern",
        "/FunctionType",
        "/Functions",
        "/Domain",
        "/Range",
        "/C0",
        "/N",
        "/Bounds",
        "/Length",
        " begincmap ",
        " endcmap ",
        " 1 begincodespacerange <00> <ff> endcodespacerange ",
        " 1 beginbfrange <0000> <ffff> <0041> endbfrange ",
        " 1 beginbfchar <41> <00410042> endbfchar ",
        " 1 begincidrange <0000> <ffffffff> 0 endcidrange ",
        " /Identity-H usecmap ",
        " { dup mul } ",
        " endstream ",
        " stream\n",
        " obj ",
        " endobj ",
        "%",
        "(",
        ")",
        "<",
        ">"
    };
    private static final FuzzBytes.Tokens TOKENS = new FuzzBytes.Tokens(TOKEN, WORDS, LITERAL);

    @Override
    public List<Sample> seeds() {
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            files.add(SampleResumes.pdf(i % 2 == 0 ? SampleResumes.person(i) : SampleResumes.russian(i)));
        }
        for (AttackedResumes.Attack attack : AttackedResumes.all()) {
            if (attack.name().startsWith("pdf")) {
                files.add(attack.attacked());
            }
        }
        for (HostileFiles.Hostile hostile : HostileFiles.all()) {
            boolean small = hostile.name().endsWith(".pdf") && !hostile.name().contains("flate");
            byte[] bytes = small ? hostile.bytes() : new byte[0];
            if (bytes.length > 0 && bytes.length < 60_000) {
                files.add(bytes);
            }
        }
        files.add(drawn());
        List<Sample> seeds = new ArrayList<>();
        for (byte[] file : files) {
            Sample sample = parts(flat(file));
            if (sample.parts().size() > 3 && sample.parts().size() < 200) {
                seeds.add(sample);
            }
        }
        return seeds;
    }

    /** Letters drawn by procedures, letters of two bytes by maps, forms in forms, a tint by a function, an annotation. */
    private static byte[] drawn() {
        String content = "q /F Do Q BT /T3 12 Tf 50 700 Td (ab) Tj ET BT /T0 11 Tf 50 680 Td <00410042> Tj ET"
                + " BT /T1 10 Tf 1 0 0 1 50 660 Tm [(Jan 2019) -300 (2021)] TJ T* (ann@example.com) ' ET"
                + " /Tint cs 0.5 scn 10 10 100 20 re f 0 0 1 RG 4 w 0 0 m 100 100 l S BI /W 1 /H 1 /BPC 8 /CS /G ID x EI";
        String map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def"
                + " 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0041> <005a> <0041> endbfrange"
                + " 1 beginbfchar <0060> <00660069> endbfchar endcmap end end";
        String[] objects = {
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate 0/Contents 4 0 R/Annots[11 0 R]/Resources<</Font<</T3 5 0 R/T0 7 0 R/T1 10 0 R>>"
                    + "/XObject<</F 6 0 R>>/ColorSpace<</Tint[/Separation/Spot/DeviceRGB 12 0 R]>>>>>>",
            stream("", content),
            "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 97/LastChar 98/Widths[500 600]"
                    + "/Encoding<</Differences[97/x/y]>>/CharProcs<</x 13 0 R/y 13 0 R>>/Resources<<>>>>",
            stream(
                    "/Type/XObject/Subtype/Form/BBox[0 0 500 800]/Matrix[1 0 0 1 0 0]/Resources<</Font<</T1 10 0 R>>/XObject<</F 14 0 R>>>>",
                    "q /F Do Q BT /T1 9 Tf 60 600 Td (Inside) Tj ET"),
            "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[8 0 R]/ToUnicode 9 0 R>>",
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 600/W[65[500 600] 70 80 700]/FontDescriptor 15 0 R>>",
            stream("", map),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi/fl/Euro]>>/FirstChar 32/LastChar 34/Widths[250 300 300]>>",
            "<</Type/Annot/Subtype/Link/Rect[0 0 10 10]/A<</S/URI/URI(https://example.com/me)>>>>",
            "<</FunctionType 2/Domain[0 1]/N 1/C0[1 1 1]/C1[0 0 0]>>",
            stream("", "500 0 0 0 500 700 d1 0 0 400 400 re f"),
            stream(
                    "/Type/XObject/Subtype/Form/BBox[0 0 500 800]/Resources<</Font<</T1 10 0 R>>>>",
                    "BT /T1 9 Tf 60 500 Td (Deeper) Tj ET"),
            "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"
        };
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < objects.length; i++) {
            parts.add(part((i + 1) + " 0", objects[i]));
        }
        parts.add(new Part("trailer", FuzzBytes.latin("<</Root 1 0 R>>"), new byte[0]));
        return new FuzzPdf().write(new Sample(parts, 1));
    }

    private static String stream(String entries, String content) {
        return "<<" + entries + ">>\nstream\n" + content + "\nendstream";
    }

    /** The same document with every stream unpacked and every object on its own; as it is when PDFBox cannot read it. */
    private static byte[] flat(byte[] file) {
        try (PDDocument document = Loader.loadPDF(file)) {
            document.setAllSecurityToBeRemoved(true);
            for (COSObjectKey key : document.getDocument().getXrefTable().keySet()) {
                COSObject object = document.getDocument().getObjectFromPool(key);
                if (object.getObject() instanceof COSStream stream && stream.getFilters() instanceof COSName name) {
                    if (name.getName().startsWith("Fl")) {
                        unpack(stream);
                    }
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out, CompressParameters.NO_COMPRESSION);
            return out.toByteArray();
        } catch (IOException | RuntimeException damaged) {
            return file;
        }
    }

    private static void unpack(COSStream stream) throws IOException {
        byte[] content;
        try (InputStream in = stream.createInputStream()) {
            content = in.readNBytes(2_000_000);
        }
        stream.removeItem(COSName.FILTER);
        stream.removeItem(COSName.DECODE_PARMS);
        try (OutputStream out = stream.createRawOutputStream()) {
            out.write(content);
        }
    }

    private static Sample parts(byte[] flat) {
        String text = new String(flat, StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        Matcher matcher = OBJECT.matcher(text);
        while (matcher.find()) {
            parts.add(part(matcher.group(1), matcher.group(2)));
        }
        Matcher trailer = TRAILER.matcher(text);
        parts.add(new Part(
                "trailer", FuzzBytes.latin(trailer.find() ? trailer.group(1) : "<</Root 1 0 R>>"), new byte[0]));
        return new Sample(parts, 1);
    }

    private static Part part(String name, String object) {
        int at = object.indexOf("stream");
        int end = object.lastIndexOf("endstream");
        if (at < 0 || end <= at) {
            return new Part(name, FuzzBytes.latin(object), new byte[0]);
        }
        int from = at + 6 + (object.startsWith("\r\n", at + 6) ? 2 : 1);
        String head = object.substring(0, at)
                .replaceAll("/Length\\s+\\d+( \\d+ R)?", "")
                .strip();
        return new Part(name, FuzzBytes.latin(head), FuzzBytes.latin(object.substring(Math.min(from, end), end)));
    }

    @Override
    public Part change(Part part, Part other, Random random) {
        boolean head = part.body().length == 0 || random.nextInt(3) == 0;
        if (head) {
            return new Part(part.name(), TOKENS.change(part.head(), other.head(), random), part.body());
        }
        int odd = 0;
        for (int i = 0; i < Math.min(500, part.body().length); i++) {
            odd += part.body()[i] < 9 ? 1 : 0;
        }
        boolean text = odd * 10 < Math.min(500, part.body().length);
        byte[] body = text && random.nextInt(8) > 0
                ? TOKENS.change(part.body(), other.body(), random)
                : FuzzBytes.binary(part.body(), other.body(), random);
        return new Part(part.name(), part.head(), body);
    }

    @Override
    public byte[] write(Sample sample) {
        Random random = new Random(sample.variation());
        boolean packs = random.nextBoolean();
        boolean soundTable = random.nextInt(6) > 0;
        boolean soundLengths = random.nextInt(8) > 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(FuzzBytes.latin("%PDF-1.7\n%\u00e2\u00e3\n"));
        StringBuilder table = new StringBuilder();
        byte[] trailer = FuzzBytes.latin("<</Root 1 0 R>>");
        for (Part part : sample.parts()) {
            if (part.name().equals("trailer")) {
                trailer = part.head();
                continue;
            }
            int at = out.size() + (soundTable ? 0 : random.nextInt(50));
            String number = part.name().substring(0, part.name().indexOf(' '));
            table.append(number).append(" 1\n").append(padded(at)).append(" 00000 n \n");
            out.writeBytes(FuzzBytes.latin(part.name() + " obj\n"));
            String head = new String(part.head(), StandardCharsets.ISO_8859_1);
            if (part.body().length > 0) {
                boolean pack = packs && !head.contains("/Filter");
                byte[] body = pack ? deflate(part.body()) : part.body();
                int length = soundLengths ? body.length : random.nextInt(body.length * 2 + 1);
                int close = Math.max(0, head.lastIndexOf(">>"));
                head = head.substring(0, close) + "/Length " + length + (pack ? "/Filter/FlateDecode" : "")
                        + head.substring(close);
                out.writeBytes(FuzzBytes.latin(head));
                out.writeBytes(FuzzBytes.latin("\nstream\n"));
                out.writeBytes(body);
                out.writeBytes(FuzzBytes.latin("\nendstream"));
            } else {
                out.writeBytes(part.head());
            }
            out.writeBytes(FuzzBytes.latin("\nendobj\n"));
        }
        int start = out.size();
        out.writeBytes(FuzzBytes.latin("xref\n0 1\n0000000000 65535 f \n" + table + "trailer\n"));
        out.writeBytes(trailer);
        out.writeBytes(FuzzBytes.latin("\nstartxref\n" + start + "\n%%EOF\n"));
        return random.nextInt(12) == 0 ? FuzzBytes.binary(out.toByteArray(), new byte[0], random) : out.toByteArray();
    }

    private static String padded(int offset) {
        String digits = Integer.toString(offset);
        return "0".repeat(Math.max(0, 10 - digits.length())) + digits;
    }

    private static byte[] deflate(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(data);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }
}
