package ai.recruit.parsing;

import java.util.concurrent.CancellationException;

/** What is left of the {@link ParsingLimits} of one document. Confined to the thread that reads the document. */
final class Budget {

    private static final int CLOCK_EVERY = 256;
    private static final int MOST_OPERATORS = 3_000_000;
    private static final int MOST_CALLS = 5_000;

    private final ParsingLimits limits;
    private final ProcessorTime time = ProcessorTime.ofThisThread();
    private final long began = System.nanoTime();
    private final long allowed;
    private int ticks;
    private int pages;
    private long expanded;
    private long characters;
    private int entries;
    private int operators;
    private int calls;

    Budget(ParsingLimits limits) {
        this.limits = limits;
        this.allowed = limits.time().toNanos();
    }

    ParsingLimits limits() {
        return limits;
    }

    /** To be called in every loop whose length the document decides. Cheap: reads the clock once in a while. */
    void tick() {
        if (++ticks % CLOCK_EVERY == 0) {
            checkTime();
        }
    }

    /**
     * Reads the clock and the interruption flag now.
     *
     * @throws CancellationException when the thread was interrupted; the flag stays set
     */
    void checkTime() {
        // A thread works no longer than the clock says, which is much quicker to ask.
        if (System.nanoTime() - began > allowed && time.used().compareTo(limits.time()) > 0) {
            throw new LimitReached(Outcome.TOO_LARGE, "took longer than " + limits.time() + " of a processor");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while reading a document");
        }
    }

    /** Counts one drawing operator of a PDF. */
    void operator() {
        if (++operators > MOST_OPERATORS) {
            throw new LimitReached(Outcome.TOO_LARGE, "more than " + MOST_OPERATORS + " drawing operators");
        }
        tick();
    }

    /** Counts one call of a form of a PDF; forms that call forms grow without bound from a few bytes. */
    void call() {
        if (++calls > MOST_CALLS) {
            throw new LimitReached(Outcome.TOO_LARGE, "more than " + MOST_CALLS + " calls of forms");
        }
    }

    /** Counts one page. */
    void page() {
        if (++pages > limits.pages()) {
            throw new LimitReached(Outcome.TOO_LARGE, "more than " + limits.pages() + " pages");
        }
        checkTime();
    }

    /** Counts bytes that came out of a compressed part. */
    void expanded(long bytes) {
        expanded += bytes;
        if (expanded > limits.expandedBytes()) {
            throw new LimitReached(Outcome.TOO_LARGE, "expands to more than " + limits.expandedBytes() + " bytes");
        }
        tick();
    }

    /** Bytes that compressed parts may still give. */
    long expandable() {
        return Math.max(0, limits.expandedBytes() - expanded);
    }

    /** Counts characters of text. */
    void characters(long count) {
        characters += count;
        if (characters > limits.characters()) {
            throw new LimitReached(Outcome.TOO_LARGE, "more than " + limits.characters() + " characters of text");
        }
    }

    /** Counts parts of a container. */
    void entries(int count) {
        entries += count;
        if (entries > limits.entries()) {
            throw new LimitReached(Outcome.TOO_LARGE, "more than " + limits.entries() + " parts");
        }
    }

    /** Checks a nesting depth. */
    void depth(int depth) {
        if (depth > limits.depth()) {
            throw new LimitReached(Outcome.TOO_LARGE, "nested deeper than " + limits.depth());
        }
    }
}
