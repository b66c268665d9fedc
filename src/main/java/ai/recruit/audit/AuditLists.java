package ai.recruit.audit;

import ai.recruit.events.Event;
import ai.recruit.kernel.IdKind;
import ai.recruit.web.RowList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The entries and heads as lists. Entries come into them when they are sealed. */
@Component
class AuditLists {

    private static final List<RowList.Key> NEWEST_FIRST = List.of(new RowList.Key("e.id", RowList.KeyType.ID));

    private static final RowList HEADS = new RowList(
            "audit_heads",
            IdKind.AUDIT_HEAD,
            "e.*",
            "audit_heads e",
            """
            public_id('head', r.id) as id, r.day, r.seq, encode(r.hash, 'hex') as hash, public_time(r.at) as at""",
            NEWEST_FIRST,
            List.of(),
            Set.of(),
            RowList.Tail.of(Set.of(Sealing.HEAD_PUBLISHED), Set.of()));

    private final RowList entries;
    private final RowList activity;

    AuditLists(JsonMapper json) {
        Function<Event, List<String>> ids = event -> json.readTree(event.data())
                .path("ids")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        RowList.Tail tail = new RowList.Tail(Set.of(Sealing.RECORDED), Set.of(), event -> true, true, ids);
        this.entries = new RowList(
                        "audit",
                        IdKind.AUDIT_ENTRY,
                        "e.*",
                        "audit_entries e",
                        """
                public_id('aud', r.id) as id, public_time(r.at) as at, public_id('usr', r.actor_id) as actor,
                public_id('key', r.key_id) as key, r.role, r.action, r.subject, r.parent,
                public_id('usr', r.owner_id) as owner, r.address, r.request_id, r.details,
                r.details is null as erased,
                (select jsonb_build_object('day', c.day, 'seq', c.seq, 'hash', encode(c.hash, 'hex'))
                   from audit_chain c where c.entry_id = r.id) as chain""",
                        NEWEST_FIRST,
                        List.of(),
                        Set.of("actor", "action", "subject", "from", "to", "owner"),
                        tail)
                .where("(:all or e.owner_id = :owner)");
        this.activity = new RowList(
                        "activity",
                        IdKind.AUDIT_ENTRY,
                        "e.*",
                        "audit_entries e",
                        """
                public_id('aud', r.id) as id, r.action, public_id('usr', r.actor_id) as user_id, r.role, r.subject,
                public_time(r.at) as timestamp, r.address as ip, coalesce(r.details, '{}') as metadata""",
                        NEWEST_FIRST,
                        List.of(),
                        Set.of("action"),
                        tail)
                .where("(:all or e.owner_id = :owner or e.actor_id = :owner)");
    }

    RowList heads() {
        return HEADS;
    }

    RowList entries() {
        return entries;
    }

    RowList activity(String publicId, @Nullable String action) {
        return about(activity, publicId).whereGiven("e.action = :action", "action", action);
    }

    /** Narrows to entries about this and about what belongs to it. */
    static RowList about(RowList list, @Nullable String publicId) {
        return list.whereGiven("(e.subject = :subject or e.parent = :subject)", "subject", publicId);
    }
}
