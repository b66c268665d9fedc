package ai.recruit.parsing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.function.PDFunction;
import org.apache.pdfbox.pdmodel.graphics.blend.BlendMode;
import org.apache.pdfbox.pdmodel.graphics.state.PDGraphicsState;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Follows what one page of a PDF paints besides text, as far as it decides whether text is to be seen: colours, filled
 * shapes, places of pictures, clipping, layers. Nothing is drawn and no picture is opened: what lies on a picture, a
 * gradient or a pattern counts as visible. Colours are read without their profiles, which is near enough to tell white
 * from grey.
 */
final class PageInk {

    static final int UNKNOWN = -1;
    private static final int WHITE = 0xffffff;
    private static final int MOST_SHAPES = 20_000;
    private static final int MOST_POINTS = 4_000;
    /** Coordinates kept for a page: 4 MB. */
    private static final int MOST_KEPT = 1_000_000;

    private static final int MOST_MARKED = 50_000;
    private static final int MOST_SAMPLES = 100_000;
    private static final int CURVE_STEPS = 4;
    private static final double FAINT = 0.1;
    private static final double OPAQUE = 0.9;
    private static final float THICK = 3;
    private static final float ROW = 32;
    private static final int MOST_ROWS = 64;
    /** Below this contrast (WCAG 2, where 1 is none and 21 black on white) nobody reads a text. */
    private static final double LEAST_CONTRAST = 1.15;

    private static final int SAME_CHANNEL = 48;
    private static final double[] LINEAR = new double[256];

    static {
        for (int i = 0; i < LINEAR.length; i++) {
            double c = i / 255.0;
            LINEAR[i] = c <= 0.04045 ? c / 12.92 : StrictMath.pow((c + 0.055) / 1.055, 2.4);
        }
    }

    /**
     * The colour of a run of glyphs, and when it was painted.
     *
     * @param fill colour of the glyphs, {@link #UNKNOWN} for patterns
     * @param second colour of their outline where both are painted, else the same as {@code fill}
     * @param time how many shapes had been painted before
     */
    record Ink(int fill, int second, int time) {}

    private enum Model {
        GRAY,
        RGB,
        CMYK,
        TINT,
        OTHER
    }

    /** A colour space as far as it matters; tint is a function into the alternate one. */
    private record Space(
            Model model, @Nullable COSBase tint, @Nullable Space alternate) {}

    private static final Space GRAY = new Space(Model.GRAY, null, null);
    private static final Space RGB = new Space(Model.RGB, null, null);
    private static final Space CMYK = new Space(Model.CMYK, null, null);
    private static final Space OTHER = new Space(Model.OTHER, null, null);

    private static final class State implements Cloneable {
        Space fillSpace = GRAY;
        Space strokeSpace = GRAY;
        int fill;
        int stroke;
        float lineWidth = 1;
        float left = -Float.MAX_VALUE;
        float bottom = -Float.MAX_VALUE;
        float right = Float.MAX_VALUE;
        float top = Float.MAX_VALUE;

        State copy() {
            try {
                return (State) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }

        void clip(float x0, float y0, float x1, float y1) {
            left = Math.max(left, x0);
            bottom = Math.max(bottom, y0);
            right = Math.min(right, x1);
            top = Math.min(top, y1);
        }
    }

    /** Something painted: a polygon in page space, or its box where there is none. */
    private record Shape(
            int time,
            int color,
            boolean opaque,
            float left,
            float bottom,
            float right,
            float top,
            float @Nullable [] outline,
            int @Nullable [] starts,
            boolean evenOdd) {

        boolean contains(float x, float y) {
            if (x < left || x > right || y < bottom || y > top) {
                return false;
            }
            if (outline == null || starts == null) {
                return true;
            }
            int winding = 0;
            for (int s = 0; s < starts.length; s++) {
                int from = starts[s];
                int to = s + 1 < starts.length ? starts[s + 1] : outline.length;
                for (int i = from; i < to; i += 2) {
                    int next = i + 2 < to ? i + 2 : from;
                    float y0 = outline[i + 1];
                    float y1 = outline[next + 1];
                    if ((y0 <= y) != (y1 <= y)) {
                        float at = outline[i] + (y - y0) / (y1 - y0) * (outline[next] - outline[i]);
                        if (at > x) {
                            winding += evenOdd ? 1 : y1 > y0 ? 1 : -1;
                        }
                    }
                }
            }
            return evenOdd ? (winding & 1) != 0 : winding != 0;
        }
    }

