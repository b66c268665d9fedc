package ai.recruit.bench;

import ai.recruit.parsing.AttackedResumes;
import ai.recruit.parsing.SampleResumes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.poi.poifs.filesystem.DocumentEntry;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.Entry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Binary Word documents by the streams of their container: most changes hit the head, the tables and the properties. */
final class FuzzDoc implements FuzzFormat {

    /** What the head says about places and lengths of the tables, in 186 pairs of four bytes. */
    private static final int HEAD = 154 + 93 * 8;

    @Override
    public List<Sample> seeds() {
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            files.add(SampleResumes.doc(i % 2 == 0 ? SampleResumes.person(i) : SampleResumes.russian(i)));
        }
        for (AttackedResumes.Attack attack : AttackedResumes.all()) {
            if (attack.name().startsWith("doc:")) {
                files.add(attack.attacked());
            }
        }
        List<Sample> seeds = new ArrayList<>();
        for (byte[] file : files) {
            try (POIFSFileSystem container = new POIFSFileSystem(new ByteArrayInputStream(file))) {
                List<Part> parts = new ArrayList<>();
                for (Entry entry : container.getRoot()) {
                    if (entry instanceof DocumentEntry document) {
                        try (InputStream in = new DocumentInputStream(document)) {
                            parts.add(new Part(entry.getName(), new byte[0], in.readAllBytes()));
                        }
                    }
                }
                seeds.add(new Sample(parts, 1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return seeds;
    }

    @Override
    public Part change(Part part, Part other, Random random) {
        byte[] body = part.body();
        if (body.length > HEAD && random.nextInt(3) > 0) {
            // Only a window, so that few of the changes are lost in the zeros between.
            int from = window(body, part.name().equals("WordDocument"), random);
            int to = Math.min(body.length, from + 1 + random.nextInt(64));
            byte[] window = Arrays.copyOfRange(body, from, to);
            byte[] changed = FuzzBytes.binary(window, new byte[0], random);
            boolean keepsPlaces = random.nextInt(4) > 0;
            return new Part(
                    part.name(),
                    part.head(),
                    FuzzBytes.splice(body, from, to, keepsPlaces ? Arrays.copyOf(changed, to - from) : changed));
        }
        return new Part(part.name(), part.head(), FuzzBytes.binary(body, other.body(), random));
    }

    private static int window(byte[] body, boolean head, Random random) {
        if (head && random.nextInt(2) == 0) {
            return random.nextInt(HEAD);
        }
        for (int i = 0; i < 50; i++) {
            int at = random.nextInt(body.length);
            if (body[at] != 0) {
                return Math.max(0, at - random.nextInt(8));
            }
        }
        return random.nextInt(body.length);
    }

    @Override
    public byte[] write(Sample sample) {
        Random random = new Random(sample.variation());
        boolean broken = random.nextInt(10) == 0;
        Set<String> names = new HashSet<>();
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            for (Part part : sample.parts()) {
                if (names.add(part.name())) {
                    container.createDocument(new ByteArrayInputStream(part.body()), part.name());
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            container.writeFilesystem(out);
            return broken ? FuzzBytes.binary(out.toByteArray(), new byte[0], random) : out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
