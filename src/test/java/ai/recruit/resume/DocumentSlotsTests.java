package ai.recruit.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class DocumentSlotsTests {

    private final List<String> begun = new ArrayList<>();

    private Disposable enter(DocumentSlots slots, Lane lane, String name, Mono<Void> end) {
        return slots.in(lane, Mono.fromRunnable(() -> begun.add(name)).then(end))
                .subscribe(ignored -> {}, failure -> begun.add(name + " failed"));
    }

    @Test
    void keepsOneSlotFromBatches() {
        DocumentSlots slots = new DocumentSlots(2);
        enter(slots, Lane.BULK, "bulk 1", Mono.never());
        enter(slots, Lane.BULK, "bulk 2", Mono.never());
        enter(slots, Lane.INTERACTIVE, "single", Mono.never());
        assertThat(begun).containsExactly("bulk 1", "single");
    }

    @Test
    void letsSingleUploadsPassThoseOfBatches() {
        DocumentSlots slots = new DocumentSlots(1);
        Sinks.Empty<Void> end = Sinks.empty();
        enter(slots, Lane.BULK, "bulk 1", end.asMono());
        enter(slots, Lane.BULK, "bulk 2", Mono.never());
        enter(slots, Lane.INTERACTIVE, "single", Mono.empty());
        assertThat(begun).containsExactly("bulk 1");
        end.tryEmitEmpty().orThrow();
        assertThat(begun).containsExactly("bulk 1", "single", "bulk 2");
    }

    @Test
    void freesTheSlotOfWhoLeavesOrFails() {
        DocumentSlots slots = new DocumentSlots(1);
        Disposable inside = enter(slots, Lane.INTERACTIVE, "inside", Mono.never());
        Disposable waiting = enter(slots, Lane.INTERACTIVE, "waiting", Mono.never());
        enter(slots, Lane.INTERACTIVE, "third", Mono.error(new IllegalStateException()));
        enter(slots, Lane.INTERACTIVE, "fourth", Mono.never());
        waiting.dispose();
        inside.dispose();
        assertThat(begun).containsExactly("inside", "third", "third failed", "fourth");
    }
}
