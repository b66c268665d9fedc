package ai.recruit.parsing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * Reads the text of a PDF: PDFBox interprets the pages, {@link PageLayout} puts the glyphs into reading order. Before
 * PDFBox sees the bytes, {@link PdfGuard} has counted what their streams expand to.
 */
final class PdfText {

    private final Budget budget;
    private final LineCollector lines;

    PdfText(Budget budget) {
        this.budget = budget;
        this.lines = new LineCollector(budget);
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
            Stripper stripper = new Stripper();
            stripper.writeText(document, Writer.nullWriter());
            return lines.finish(DocumentType.PDF, Math.max(1, stripper.page));
        } catch (InvalidPasswordException locked) {
            throw new LimitReached(Outcome.ENCRYPTED, "needs a password");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private final class Stripper extends PDFTextStripper {

        private final Map<PDFont, Boolean> bold = new IdentityHashMap<>();
        private final Map<Integer, List<PageLayout.Glyph>> byDirection = new HashMap<>();
        private int page;
        private int depth;

        Stripper() {
            setSuppressDuplicateOverlappingText(false);
        }

        @Override
        public void processPage(PDPage current) throws IOException {
            budget.page();
            page++;
            byDirection.clear();
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
            if (operator.getName().equals("Do")) {
                budget.call();
            }
            budget.depth(++depth);
            try {
                super.processOperator(operator, operands);
            } finally {
                depth--;
            }
        }

        @Override
        protected void processTextPosition(TextPosition text) {
            budget.tick();
            String unicode = LineCollector.clean(String.valueOf(text.getUnicode()));
            if (unicode.isEmpty() || text.getUnicode() == null) {
                return;
            }
            budget.characters(unicode.length());
            byDirection
                    .computeIfAbsent((int) text.getDir(), any -> new ArrayList<>())
                    .add(new PageLayout.Glyph(
                            text.getXDirAdj(),
                            text.getYDirAdj(),
                            text.getWidthDirAdj(),
                            Math.max(1f, Math.min(400f, Math.abs(text.getYScale()))),
                            text.getWidthOfSpace(),
                            unicode,
                            bold.computeIfAbsent(text.getFont(), Stripper::isBold)));
        }

        @Override
        protected void writePage() {
            // Upright text first; what runs up or down the margin comes after it.
            for (int direction : new int[] {0, 90, 180, 270}) {
                List<PageLayout.Glyph> glyphs = byDirection.get(direction);
                if (glyphs != null) {
                    new PageLayout(budget).write(page, glyphs, lines);
                }
            }
            lines.gap(page);
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
