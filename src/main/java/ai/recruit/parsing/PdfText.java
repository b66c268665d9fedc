package ai.recruit.parsing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDGraphicsState;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a PDF: PDFBox interprets the pages, {@link PageLayout} puts the glyphs into reading order. Before
 * PDFBox sees the bytes, {@link PdfGuard} has counted what their streams expand to.
 */
final class PdfText {

    private final Budget budget;
    private final LineCollector lines;

    PdfText(Budget budget) {
        this.budget = budget;
        this.lines = new LineCollector(budget, true);
    }

    DocumentText read(byte[] bytes) {
        PdfFonts.install();
        PdfGuard guard = new PdfGuard(budget);
        guard.check(bytes);
        try (PDDocument document = Loader.loadPDF(bytes, "", null, null, IOUtils.createMemoryOnlyStreamCache())) {
            if (document.isEncrypted() && !document.getCurrentAccessPermission().canExtractContent()) {
                throw new LimitReached(Outcome.ENCRYPTED, "its owner does not permit extraction");
            }
            if (document.getNumberOfPages() > budget.limits().pages()) {
                throw new LimitReached(
                        Outcome.TOO_LARGE, "more than " + budget.limits().pages() + " pages");
            }
            guard.check(document.getDocument(), document.isEncrypted());
            Stripper stripper = new Stripper(layersOff(document));
            stripper.writeText(document, Writer.nullWriter());
            properties(document);
            return lines.finish(DocumentType.PDF, Math.max(1, stripper.page));
        } catch (InvalidPasswordException locked) {
            throw new LimitReached(Outcome.ENCRYPTED, "needs a password");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The optional content groups that are off when the document is opened. */
    private static Set<COSDictionary> layersOff(PDDocument document) {
        Set<COSDictionary> off = Collections.newSetFromMap(new IdentityHashMap<>());
        COSDictionary layers = document.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.OCPROPERTIES);
        COSDictionary usual = layers == null ? null : layers.getCOSDictionary(COSName.D);
        if (layers == null || usual == null) {
            return off;
        }
        if (COSName.OFF.equals(usual.getCOSName(COSName.BASE_STATE))) {
            addAll(layers.getCOSArray(COSName.OCGS), off);
            Set<COSDictionary> on = Collections.newSetFromMap(new IdentityHashMap<>());
            addAll(usual.getCOSArray(COSName.ON), on);
            off.removeAll(on);
        }
        addAll(usual.getCOSArray(COSName.OFF), off);
        return off;
    }

    private static void addAll(@Nullable COSArray groups, Set<COSDictionary> into) {
        for (int i = 0; groups != null && i < groups.size(); i++) {
            if (groups.getObject(i) instanceof COSDictionary group) {
                into.add(group);
            }
        }
    }

    private void properties(PDDocument document) {
        COSDictionary information = document.getDocument().getTrailer().getCOSDictionary(COSName.INFO);
        if (information != null) {
            for (String name : new String[] {"Title", "Subject", "Keywords"}) {
                lines.findings()
                        .property(name.toLowerCase(Locale.ROOT), information.getString(COSName.getPDFName(name)));
            }
        }
    }

    private final class Stripper extends PDFTextStripper {

        private static final float LEAST_SIZE = 2;
        private static final float LEAST_WIDTH = 0.4f;

        private final Map<PDFont, Boolean> bold = new IdentityHashMap<>();
        private final Map<Integer, List<Placed>> byDirection = new HashMap<>();
        private final List<Placed> inkless = new ArrayList<>();
        private final Map<Flag.Reason, Placed> hiddenBefore = new EnumMap<>(Flag.Reason.class);
        private final PageInk ink;
        private final PdfRanges ranges = new PdfRanges(budget);
        private PDRectangle box = PDRectangle.A4;
        private int page;
        private int depth;
        private int letters;
        private boolean nothing;
        private char before = ' ';

        Stripper(Set<COSDictionary> layersOff) {
            setSuppressDuplicateOverlappingText(false);
            ink = new PageInk(budget, layersOff);
        }

        /** A glyph with its colour, the time of its painting and its place on the page. */
        private record Placed(PageLayout.Glyph glyph, PageInk.Ink ink, int direction, float x, float low, float high) {}

        @Override
        public void processPage(PDPage current) throws IOException {
            budget.page();
            page++;
            byDirection.clear();
            inkless.clear();
            hiddenBefore.clear();
            letters = 0;
            box = current.getCropBox();
            ink.beginPage();
            collectLinks(current);
            super.processPage(current);
        }

        private void collectLinks(PDPage current) {
            try {
                for (PDAnnotation annotation : current.getAnnotations()) {
                    budget.tick();
                    if (annotation instanceof PDAnnotationLink link && link.getAction() instanceof PDActionURI uri) {
                        String target = uri.getURI();
                        if (target != null) {
                            lines.link(target);
                        }
                    }
                }
            } catch (IOException | ClassCastException damaged) {
                // Links are an extra: the text of a page with damaged annotations is still read.
                budget.checkTime();
            }
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            budget.operator();
            budget.depth(++depth);
            try {
                String name = operator.getName();
                if (name.equals("Tf") || name.equals("gs")) {
                    checkFont(name.equals("gs"), operands);
                }
                if (name.equals("Do")) {
                    budget.call();
                    PageInk.Outer outer = ink.enter(operands, getGraphicsState(), getResources());
                    super.processOperator(operator, operands);
                    ink.leave(outer);
                } else {
                    super.processOperator(operator, operands);
                    ink.operator(name, operands, getGraphicsState(), getResources());
                }
            } finally {
                depth--;
            }
        }

        /** Fonts are named by an operator, or by a graphics state that is. */
        private void checkFont(boolean byState, List<COSBase> operands) {
            PDResources resources = getResources();
            if (resources == null || operands.isEmpty() || !(operands.get(0) instanceof COSName name)) {
                return;
            }
            COSDictionary named =
                    resources.getCOSObject().getCOSDictionary(byState ? COSName.EXT_G_STATE : COSName.FONT);
            COSDictionary found = named == null ? null : named.getCOSDictionary(name);
            if (byState) {
                COSArray setting = found == null ? null : found.getCOSArray(COSName.FONT);
                found = setting != null && setting.size() > 0 && setting.getObject(0) instanceof COSDictionary font
                        ? font
                        : null;
            }
            ranges.check(found);
        }

        @Override
        protected void processTextPosition(TextPosition text) {
            budget.tick();
            String printed = text.getUnicode();
            if (printed == null) {
                return;
            }
            String unicode = printed.length() == 1 && printed.charAt(0) > ' ' && printed.charAt(0) < 0x7f
                    ? printed
                    : Letters.clean(printed);
            if (unicode.isEmpty()) {
                nothing |= !printed.isEmpty() && Letters.zeroWidth(printed.charAt(0));
                return;
            }
            invisible(unicode);
            budget.characters(unicode.length());
            PageLayout.Glyph glyph = new PageLayout.Glyph(
                    text.getXDirAdj(),
                    text.getYDirAdj(),
                    text.getWidthDirAdj(),
                    Math.max(1f, Math.min(400f, Math.abs(text.getYScale()))),
                    text.getWidthOfSpace(),
                    unicode,
                    bold.computeIfAbsent(text.getFont(), Stripper::isBold));
            if (unicode.isBlank()) {
                // Without ink of its own, and not needed for the order of words.
                return;
            }
            letters++;
            PDGraphicsState state = getGraphicsState();
            int mode = state.getTextState().getRenderingMode().intValue();
            Placed placed = placed(text, glyph, ink.ink(mode));
            Flag.Reason reason = hiddenAtOnce(text, placed, state);
            if (reason != null) {
                hidden(reason, placed);
            } else if ((mode & 3) == 3) {
                inkless.add(placed);
            } else {
                keep(placed);
            }
        }

        private void keep(Placed placed) {
            byDirection
                    .computeIfAbsent(placed.direction(), any -> new ArrayList<>())
                    .add(placed);
        }

        /** Characters without width between two letters. */
        private void invisible(String unicode) {
            char c = unicode.charAt(0);
            if (nothing && Character.isLetterOrDigit(c) && Character.isLetterOrDigit(before)) {
                lines.findings().invisible(1, false, page, null, true, "");
            }
            nothing = false;
            before = unicode.charAt(unicode.length() - 1);
        }

        /** Where on the page, in its own coordinates, the middle of the glyph lies. */
        private Placed placed(TextPosition text, PageLayout.Glyph glyph, PageInk.Ink color) {
            Matrix matrix = text.getTextMatrix();
            float a = matrix.getScaleX();
            float b = matrix.getShearY();
            float c = matrix.getShearX();
            float d = matrix.getScaleY();
            float along = Math.max(1e-6f, b == 0 ? Math.abs(a) : (float) Math.sqrt(a * a + b * b));
            float half = glyph.width() / 2;
            // The matrix holds the size: a quarter of its vertical vector is a quarter of the letters' height.
            float x = matrix.getTranslateX() + box.getLowerLeftX() + a / along * half + 0.25f * c;
            float y = matrix.getTranslateY() + box.getLowerLeftY() + b / along * half;
            return new Placed(glyph, color, (int) text.getDir(), x, y + 0.08f * d, y + 0.35f * d);
        }

        private Flag.@Nullable Reason hiddenAtOnce(TextPosition text, Placed placed, PDGraphicsState state) {
            if (ink.layerOff()) {
                return Flag.Reason.LAYER;
            }
            if (ink.faint(state)) {
                return Flag.Reason.TRANSPARENT;
            }
            float size = Math.min(Math.abs(text.getYScale()), Math.abs(text.getXScale()));
            if (size < LEAST_SIZE
                    && (size < LEAST_WIDTH || placed.glyph().width() < LEAST_SIZE)
                    && !(text.getFont() instanceof PDType3Font)) {
                return Flag.Reason.SIZE;
            }
            if (placed.x() < box.getLowerLeftX() - 1
                    || placed.x() > box.getUpperRightX() + 1
                    || placed.high() < box.getLowerLeftY() - 1
                    || placed.high() > box.getUpperRightY() + 1) {
                return Flag.Reason.OFF_PAGE;
            }
            return ink.clipped(placed.x(), placed.high()) ? Flag.Reason.CLIPPED : null;
        }

        /** Notes a glyph that nobody sees, with a blank where the glyph before stands apart. */
        private void hidden(Flag.Reason reason, Placed placed) {
            PageLayout.Glyph now = placed.glyph();
            Placed last = hiddenBefore.put(reason, placed);
            boolean apart = last != null
                    && (Math.abs(last.glyph().y() - now.y()) > 0.5f * now.size()
                            || now.x() - last.glyph().x() - last.glyph().width() > 0.16f * now.size()
                            || now.x() < last.glyph().x());
            lines.hidden(reason, page, TextLine.Part.BODY, apart ? " " + now.text() : now.text());
        }

        @Override
        protected void writePage() {
            boolean scan = recognised(inkless.size());
            for (Placed placed : inkless) {
                if (scan) {
                    keep(placed);
                } else {
                    hidden(Flag.Reason.INVISIBLE, placed);
                }
            }
            List<Placed> covered = scan ? List.of() : dropHidden();
            if (recognised(covered.size())) {
                covered.forEach(this::keep);
            } else {
                covered.forEach(placed -> hidden(Flag.Reason.COVERED, placed));
            }
            // Upright text first; what runs up or down the margin comes after it.
            for (int direction : new int[] {0, 90, 180, 270}) {
                List<Placed> placed = byDirection.get(direction);
                if (placed != null) {
                    new PageLayout(budget)
                            .write(page, placed.stream().map(Placed::glyph).toList(), lines);
                }
            }
            lines.gap(page);
        }

        /** Whether so much unseen text is the recognised text of a scan: its reader sees it in the picture. */
        private boolean recognised(int unseen) {
            return unseen > 0 && unseen * 2 > letters && ink.showsPicturesOf(unseen, box);
        }

        /** Drops what is in the colour of its ground, and gives back what something was painted over. */
        private List<Placed> dropHidden() {
            List<Placed> covered = new ArrayList<>();
            for (List<Placed> all : byDirection.values()) {
                PageInk.Ink last = null;
                boolean clear = false;
                List<Placed> kept = null;
                for (int i = 0; i < all.size(); i++) {
                    Placed placed = all.get(i);
                    if (placed.ink() != last) {
                        last = placed.ink();
                        clear = ink.harmless(last);
                    }
                    Flag.Reason reason =
                            clear ? null : ink.hides(placed.ink(), placed.x(), placed.low(), placed.high(), box);
                    if (reason != null && kept == null) {
                        kept = new ArrayList<>(all.subList(0, i));
                    }
                    if (reason == null && kept != null) {
                        kept.add(placed);
                    } else if (reason == Flag.Reason.COVERED) {
                        covered.add(placed);
                    } else if (reason != null) {
                        hidden(reason, placed);
                    }
                }
                if (kept != null) {
                    all.clear();
                    all.addAll(kept);
                }
            }
            return covered;
        }

        private static boolean isBold(PDFont font) {
            String name = String.valueOf(font.getName()).toLowerCase(Locale.ROOT);
            if (name.contains("bold") || name.contains("black") || name.contains("heavy") || name.contains("cmbx")) {
                return true;
            }
            PDFontDescriptor descriptor = font.getFontDescriptor();
            return descriptor != null && (descriptor.isForceBold() || descriptor.getFontWeight() >= 600);
        }
    }
}
