package ai.recruit.audit;

import ai.recruit.audit.ChainReport.Break;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Computes the chain again and compares. It reads pages of links, each in a transaction of its own, and keeps two links
 * of them at a time, however long the chain is.
 */
@Component
class Verification {

    private static final int PAGE = 1000;

    private static final String FIRST_DAY = """
            select least((select min(day) from audit_chain),
                         (select (at at time zone 'UTC')::date from audit_entries order by txid, id limit 1)) as day
            """;

    private static final String BEFORE = """
            select c.hash, e.txid::text::bigint as txid, c.entry_id
              from audit_chain c left join audit_entries e on e.id = c.entry_id
             where c.day < :day
             order by c.day desc, c.seq desc limit 1
            """;

    private static final String LINKS =
            "select c.seq, c.hash, c.entry_id, e.id is null as gone, " + ChainedEntry.COLUMNS + """
            , e.details is null and e.salt is null as erased,
                   coalesce(sha256(e.salt || convert_to(e.details::text, 'UTF8')) = e.details_hash, false) as fits
              from audit_chain c left join audit_entries e on e.id = c.entry_id
             where c.day = :day and c.seq > :after and c.seq <= :last
             order by c.seq limit :limit
            """;

    /* A head that was published and is not in the chain, and how many links the day had when it was closed. */
    private static final String HEADS = """
            select min(h.seq) filter (where c.hash is distinct from h.hash) as wrong,
                   min(h.seq) filter (where c.hash is null) as gone,
                   max(h.seq) as last
              from audit_heads h left join audit_chain c on c.day = h.day and c.seq = h.seq
             where h.day = :day
            """;

    private static final String UNSEALED = """
            select count(*) as found from audit_entries e
             where e.at >= :from and e.at < :to and (e.txid, e.id) > (cast(:txid as xid8), :entry)
            """;

    private static final String UNCHAINED = """
            select e.id from audit_entries e
             where e.at >= :from and e.at < :to and (e.txid, e.id) <= (cast(:txid as xid8), :entry)
               and not exists (select from audit_chain c where c.entry_id = e.id)
             order by e.txid, e.id limit 1
            """;

    private static final OffsetDateTime EVER = OffsetDateTime.parse("0001-01-01T00:00:00Z");
    private static final OffsetDateTime FOREVER = OffsetDateTime.parse("9999-01-01T00:00:00Z");

    private final TenantTransactions transactions;
    private final DatabaseClient database;
    private final ChainRepository chain;
    private final Clock clock;

    Verification(TenantTransactions transactions, DatabaseClient database, ChainRepository chain, Clock clock) {
        this.transactions = transactions;
        this.database = database;
        this.chain = chain;
        this.clock = clock;
    }

    /**
     * Checks days.
     *
     * @param from the first day; null for the first that there is
     * @param to the last day; null for today
     */
    Mono<ChainReport> verify(@Nullable LocalDate from, @Nullable LocalDate to) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return read(chain::place)
                .flatMap(place -> read(() -> database.sql(FIRST_DAY)
                                .map(row -> java.util.Optional.ofNullable(row.get("day", LocalDate.class)))
                                .one())
                        .flatMap(first -> {
                            LocalDate earliest = first.orElse(today);
                            LocalDate begin = from == null || from.isBefore(earliest) ? earliest : from;
                            LocalDate latest = place.day().isAfter(today) ? place.day() : today;
                            LocalDate end = to == null || to.isAfter(latest) ? latest : to;
                            return Flux.fromStream(() -> begin.isAfter(end)
                                            ? java.util.stream.Stream.<LocalDate>empty()
                                            : begin.datesUntil(end.plusDays(1)))
                                    .concatMap(
                                            day -> day(
                                                    place,
                                                    day,
                                                    // What lies outside of all days is found with the first or the
                                                    // last.
                                                    day.equals(begin) && begin.equals(earliest) ? EVER : start(day),
                                                    day.equals(end) && to == null ? FOREVER : start(day.plusDays(1))),
                                            0)
                                    .filter(day -> !day.intact() || day.sealed() + day.unsealed() > 0)
                                    .collectList()
                                    .map(days -> ChainReport.of(begin, end, days));
                        }));
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private Mono<ChainReport.Day> day(ChainPlace place, LocalDate day, OffsetDateTime from, OffsetDateTime to) {
        // What was chained after the place was read is not looked at.
        long last = day.isBefore(place.day()) ? Long.MAX_VALUE : day.equals(place.day()) ? place.seq() : 0;
        return before(day)
                .flatMap(check -> links(day, 0, last)
                        .expand(page -> page.size() < PAGE
                                ? Mono.empty()
                                : links(day, page.get(page.size() - 1).seq(), last))
                        .doOnNext(page -> page.forEach(check::accept))
                        .then(Mono.fromRunnable(check::end))
                        .then(Mono.defer(() -> ends(place, day, check)))
                        .then(Mono.defer(() -> unchained(place, from, to)))
                        .doOnNext(entry -> check.note(new Break(
                                null,
                                IdKind.AUDIT_ENTRY.format(entry),
                                "inserted",
                                "The entry is older than the end of the chain and not in it")))
                        .then(Mono.defer(() -> unsealed(place, from, to)))
                        .map(check::report));
    }