    private final Budget budget;
    private final Set<COSDictionary> layersOff;
    private final Deque<State> saved = new ArrayDeque<>();
    private final Deque<Boolean> marked = new ArrayDeque<>();
    private final Map<COSBase, Space> spaces = new IdentityHashMap<>();
    private final Map<COSBase, Optional<PDFunction>> functions = new IdentityHashMap<>();
    private final List<Shape> shapes = new ArrayList<>();
    private State now = new State();
    private int floor;
    private int layersHidden;
    private double groupAlpha = 1;
    private double pictures;
    private @Nullable Ink ink;

    private float[] path = new float[64];
    private int pathLength;
    private int[] starts = new int[16];
    private int startCount;
    private boolean pathTooLong;
    private float lastX;
    private float lastY;
    private boolean clipNext;

    private Shape @Nullable [][] rows;
    private float firstRow;
    private float rowHeight = ROW;
    private int kept;
    /** Whether the page paints more than is kept, so that nobody knows what its letters stand on. */
    private boolean overflown;

    private int @Nullable [] colors;
    private int lastCover;

    /** @param layersOff the optional content groups that are switched off when the document is opened */
    PageInk(Budget budget, Set<COSDictionary> layersOff) {
        this.budget = budget;
        this.layersOff = layersOff;
    }

    void beginPage() {
        saved.clear();
        marked.clear();
        shapes.clear();
        now = new State();
        floor = 0;
        layersHidden = 0;
        groupAlpha = 1;
        pictures = 0;
        ink = null;
        rows = null;
        colors = null;
        kept = 0;
        overflown = false;
        clearPath();
    }

    // ---- operators

    /** Takes note of an operator that does not show text and calls no form. */
    void operator(String name, List<COSBase> operands, PDGraphicsState state, @Nullable PDResources resources) {
        switch (name) {
            case "q" -> {
                budget.depth(saved.size() / 64);
                saved.push(now.copy());
            }
            case "Q" -> {
                if (saved.size() > floor) {
                    now = saved.pop();
                    ink = null;
                }
            }
            case "gs" -> ink = null;
            case "w" -> now.lineWidth = number(operands, 0);
            case "m" -> {
                start(number(operands, 0), number(operands, 1));
            }
            case "l" -> point(number(operands, 0), number(operands, 1));
            case "c" -> curve(operands, 0, 2, 4);
            case "v" -> curve(operands, -1, 0, 2);
            case "y" -> curve(operands, 0, 2, 2);
            case "re" -> {
                float x = number(operands, 0);
                float y = number(operands, 1);
                float w = number(operands, 2);
                float h = number(operands, 3);
                start(x, y);
                point(x + w, y);
                point(x + w, y + h);
                point(x, y + h);
            }
            case "W", "W*" -> clipNext = true;
            case "f", "F" -> paint(state, true, false, false);
            case "f*" -> paint(state, true, false, true);
            case "B", "b" -> paint(state, true, true, false);
            case "B*", "b*" -> paint(state, true, true, true);
            case "S", "s" -> paint(state, false, true, false);
            case "n" -> paint(state, false, false, false);
            case "sh" -> shading(state);
            case "g" -> fill(GRAY, operands);
            case "rg" -> fill(RGB, operands);
            case "k" -> fill(CMYK, operands);
            case "cs" -> {
                now.fillSpace = space(operands, resources);
                now.fill = initial(now.fillSpace);
                ink = null;
            }
            case "sc", "scn" -> fill(now.fillSpace, operands);
            case "G" -> stroke(GRAY, operands);
            case "RG" -> stroke(RGB, operands);
            case "K" -> stroke(CMYK, operands);
            case "CS" -> {
                now.strokeSpace = space(operands, resources);
                now.stroke = initial(now.strokeSpace);
                ink = null;
            }
            case "SC", "SCN" -> stroke(now.strokeSpace, operands);
            case "BI" -> picture(state, true);
            case "BMC" -> {
                if (marked.size() < MOST_MARKED) {
                    marked.push(false);
                }
            }
            case "BDC" -> {
                boolean off = marked.size() < MOST_MARKED && hiddenContent(operands, resources);
                layersHidden += off ? 1 : 0;
                if (marked.size() < MOST_MARKED) {
                    marked.push(off);
                }
            }
            case "EMC" -> {
                if (!marked.isEmpty() && marked.pop()) {
                    layersHidden--;
                }
            }
            default -> {
                // Says nothing about what is seen.
            }
        }
    }

