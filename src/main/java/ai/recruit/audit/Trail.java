package ai.recruit.audit;

import ai.recruit.access.AccessTrail;
import ai.recruit.access.Caller;
import ai.recruit.web.Exports;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Records what happens in the modules that this one stands on. */
@Component
class Trail implements AccessTrail, Exports {

    private final Audits audits;

    Trail(Audits audits) {
        this.audits = audits;
    }

    @Override
    public Mono<Void> record(Deed deed) {
        return audits.record(entry(deed));
    }

    @Override
    public Mono<Void> recordAlone(Deed deed) {
        return audits.recordRead(entry(deed));
    }

    @Override
    public Mono<Void> record(Caller caller, String action, String subject, Set<String> filters) {
        return audits.recordRead(
                AuditEntry.by(caller, action, subject, caller.accountId()).with(Map.of("filters", filters)));
    }

    private static AuditEntry entry(Deed deed) {
        Caller by = deed.by();
        AuditEntry entry = by != null
                ? AuditEntry.by(by, deed.action(), deed.subject(), deed.accountId())
                : AuditEntry.byService(deed.action(), deed.subject(), deed.accountId());
        // Somebody who is not known comes from somewhere all the same.
        boolean unknown = by == null && deed.requestId() != null;
        return new AuditEntry(
                entry.actorId(),
                entry.keyId(),
                unknown ? "anonymous" : entry.role(),
                entry.action(),
                entry.subject(),
                entry.parent(),
                entry.ownerId(),
                deed.address(),
                deed.requestId(),
                deed.details());
    }
}
