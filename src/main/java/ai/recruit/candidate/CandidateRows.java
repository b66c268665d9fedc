package ai.recruit.candidate;

import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.web.RowList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The list of candidates: those that the account owns, and those that are shared with it. */
final class CandidateRows {

    /** The most words of a search that count. */
    private static final int MOST_WORDS = 8;

    private static final int LONGEST_SEARCH = 200;
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_TAG = 50;

    /** Events of rows that come. */
    static final Set<String> APPEARING = Set.of(CandidateEvents.CREATED, CandidateEvents.SHARED);

    /** Events of rows that change or go. */
    static final Set<String> CHANGING = Set.of(
            CandidateEvents.UPDATED,
            CandidateEvents.SCORED,
            CandidateEvents.TAGGED,
            CandidateEvents.VIEWED,
            CandidateEvents.UNSHARED,
            CandidateEvents.REMOVED);

    private static final String COLUMNS = """
            c.id, c.owner_id, c.first_name, c.last_name, v.email, v.phone, c.title, c.location, c.skills,
            c.experience_months, c.education_degree, c.education_field, c.education_institution, c.source, c.status,
            c.score, c.position_id, c.created_at, c.updated_at, v.own, v.contact, v.download, v.submit, m.tags,
            m.last_viewed_at""";

    // What a share does not open is not there for conditions either: nobody finds a person by a hidden address.
    private static final String OWN = """
            candidates c
            join lateral (
                select c.email as email, c.phone as phone, true as own, true as contact, true as download,
                    true as submit) v
                on (:all or c.owner_id = :owner) and c.merged_into is null
            left join recruiter_candidates m on m.owner_id = c.owner_id and m.candidate_id = c.id""";

    private static final String SHARED = """
            candidate_shares s
            join candidates c on c.id = s.candidate_id
            join lateral (
                select case when s.can_view_contact_info then c.email end as email,
                    case when s.can_view_contact_info then c.phone end as phone, false as own,
                    s.can_view_contact_info as contact, s.can_download_resume as download,
                    s.can_submit_to_jobs as submit) v
                on not :all and s.recruiter_id = :owner and c.merged_into is null and s.revoked_at is null
                    and (s.expires_at is null or s.expires_at > now())
            left join recruiter_candidates m on m.owner_id = s.recruiter_id and m.candidate_id = c.id""";

    private static final String SHAPE = """
            public_id('cand', r.id) as id, r.first_name, r.last_name, r.email, r.phone, r.title, r.location, r.skills,
            r.experience_months / 12 as experience_years,
            jsonb_build_object('degree', r.education_degree, 'field', r.education_field,
                'institution', r.education_institution) as education,
            r.source, r.status, (r.score + 50) / 100 as score,
            case when r.position_id is not null then public_id('pos', r.position_id) end as position_id,
            coalesce(r.tags, '{}') as tags, not r.own as shared, r.contact as can_view_contact_info,
            r.download as can_download_resume, r.submit as can_submit_to_jobs,
            public_id('usr', r.owner_id) as recruiter_id,
            public_time(r.last_viewed_at) as last_viewed_at, public_time(r.created_at) as created_at,
            public_time(r.updated_at) as updated_at""";

    /** Own candidates by the index of words; the few shared ones by their words as far as the share opens them. */
    private static final String FOUND = """
            case when v.own
                then c.id in (select f.id from found f)
                else candidate_words(c.owner_id, c.name_words, v.email, c.title, c.skills)
                    @@ candidate_query('', cast(:words as text[]), cast(:latin as text[]), cast(:folded as text[]))
                end""";

    private static final String WORDS_FOUND = """
            select candidate_found(
                cast(:words as text[]), cast(:latin as text[]), cast(:folded as text[])) as id""";

    /**
     * Looked up row by row, in the order of the list, since an account may have marked most of its candidates. Whom an
     * administrator sees has the tags from the owner, not from anybody.
     */
    private static final String TAGGED = """
            (c.id in (select g.id from tagged g)) is true
            and (not :all or candidate_tag_keys(m.tags) @> cast(:tags as text[]))""";

    private static final String TAGS_FOUND = "select candidate_tagged(cast(:tags as text[])) as id";

    private static final RowList.Key ID = new RowList.Key("c.id", RowList.KeyType.ID);

