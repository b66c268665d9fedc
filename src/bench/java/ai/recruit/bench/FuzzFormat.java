package ai.recruit.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How the documents of one format are taken apart, changed and put together again. */
interface FuzzFormat {

    /**
     * A piece of a document: an object of a PDF, a file of a zip, a stream of an OLE2 container, a line.
     *
     * @param name by which it is put back
     * @param head what stands before the body, empty in most formats
     * @param body the bytes, unpacked
     */
    record Part(String name, byte[] head, byte[] body) {}

    /**
     * A document in pieces.
     *
     * @param variation decides about everything that putting together leaves open
     */
    record Sample(List<Part> parts, long variation) {}

    /** Sound documents to begin with, all made by the fixtures of the tests or here. */
    List<Sample> seeds();

    /** A part changed, with a part of another document to take pieces from. */
    Part change(Part part, Part other, Random random);

    /** The document of the parts; the same for the same sample. */
    byte[] write(Sample sample);

    /** A changed copy: mostly in one or two parts, now and then with parts taken out, doubled or exchanged. */
    default Sample change(Sample from, Sample other, Random random) {
        List<Part> parts = new ArrayList<>(from.parts());
        int changes = 1 + (random.nextInt(3) == 0 ? random.nextInt(4) : 0);
        for (int i = 0; i < changes && !parts.isEmpty(); i++) {
            int at = random.nextInt(parts.size());
            Part theirs = other.parts().get(random.nextInt(other.parts().size()));
            switch (random.nextInt(20)) {
                case 0 -> parts.remove(at);
                case 1 -> parts.add(random.nextInt(parts.size() + 1), parts.get(at));
                case 2 -> parts.set(at, new Part(parts.get(at).name(), theirs.head(), theirs.body()));
                case 3 -> parts.add(theirs);
                default -> parts.set(at, change(parts.get(at), theirs, random));
            }
        }
        return new Sample(parts, random.nextInt(3) == 0 ? random.nextLong() : from.variation());
    }
}