    /** What {@link #enter} changed. */
    record Outer(State state, int depth, int floor, double alpha, int layersHidden) {}

    /** Before an external object: notes a picture, or steps into a form. */
    Outer enter(List<COSBase> operands, PDGraphicsState state, @Nullable PDResources resources) {
        Outer outer = new Outer(now.copy(), saved.size(), floor, groupAlpha, layersHidden);
        floor = saved.size();
        COSDictionary objects =
                resources == null ? null : resources.getCOSObject().getCOSDictionary(COSName.XOBJECT);
        if (objects == null || operands.isEmpty() || !(operands.get(0) instanceof COSName name)) {
            return outer;
        }
        if (!(objects.getDictionaryObject(name) instanceof COSStream stream)) {
            return outer;
        }
        COSDictionary layer = stream.getCOSDictionary(COSName.OC);
        boolean off = layer != null && off(layer);
        if (COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE))) {
            if (!off) {
                boolean whole = !stream.containsKey(COSName.SMASK)
                        && !stream.containsKey(COSName.MASK)
                        && !stream.getBoolean(COSName.IMAGE_MASK, false);
                picture(state, whole);
            }
            return outer;
        }
        layersHidden += off ? 1 : 0;
        if (stream.containsKey(COSName.GROUP)) {
            groupAlpha *= state.getNonStrokeAlphaConstant();
        }
        COSArray box = stream.getCOSArray(COSName.BBOX);
        if (box != null && box.size() == 4) {
            float[] b = box.toFloatArray();
            Matrix matrix = Matrix.createMatrix(stream.getDictionaryObject(COSName.MATRIX))
                    .multiply(state.getCurrentTransformationMatrix());
            float[] corners = {b[0], b[1], b[2], b[1], b[2], b[3], b[0], b[3]};
            clipTo(transformed(corners, corners.length, matrix));
        }
        ink = null;
        return outer;
    }

    /** After an external object. */
    void leave(Outer outer) {
        now = outer.state();
        while (saved.size() > outer.depth()) {
            saved.pop();
        }
        floor = outer.floor();
        groupAlpha = outer.alpha();
        layersHidden = outer.layersHidden();
        ink = null;
    }

    private static float number(List<COSBase> operands, int index) {
        return index >= 0 && index < operands.size() && operands.get(index) instanceof COSNumber number
                ? number.floatValue()
                : 0;
    }

    // ---- layers

    private boolean hiddenContent(List<COSBase> operands, @Nullable PDResources resources) {
        if (layersOff.isEmpty()
                || operands.size() < 2
                || resources == null
                || !COSName.OC.equals(operands.get(0))
                || !(operands.get(1) instanceof COSName name)) {
            return false;
        }
        COSDictionary properties = resources.getCOSObject().getCOSDictionary(COSName.PROPERTIES);
        COSDictionary layer = properties == null ? null : properties.getCOSDictionary(name);
        return layer != null && off(layer);
    }

    private boolean off(COSDictionary layer) {
        if (layersOff.isEmpty()) {
            return false;
        }
        COSBase groups = layer.getDictionaryObject(COSName.OCGS);
        if (groups instanceof COSArray array) {
            boolean allOn = COSName.getPDFName("AllOn").equals(layer.getCOSName(COSName.P));
            int off = 0;
            for (int i = 0; i < array.size(); i++) {
                off += array.getObject(i) instanceof COSDictionary group && layersOff.contains(group) ? 1 : 0;
            }
            return array.size() > 0 && (allOn ? off > 0 : off == array.size());
        }
        return layersOff.contains(groups instanceof COSDictionary group ? group : layer);
    }

    // ---- colours

    private void fill(Space space, List<COSBase> operands) {
        now.fillSpace = space;
        now.fill = color(space, operands);
        ink = null;
    }

    private void stroke(Space space, List<COSBase> operands) {
        now.strokeSpace = space;
        now.stroke = color(space, operands);
        ink = null;
    }

    private int initial(Space space) {
        return space.model() == Model.OTHER ? UNKNOWN : space.model() == Model.TINT ? tint(space, new float[] {1}) : 0;
    }

    private int color(Space space, List<COSBase> operands) {
        float[] parts = new float[Math.min(32, operands.size())];
        for (int i = 0; i < parts.length; i++) {
            if (!(operands.get(i) instanceof COSNumber number)) {
                return UNKNOWN;
            }
            parts[i] = number.floatValue();
        }
        return color(space, parts);
    }

    private int color(Space space, float[] parts) {
        switch (space.model()) {
            case GRAY:
                return parts.length < 1 ? UNKNOWN : rgb(parts[0], parts[0], parts[0]);
            case RGB:
                return parts.length < 3 ? UNKNOWN : rgb(parts[0], parts[1], parts[2]);
            case CMYK:
                return parts.length < 4
                        ? UNKNOWN
                        : rgb(
                                (1 - parts[0]) * (1 - parts[3]),
                                (1 - parts[1]) * (1 - parts[3]),
                                (1 - parts[2]) * (1 - parts[3]));
            case TINT:
                return tint(space, parts);
            case OTHER:
            default:
                return UNKNOWN;
        }
    }

    private int tint(Space space, float[] parts) {
        if (space.tint() == null || space.alternate() == null) {
            return UNKNOWN;
        }
        PDFunction function =
                functions.computeIfAbsent(space.tint(), this::function).orElse(null);
        if (function == null) {
            return UNKNOWN;
        }
        try {
            return color(space.alternate(), function.eval(parts));
        } catch (IOException | RuntimeException damaged) {
            return UNKNOWN;
        }
    }

    /** A function, unless it has more samples than a colour needs or goes in circles: PDFBox would read without bound. */
    private Optional<PDFunction> function(COSBase definition) {
        try {
            return small(definition, 0) ? Optional.of(PDFunction.create(definition)) : Optional.empty();
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    private boolean small(@Nullable COSBase definition, int depth) {
        budget.tick();
        if (!(definition instanceof COSDictionary function) || depth > 4) {
            return definition instanceof COSName;
        }
        COSArray sizes = function.getCOSArray(COSName.SIZE);
        long samples = 1;
        for (int i = 0; sizes != null && i < sizes.size(); i++) {
            samples *= sizes.getObject(i) instanceof COSNumber size ? Math.max(1, size.longValue()) : 1;
            if (samples > MOST_SAMPLES) {
                return false;
            }
        }
        COSArray parts = function.getCOSArray(COSName.FUNCTIONS);
        for (int i = 0; parts != null && i < parts.size(); i++) {
            if (i > 100 || !small(parts.getObject(i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static int rgb(float r, float g, float b) {
        return channel(r) << 16 | channel(g) << 8 | channel(b);
    }

    private static int channel(float value) {
        return Math.max(0, Math.min(255, Math.round(value * 255)));
    }

    private Space space(List<COSBase> operands, @Nullable PDResources resources) {
        if (operands.isEmpty() || !(operands.get(0) instanceof COSName name)) {
            return OTHER;
        }
        COSDictionary named =
                resources == null ? null : resources.getCOSObject().getCOSDictionary(COSName.COLORSPACE);
        COSBase definition = named == null ? null : named.getDictionaryObject(name);
        return space(definition == null ? name : definition, 0);
    }

    private Space space(@Nullable COSBase definition, int depth) {
        if (definition instanceof COSName name) {
            return switch (name.getName()) {
                case "DeviceGray", "G", "CalGray" -> GRAY;
                case "DeviceRGB", "RGB", "CalRGB" -> RGB;
                case "DeviceCMYK", "CMYK" -> CMYK;
                default -> OTHER;
            };
        }
        if (!(definition instanceof COSArray array) || array.size() == 0 || depth > 3) {
            return OTHER;
        }
        Space known = spaces.get(array);
        if (known == null) {
            known = read(array, depth);
            spaces.put(array, known);
        }
        return known;
    }

    private Space read(COSArray array, int depth) {
        String family = array.getObject(0) instanceof COSName name ? name.getName() : "";
        switch (family) {
            case "ICCBased":
                int parts = array.size() > 1 && array.getObject(1) instanceof COSStream profile
                        ? profile.getInt(COSName.N, 3)
                        : 0;
                return parts == 1 ? GRAY : parts == 3 ? RGB : parts == 4 ? CMYK : OTHER;
            case "Separation", "DeviceN":
                return array.size() < 4
                        ? OTHER
                        : new Space(Model.TINT, array.getObject(3), space(array.getObject(2), depth + 1));
            default:
                return space(array.getObject(0), depth + 1);
        }
    }

    // ---- paths

    private void clearPath() {
        pathLength = 0;
        startCount = 0;
        pathTooLong = false;
        clipNext = false;
    }

    private void start(float x, float y) {
        if (startCount == starts.length) {
            starts = Arrays.copyOf(starts, startCount * 2);
        }
        if (!pathTooLong) {
            starts[startCount++] = pathLength;
        }
        point(x, y);
    }

    private void point(float x, float y) {
        if (pathLength >= MOST_POINTS * 2) {
            pathTooLong = true;
            return;
        }
        if (startCount == 0) {
            starts[startCount++] = 0;
        }
        if (pathLength == path.length) {
            path = Arrays.copyOf(path, pathLength * 2);
        }
        path[pathLength++] = x;
        path[pathLength++] = y;
        lastX = x;
        lastY = y;
    }

    /** A Bezier curve by its control points; -1 is the point where the path stands. */
    private void curve(List<COSBase> operands, int first, int second, int end) {
        float x0 = lastX;
        float y0 = lastY;
        float x1 = first < 0 ? x0 : number(operands, first);
        float y1 = first < 0 ? y0 : number(operands, first + 1);
        float x2 = number(operands, second);
        float y2 = number(operands, second + 1);
        float x3 = number(operands, end);
        float y3 = number(operands, end + 1);
        for (int i = 1; i <= CURVE_STEPS; i++) {
            float t = i / (float) CURVE_STEPS;
            float u = 1 - t;
            point(
                    u * u * u * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * x3,
                    u * u * u * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * y3);
        }
    }

    private static float[] transformed(float[] points, int length, Matrix matrix) {
        float a = matrix.getScaleX();
        float b = matrix.getShearY();
        float c = matrix.getShearX();
        float d = matrix.getScaleY();
        float e = matrix.getTranslateX();
        float f = matrix.getTranslateY();
        float[] out = new float[length];
        for (int i = 0; i + 1 < length; i += 2) {
            out[i] = a * points[i] + c * points[i + 1] + e;
            out[i + 1] = b * points[i] + d * points[i + 1] + f;
        }
        return out;
    }

    private void paint(PDGraphicsState state, boolean fills, boolean strokes, boolean evenOdd) {
        boolean thick = strokes && now.lineWidth * scale(state.getCurrentTransformationMatrix()) >= THICK;
        if (pathLength > 0 && (fills || thick || clipNext)) {
            float[] points = transformed(path, pathLength, state.getCurrentTransformationMatrix());
            if (fills) {
                boolean box = startCount == 1 && rectangle(points);
                add(
                        state,
                        now.fill,
                        state.getNonStrokeAlphaConstant(),
                        !pathTooLong,
                        points,
                        box ? null : Arrays.copyOf(starts, startCount),
                        evenOdd);
            }
            if (thick) {
                lines(state, points);
            }
            if (clipNext && !pathTooLong) {
                clipTo(points);
            }
        }
        clearPath();
    }

    private static double scale(Matrix matrix) {
        return Math.sqrt(Math.abs(matrix.getScaleX() * matrix.getScaleY() - matrix.getShearX() * matrix.getShearY()));
    }

    private static boolean rectangle(float[] p) {
        boolean closed = p.length == 10 && Math.abs(p[0] - p[8]) < 0.01f && Math.abs(p[1] - p[9]) < 0.01f;
        if (p.length != 8 && !closed) {
            return false;
        }
        return (near(p[0], p[2]) && near(p[3], p[5]) && near(p[4], p[6]) && near(p[7], p[1]))
                || (near(p[1], p[3]) && near(p[2], p[4]) && near(p[5], p[7]) && near(p[6], p[0]));
    }

    private static boolean near(float a, float b) {
        return Math.abs(a - b) < 0.01f;
    }

    /** Lines so thick that something may be written on them. */
    private void lines(PDGraphicsState state, float[] points) {
        float half = (float) (now.lineWidth * scale(state.getCurrentTransformationMatrix()) / 2);
        int next = 0;
        for (int i = 0; i + 3 < points.length; i += 2) {
            budget.tick();
            while (next < startCount && starts[next] <= i) {
                next++;
            }
            if (next < startCount && starts[next] == i + 2) {
                continue;
            }
            float dx = points[i + 2] - points[i];
            float dy = points[i + 3] - points[i + 1];
            float length = (float) Math.sqrt(dx * dx + dy * dy);
            if (length > 0) {
                float nx = -dy / length * half;
                float ny = dx / length * half;
                float[] quad = {
                    points[i] + nx,
                    points[i + 1] + ny,
                    points[i + 2] + nx,
                    points[i + 3] + ny,
                    points[i + 2] - nx,
                    points[i + 3] - ny,
                    points[i] - nx,
                    points[i + 1] - ny
                };
                add(state, now.stroke, state.getAlphaConstant(), true, quad, new int[] {0}, false);
            }
        }
    }

    private void add(
            PDGraphicsState state,
            int color,
            double alpha,
            boolean exact,
            float[] points,
            int @Nullable [] from,
            boolean evenOdd) {
        double visible = alpha * groupAlpha;
        if (layersHidden > 0 || visible < FAINT) {
            return;
        }
        if (shapes.size() >= MOST_SHAPES || kept >= MOST_KEPT) {
            overflown = true;
            return;
        }
        float left = Float.MAX_VALUE;
        float right = -Float.MAX_VALUE;
        float bottom = Float.MAX_VALUE;
        float top = -Float.MAX_VALUE;
        for (int i = 0; i + 1 < points.length; i += 2) {
            left = Math.min(left, points[i]);
            right = Math.max(right, points[i]);
            bottom = Math.min(bottom, points[i + 1]);
            top = Math.max(top, points[i + 1]);
        }
        left = Math.max(left, now.left);
        right = Math.min(right, now.right);
        bottom = Math.max(bottom, now.bottom);
        top = Math.min(top, now.top);
        if (left >= right || bottom >= top) {
            return;
        }
        kept += from == null ? 0 : points.length;
        boolean plain = visible >= OPAQUE && normal(state) && state.getSoftMask() == null;
        shapes.add(new Shape(
                shapes.size(),
                exact && plain ? color : UNKNOWN,
                exact && plain && color != UNKNOWN,
                left,
                bottom,
                right,
                top,
                from == null ? null : points,
                from,
                evenOdd));
        ink = null;
    }

    private static boolean normal(PDGraphicsState state) {
        BlendMode mode = state.getBlendMode();
        return mode == null || mode == BlendMode.NORMAL;
    }

    private void shading(PDGraphicsState state) {
        float[] clip = {now.left, now.bottom, now.right, now.bottom, now.right, now.top, now.left, now.top};
        add(state, UNKNOWN, state.getNonStrokeAlphaConstant(), true, clip, null, false);
    }

    private void picture(PDGraphicsState state, boolean whole) {
        float[] square = {0, 0, 1, 0, 1, 1, 0, 1};
        float[] points = transformed(square, square.length, state.getCurrentTransformationMatrix());
        int before = shapes.size();
        add(
                state,
                UNKNOWN,
                state.getNonStrokeAlphaConstant(),
                true,
                points,
                rectangle(points) ? null : new int[] {0},
                false);
        if (shapes.size() > before) {
            Shape shape = shapes.remove(before);
            boolean opaque = whole
                    && state.getNonStrokeAlphaConstant() * groupAlpha >= OPAQUE
                    && normal(state)
                    && state.getSoftMask() == null;
            shapes.add(new Shape(
                    shape.time(),
                    UNKNOWN,
                    opaque,
                    shape.left(),
                    shape.bottom(),
                    shape.right(),
                    shape.top(),
                    shape.outline(),
                    shape.starts(),
                    false));
            pictures += (double) (shape.right() - shape.left()) * (shape.top() - shape.bottom());
        }
    }

    private void clipTo(float[] points) {
        float left = Float.MAX_VALUE;
        float right = -Float.MAX_VALUE;
        float bottom = Float.MAX_VALUE;
        float top = -Float.MAX_VALUE;
        for (int i = 0; i + 1 < points.length; i += 2) {
            left = Math.min(left, points[i]);
            right = Math.max(right, points[i]);
            bottom = Math.min(bottom, points[i + 1]);
            top = Math.max(top, points[i + 1]);
        }
        now.clip(left, bottom, right, top);
    }

    // ---- text

    /** Whether text painted now is on a layer that is switched off. */
    boolean layerOff() {
        return layersHidden > 0;
    }

    /** Whether text painted now has next to no opacity. */
    boolean faint(PDGraphicsState state) {
        return state.getSoftMask() == null
                && Math.max(state.getNonStrokeAlphaConstant(), state.getAlphaConstant()) * groupAlpha < FAINT;
    }

    boolean clipped(float x, float y) {
        return x < now.left - 1 || x > now.right + 1 || y < now.bottom - 1 || y > now.top + 1;
    }

    /** The ink of text that is painted now. */
    Ink ink(int renderingMode) {
        Ink same = ink;
        int outline = renderingMode & 3;
        int fill = outline == 1 ? now.stroke : now.fill;
        int second = outline == 2 ? now.stroke : fill;
        if (same == null || same.fill() != fill || same.second() != second) {
            same = new Ink(fill, second, shapes.size());
            ink = same;
        }
        return same;
    }

    /** Whether pictures, or letters drawn as shapes, show what invisible text says: a scan with its recognised text. */
    boolean showsPicturesOf(int letters, PDRectangle page) {
        return pictures >= 0.5 * page.getWidth() * page.getHeight() || (letters > 50 && shapes.size() * 2 > letters);
    }

    /** Whether text of an ink is surely seen: on no ground of its colour, and with nothing painted after it. */
    boolean harmless(Ink of) {
        if (overflown) {
            return true;
        }
        int[] grounds = colors;
        if (grounds == null) {
            grounds = colors();
        }
        if (of.time() <= lastCover || onPaper(of)) {
            return false;
        }
        for (int ground : grounds) {
            if (same(of.fill(), ground)) {
                return false;
            }
        }
        return true;
    }

    /** The different colours of grounds on the page; also finds the last shape that can cover a letter. */
    private int[] colors() {
        int[] found = new int[8];
        int count = 0;
        lastCover = -1;
        for (Shape shape : shapes) {
            boolean large = shape.right() - shape.left() >= THICK && shape.top() - shape.bottom() >= THICK;
            lastCover = shape.opaque() && large ? shape.time() : lastCover;
            boolean known = shape.color() == UNKNOWN || shape.color() == WHITE;
            for (int i = 0; i < count && !known; i++) {
                known = found[i] == shape.color();
            }
            if (!known) {
                found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
                found[count++] = shape.color();
            }
        }
        colors = Arrays.copyOf(found, count);
        return colors;
    }

    /**
     * Whether a glyph cannot be seen on the finished page.
     *
     * @param x middle of the glyph
     * @param low just above its base line
     * @param high near its middle
     */
    Flag.@Nullable Reason hides(Ink of, float x, float low, float high, PDRectangle page) {
        int lowGround = WHITE;
        int highGround = WHITE;
        if (!shapes.isEmpty()) {
            budget.tick();
            Shape[] row = row(low, page);
            if (row.length > 1_000) {
                budget.checkTime();
            }
            for (Shape shape : row) {
                if (shape.time() < of.time()) {
                    lowGround = shape.contains(x, low) ? shape.color() : lowGround;
                    highGround = shape.contains(x, high) ? shape.color() : highGround;
                } else if (shape.opaque() && shape.contains(x, low) && shape.contains(x, high)) {
                    return Flag.Reason.COVERED;
                }
            }
        }
        boolean same = same(of.fill(), lowGround)
                && same(of.fill(), highGround)
                && same(of.second(), lowGround)
                && same(of.second(), highGround);
        return same ? Flag.Reason.COLOR : null;
    }

    /** Whether an ink cannot be seen on white paper. */
    static boolean onPaper(Ink of) {
        return same(of.fill(), WHITE) && same(of.second(), WHITE);
    }

    /** The shapes that cross a strip of the page, in the order of their painting. */
    private Shape[] row(float y, PDRectangle page) {
        Shape[][] all = rows;
        if (all == null) {
            int count = Math.max(1, Math.min(MOST_ROWS, (int) Math.ceil(page.getHeight() / ROW)));
            rowHeight = Math.max(ROW, page.getHeight() / count);
            firstRow = page.getLowerLeftY();
            List<List<Shape>> lists = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                lists.add(new ArrayList<>());
            }
            for (Shape shape : shapes) {
                int from = rowOf(shape.bottom(), count);
                int to = rowOf(shape.top(), count);
                for (int i = from; i <= to; i++) {
                    budget.tick();
                    lists.get(i).add(shape);
                }
            }
            all = new Shape[count][];
            for (int i = 0; i < count; i++) {
                all[i] = lists.get(i).toArray(Shape[]::new);
            }
            rows = all;
        }
        return all[rowOf(y, all.length)];
    }

    private int rowOf(float y, int count) {
        return Math.max(0, Math.min(count - 1, (int) ((y - firstRow) / rowHeight)));
    }

    /** Whether nobody can tell two colours apart; an unknown one is never the same. */
    static boolean same(int a, int b) {
        if (a == UNKNOWN || b == UNKNOWN) {
            return false;
        }
        if (a == b) {
            return true;
        }
        for (int shift = 0; shift <= 16; shift += 8) {
            if (Math.abs((a >> shift & 255) - (b >> shift & 255)) >= SAME_CHANNEL) {
                return false;
            }
        }
        double first = luminance(a) + 0.05;
        double second = luminance(b) + 0.05;
        return Math.max(first, second) / Math.min(first, second) < LEAST_CONTRAST;
    }

    private static double luminance(int rgb) {
        return 0.2126 * LINEAR[rgb >> 16 & 255] + 0.7152 * LINEAR[rgb >> 8 & 255] + 0.0722 * LINEAR[rgb & 255];
    }
}