    private Mono<DayCheck> before(LocalDate day) {
        return read(() -> database.sql(BEFORE)
                        .bind("day", day)
                        .map(row -> {
                            Long txid = row.get("txid", Long.class);
                            return new DayCheck(
                                    day,
                                    given(row, "hash", byte[].class),
                                    txid == null ? 0 : txid,
                                    given(row, "entry_id", UUID.class));
                        })
                        .one())
                .defaultIfEmpty(new DayCheck(day, new byte[32], 0, new UUID(0, 0)));
    }

    private Mono<List<DayCheck.Link>> links(LocalDate day, long after, long last) {
        return read(() -> database.sql(LINKS)
                .bind("day", day)
                .bind("after", after)
                .bind("last", last)
                .bind("limit", PAGE)
                .map(row -> {
                    boolean gone = given(row, "gone", Boolean.class);
                    boolean erased = !gone && given(row, "erased", Boolean.class);
                    return new DayCheck.Link(
                            given(row, "seq", Long.class),
                            given(row, "hash", byte[].class),
                            given(row, "entry_id", UUID.class),
                            gone ? null : ChainedEntry.of(row),
                            erased || given(row, "fits", Boolean.class),
                            erased);
                })
                .all()
                .collectList());
    }

    /** Compares the end of the day with what is written elsewhere about it: cutting off the tail leaves no gap. */
    private Mono<Void> ends(ChainPlace place, LocalDate day, DayCheck check) {
        return read(() -> database.sql(HEADS)
                        .bind("day", day)
                        .map(row -> {
                            Long gone = row.get("gone", Long.class);
                            Long wrong = row.get("wrong", Long.class);
                            Long last = row.get("last", Long.class);
                            if (gone != null) {
                                check.note(cut(check));
                            } else if (wrong != null) {
                                check.note(
                                        new Break(wrong, null, "changed", "Another head was published for this place"));
                            }
                            if (day.isBefore(place.day()) && last != null && check.lastSeq() > last) {
                                check.note(new Break(
                                        last + 1, null, "inserted", "The day was closed with fewer links than it has"));
                            }
                            return true;
                        })
                        .one())
                .doOnNext(checked -> {
                    if (day.equals(place.day())) {
                        if (check.lastSeq() < place.seq()) {
                            check.note(cut(check));
                        } else if (!Arrays.equals(place.hash(), check.lastHash())) {
                            check.note(new Break(
                                    place.seq(),
                                    null,
                                    "changed",
                                    "The sealing had come to another hash for this place"));
                        }
                    }
                })
                .then();
    }

    private static Break cut(DayCheck check) {
        long seq = check.lastSeq() + 1;
        return new Break(seq, null, "missing", "The chain went on from " + seq + " and is cut off there");
    }

    private Mono<UUID> unchained(ChainPlace place, OffsetDateTime from, OffsetDateTime to) {
        return read(() -> between(UNCHAINED, place, from, to)
                .map(row -> given(row, "id", UUID.class))
                .one());
    }

    private Mono<Long> unsealed(ChainPlace place, OffsetDateTime from, OffsetDateTime to) {
        return read(() -> between(UNSEALED, place, from, to)
                .map(row -> given(row, "found", Long.class))
                .one());
    }

    private DatabaseClient.GenericExecuteSpec between(
            String sql, ChainPlace place, OffsetDateTime from, OffsetDateTime to) {
        return database.sql(sql)
                .bind("from", from)
                .bind("to", to)
                .bind("txid", Long.toString(place.txid()))
                .bind("entry", place.entryId());
    }

    private <T> Mono<T> read(Supplier<Mono<T>> work) {
        return transactions.mono(Tenant.system(), work);
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