    // Ids are in the order of creation.
    private static final RowList CANDIDATES = new RowList(
                    "candidates",
                    IdKind.CANDIDATE,
                    COLUMNS,
                    OWN,
                    SHAPE,
                    List.of(ID),
                    List.of(),
                    Set.of("search", "q", "source", "tags", "status", "position_id", "sort", "order"),
                    RowList.Tail.of(APPEARING, CHANGING))
            .also(new RowList.Branch(COLUMNS, SHARED))
            .exportedAs(
                    "candidates.exported",
                    "candidates",
                    RowList.Cell.of("id"),
                    RowList.Cell.of("first_name"),
                    RowList.Cell.of("last_name"),
                    RowList.Cell.of("email"),
                    RowList.Cell.of("phone"),
                    RowList.Cell.of("title"),
                    RowList.Cell.of("location"),
                    new RowList.Cell("skills", "array_to_string(x.skills, '; ')"),
                    RowList.Cell.of("experience_years"),
                    new RowList.Cell("education_degree", "x.education ->> 'degree'"),
                    new RowList.Cell("education_field", "x.education ->> 'field'"),
                    new RowList.Cell("education_institution", "x.education ->> 'institution'"),
                    RowList.Cell.of("source"),
                    RowList.Cell.of("status"),
                    RowList.Cell.of("score"),
                    RowList.Cell.of("position_id"),
                    new RowList.Cell("tags", "array_to_string(x.tags, '; ')"),
                    RowList.Cell.of("last_viewed_at"),
                    RowList.Cell.of("created_at"),
                    RowList.Cell.of("updated_at"));

    private CandidateRows() {}

    /**
     * What a client asks for; null for no restriction.
     *
     * @param search the beginnings or forms of words, all of which must be found
     * @param tags separated by commas, all of which the candidate must have
     * @param sort {@code created_at}, {@code updated_at} or {@code score}
     * @param order {@code asc} or {@code desc}
     */
    record Wanted(
            @Nullable String search,
            @Nullable String source,
            @Nullable String tags,
            @Nullable String status,
            @Nullable String positionId,
            @Nullable String sort,
            @Nullable String order) {}

    static RowList all() {
        return CANDIDATES;
    }

    static RowList of(Wanted wanted) {
        FieldChecks checks = new FieldChecks();
        RowList list = ordered(wanted);
        String source = checks.text("source", wanted.source(), LONGEST_TAG);
        list = list.whereGiven("c.source = :source", "source", source);
        String search = checks.text("search", wanted.search(), LONGEST_SEARCH);
        if (search != null) {
            list = searched(list, search);
        }
        List<String> tags = checks.texts(
                "tags",
                wanted.tags() == null || wanted.tags().isBlank()
                        ? null
                        : Arrays.asList(wanted.tags().split(",")),
                MOST_TAGS,
                LONGEST_TAG);
        checks.verify();
        if (!tags.isEmpty()) {
            Map<String, Object> binds = Map.of(
                    "tags",
                    tags.stream()
                            .map(tag -> tag.toLowerCase(Locale.ROOT))
                            .distinct()
                            .toArray(String[]::new));
            list = list.lookingUp("tagged", TAGS_FOUND, binds).where(TAGGED, binds);
        }
        if (wanted.status() != null && !wanted.status().isBlank()) {
            list = list.where("c.status = :status", "status", CandidateStatus.checked("status", wanted.status()));
        }
        if (wanted.positionId() != null && !wanted.positionId().isBlank()) {
            UUID position = IdKind.JOB
                    .parse(wanted.positionId())
                    .orElseThrow(() -> Problem.invalid("position_id", "must be an id such as pos_..."));
            list = list.where("c.position_id = :position", "position", position);
        }
        return list;
    }

    private static RowList searched(RowList list, String search) {
        List<String> words = NameWords.typed(search).stream().limit(MOST_WORDS).toList();
        if (words.isEmpty()) {
            return list;
        }
        Map<String, Object> binds = Map.of(
                "words", words.toArray(String[]::new),
                "latin", words.stream().map(NameWords::latin).toArray(String[]::new),
                "folded", words.stream().map(NameWords::folded).toArray(String[]::new));
        return list.lookingUp("found", WORDS_FOUND, binds).where(FOUND, binds);
    }

    private static RowList ordered(Wanted wanted) {
        String order = wanted.order() == null || wanted.order().isBlank()
                ? "desc"
                : wanted.order().strip().toLowerCase(Locale.ROOT);
        if (!order.equals("asc") && !order.equals("desc")) {
            throw Problem.invalid("order", "must be asc or desc");
        }
        String sort = wanted.sort() == null || wanted.sort().isBlank()
                ? "created_at"
                : wanted.sort().strip().toLowerCase(Locale.ROOT);
        List<RowList.Key> keys =
                switch (sort) {
                    case "created_at" -> List.of(ID);
                    case "updated_at" -> List.of(new RowList.Key("c.updated_at", RowList.KeyType.TIME), ID);
                    case "score" -> List.of(new RowList.Key("c.score", RowList.KeyType.NUMBER), ID);
                    default -> throw Problem.invalid("sort", "must be score, created_at or updated_at");
                };
        return CANDIDATES.ordered("-" + sort + "-" + order, keys, order.equals("asc"));
    }
}
