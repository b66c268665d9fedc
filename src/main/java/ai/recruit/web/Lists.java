package ai.recruit.web;

import ai.recruit.access.Caller;
import ai.recruit.events.Cursor;
import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.LogSignal;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.tenancy.Tenant;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers every list of the service in the shapes of which the client's {@code Accept} chooses one.
 *
 * <ul>
 *   <li>{@code application/json}, the default: a page {@code {"data": [...], "pagination": {"total", "page", "limit",
 *       "total_pages", "skip", "next_cursor"?}}} with {@code Link: rel="next"} when there is more, and an {@code ETag}.
 *   <li>{@code application/x-ndjson}: all rows, one a line. There is no control record: a stream that breaks is a
 *       chunked body without its end.
 *   <li>{@code text/event-stream}: the rows as {@code item} events, one {@code snapshot_end}, whose id is a place in the
 *       event log that was taken before the first row was read, then an {@code item} for each row that is new or has
 *       changed and a {@code removed} with the id of each that has gone, until the client leaves or its token ends.
 *       {@code Last-Event-ID} or {@code since} goes on from such an id without a snapshot; from one that has left the
 *       log, with one {@code resync} and a new snapshot.
 *   <li>{@code text/csv}, of lists that have columns: all rows, after a line of names, in UTF-8 with a byte order mark,
 *       by which spreadsheets know it.
 * </ul>
 */
@Component
public class Lists {

    private static final Duration GATHER = Duration.ofMillis(10);
    private static final int BATCH = 256;
    private static final Set<String> STREAM_WORDS = Set.of("since", "ticket");
    private static final byte[] SNAPSHOT_END = bytes("event: snapshot_end\ndata: {}\n\n");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final byte[] COMMENT = bytes(":\n\n");

    private final ListReader reader;
    private final Events events;
    private final LiveStreams streams;
    private final Exports exports;
    private final JsonMapper json;

    Lists(ListReader reader, Events events, LiveStreams streams, Exports exports, JsonMapper json) {
        this.reader = reader;
        this.events = events;
        this.streams = streams;
        this.exports = exports;
        this.json = json;
    }

    /**
     * Writes the list to the response.
     *
     * @throws Problem {@code INVALID_REQUEST} for parameters that are unknown or wrong, {@code NOT_ACCEPTABLE}
     */
    public Mono<Void> answer(ServerWebExchange exchange, Caller caller, Paging paging, RowList list) {
        return Mono.defer(() -> {
            ServerHttpRequest request = exchange.getRequest();
            refuseUnknown(request.getQueryParams(), list);
            ListShape shape = ListShape.of(request, !list.cells().isEmpty());
            List<String> after = List.of();
            long passed = paging.skip();
            if (paging.cursor() != null) {
                ListCursor cursor = ListCursor.read(paging.cursor(), list);
                after = cursor.keys();
                passed = cursor.passed();
            }
            ServerHttpResponse response = exchange.getResponse();
            return switch (shape) {
                case PAGE -> page(exchange, caller.tenant(), list, paging, after, passed);
                case LINES, TABLE -> {
                    headers(response, shape);
                    Flux<ListReader.Slice> rows = reader.all(caller.tenant(), list, shape, after);
                    if (shape == ListShape.TABLE) {
                        response.getHeaders()
                                .setContentDisposition(ContentDisposition.attachment()
                                        .filename(list.subject() + ".csv")
                                        .build());
                        rows = rows.startWith(slice(firstLine(list)));
                    }
                    Flux<DataBuffer> body = rows.map(wrap(response));
                    yield recorded(caller, list, request).then(Mono.defer(() -> response.writeWith(body)));
                }
                case LIVE -> {
                    Cursor since = streams.since(exchange);
                    headers(response, ListShape.LIVE);
                    // Proxies of the nginx family hold events back otherwise.
                    response.getHeaders().set("X-Accel-Buffering", "no");
                    yield response.writeWith(live(caller, list, since == null ? null : Start.after(since))
                            .map(wrap(response)));
                }
            };
        });
    }

    /**
     * Writes rows that are at hand, in their order and in the shape that the client's {@code Accept} chooses: all of them
     * on one page, as lines, or as {@code item} events with a {@code snapshot_end} behind them, where the stream ends.
     *
     * @param parameters the query parameters that the endpoint knows; any other is refused
     * @param limit how many were asked for at most
     * @param rows what is written as JSON
     * @throws Problem {@code INVALID_REQUEST} for parameters that are unknown, {@code NOT_ACCEPTABLE}
     */
    public Mono<Void> answer(
            ServerWebExchange exchange, Set<String> parameters, int limit, Mono<? extends List<?>> rows) {
        return Mono.defer(() -> {
            Set<String> known = new TreeSet<>(parameters);
            known.addAll(STREAM_WORDS);
            refuseOthers(exchange.getRequest().getQueryParams(), known, parameters);
            ListShape shape = ListShape.of(exchange.getRequest(), false);
            ServerHttpResponse response = exchange.getResponse();
            return rows.flatMap(all -> {
                headers(response, shape);
                if (shape == ListShape.PAGE) {
                    byte[] joined = shape.frame(all.stream().map(this::json).toList());
                    byte[] body = body(
                            exchange, new ListReader.Page(joined, all.size(), List.of(), all.size()), limit, 0, null);
                    return write(exchange, body);
                }
                return response.writeWith(Flux.fromIterable(all)
                        .map(this::json)
                        .buffer(BATCH)
                        .map(batch -> slice(shape.frame(batch)))
                        .concatWith(shape == ListShape.LIVE ? Mono.just(slice(SNAPSHOT_END)) : Mono.empty())
                        .map(wrap(response)));
            });
        });
    }

    private static byte[] firstLine(RowList list) {
        return bytes(BYTE_ORDER_MARK
                + list.cells().stream().map(RowList.Cell::name).collect(Collectors.joining(","))
                + "\r\n");
    }

    private Mono<Void> recorded(Caller caller, RowList list, ServerHttpRequest request) {
        RowList.Export export = list.export();
        if (export == null) {
            return Mono.empty();
        }
        Set<String> filters = new TreeSet<>(request.getQueryParams().keySet());
        filters.retainAll(list.parameters());
        return exports.record(caller, export.action(), export.subject(), filters);
    }

    private byte[] json(Object row) {
        return json.writeValueAsBytes(row);
    }

    /** One row of the list as JSON text; empty when it is not in the list or the caller does not see it. */
    public Mono<String> find(Caller caller, RowList list, UUID id) {
        return reader.again(caller.tenant(), list, List.of(id)).mapNotNull(rows -> rows.get(id));
    }

    /** The first rows of the list, each as JSON text. */
    public Mono<List<String>> rows(Caller caller, RowList list, Paging paging) {
        return reader.page(caller.tenant(), list, paging.skip(), List.of(), paging.limit())
                .map(page -> {
                    byte[] array = new byte[page.rows().length + 2];
                    array[0] = '[';
                    System.arraycopy(page.rows(), 0, array, 1, page.rows().length);
                    array[array.length - 1] = ']';
                    return json.readTree(array)
                            .valueStream()
                            .map(json::writeValueAsString)
                            .toList();
                });
    }

    private static void headers(ServerHttpResponse response, ListShape shape) {
        // The shape is set here and not before: an error is answered as JSON whatever the client asked for.
        response.getHeaders()
                .setContentType(
                        shape == ListShape.LIVE || shape == ListShape.TABLE
                                ? new MediaType(shape.mediaType(), StandardCharsets.UTF_8)
                                : shape.mediaType());
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    private static void refuseUnknown(MultiValueMap<String, String> query, RowList list) {
        Set<String> told = new TreeSet<>(list.parameters());
        told.addAll(PagingResolver.WORDS);
        Set<String> known = new TreeSet<>(told);
        known.addAll(STREAM_WORDS);
        refuseOthers(query, known, told);
    }

    /** @param told those of the known parameters that are told to somebody who mistypes one */
    private static void refuseOthers(MultiValueMap<String, String> query, Set<String> known, Set<String> told) {
        Set<String> unknown = new TreeSet<>(query.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw Problem.invalid(
                    unknown.iterator().next(),
                    "is not a parameter of this list; known are " + String.join(", ", new TreeSet<>(told)));
        }
    }

    // A page

    private Mono<Void> page(
            ServerWebExchange exchange, Tenant tenant, RowList list, Paging paging, List<String> after, long passed) {
        ServerHttpResponse response = exchange.getResponse();
        return reader.page(tenant, list, passed, after, paging.limit()).flatMap(page -> {
            long reached = passed + page.count();
            String next = page.count() > 0 && reached < page.total()
                    ? new ListCursor(reached, page.lastKeys()).write(list)
                    : null;
            headers(response, ListShape.PAGE);
            if (next != null) {
                response.getHeaders().add(HttpHeaders.LINK, "<" + nextAddress(exchange, next) + ">; rel=\"next\"");
            }
            byte[] body = body(exchange, page, paging.limit(), passed, next);
            return write(exchange, body);
        });
    }

    /** The page, or 304 to a client that has these very bytes. */
    private static Mono<Void> write(ServerWebExchange exchange, byte[] body) {
        ServerHttpResponse response = exchange.getResponse();
        String tag = ETags.ofBytes(body);
        response.getHeaders().setETag(tag);
        if (ETags.unchanged(exchange.getRequest().getHeaders(), tag)) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
            return response.setComplete();
        }
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static byte[] body(
            ServerWebExchange exchange, ListReader.Page page, int limit, long passed, @Nullable String next) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        boolean versioned = path.startsWith("/api/v1/") || path.startsWith("/v1/");
        String counts = "\"total\":" + page.total() + ",\"skip\":" + passed + ",\"limit\":" + limit;
        ByteArrayOutputStream body = new ByteArrayOutputStream(page.rows().length + 512);
        body.writeBytes(bytes("{\"success\":true,\"data\":["));
        body.writeBytes(page.rows());
        // The dialects without a version read these words too (table 1.R, C07).
        if (!versioned) {
            body.writeBytes(bytes("],\"items\":["));
            body.writeBytes(page.rows());
        }
        body.writeBytes(bytes((versioned ? "]" : "]," + counts)
                + ",\"pagination\":{" + counts
                + ",\"page\":" + (passed / limit + 1)
                + ",\"total_pages\":" + (page.total() + limit - 1) / limit
                + (next == null ? "" : ",\"next_cursor\":\"" + next + '"')
                + "}}"));
        return body.toByteArray();
    }

    private static String nextAddress(ServerWebExchange exchange, String cursor) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(
                        exchange.getRequest().getURI().getRawPath())
                .query(exchange.getRequest().getURI().getRawQuery());
        List.of("cursor", "skip", "page", "ticket").forEach(word -> address.replaceQueryParam(word));
        return address.queryParam("cursor", cursor).build(true).toUriString();
    }

    // Live

    private Flux<ListReader.Slice> live(Caller caller, RowList list, @Nullable Start start) {
        return Flux.defer(() -> {
            Session session = new Session(start);
            Flux<ListReader.Slice> rows = Flux.defer(() -> session.start == null
                            ? events.now().flatMapMany(here -> snapshot(caller.tenant(), list, here, session))
                            : Flux.concat(Flux.just(slice(COMMENT)), tail(caller.tenant(), list, session)))
                    .repeat(() -> session.resync);
            Sinks.Empty<Void> over = Sinks.empty();
            Flux<ListReader.Slice> beats = Flux.interval(LiveStreams.HEARTBEAT)
                    .onBackpressureDrop()
                    .map(beat -> slice(COMMENT))
                    .takeUntilOther(over.asMono());
            return streams.whileAllowed(
                    caller,
                    Flux.merge(1, rows.doFinally(signal -> over.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST)), beats));
        });
    }

    private Flux<ListReader.Slice> snapshot(Tenant tenant, RowList list, Cursor here, Session session) {
        session.resync = false;
        session.start = Start.after(here);
        return Flux.concat(
                reader.all(tenant, list, ListShape.LIVE, List.of()),
                Flux.just(slice(bytes("event: snapshot_end\nid: " + here + "\ndata: {}\n\n"))),
                Flux.defer(() -> tail(tenant, list, session)));
    }

    private Flux<ListReader.Slice> tail(Tenant tenant, RowList list, Session session) {
        RowList.Tail tail = list.tail();
        Set<String> types = new HashSet<>(tail.appearing());
        types.addAll(tail.changing());
        Tenant viewer = tail.internal() ? Tenant.system() : tenant;
        Start start = session.start == null ? Start.now() : session.start;
        return events.follow(viewer, Selection.ofTypes(types), start)
                .filter(signal -> signal instanceof LogSignal.Resync
                        || signal instanceof Event event && mayConcern(event, tenant, tail))
                .bufferTimeout(BATCH, GATHER, true)
                .concatMap(signals -> changes(tenant, list, signals, session), 1)
                .takeUntil(slice -> session.resync);
    }

    private static boolean mayConcern(Event event, Tenant tenant, RowList.Tail tail) {
        boolean own =
                tenant.seesAll() || event.ownerId() == null || event.ownerId().equals(tenant.accountId());
        return own && tail.concerns().test(event);
    }

    /** Several events at once: each row that they are about is read once, and told once, at the place of its last event. */
    private Mono<ListReader.Slice> changes(Tenant tenant, RowList list, List<LogSignal> signals, Session session) {
        Map<UUID, Change> changes = new LinkedHashMap<>();
        boolean resync = false;
        for (LogSignal signal : signals) {
            if (signal instanceof Event event) {
                for (String row : list.tail().rows().apply(event)) {
                    list.id().parse(row).ifPresent(id -> {
                        Change before = changes.remove(id);
                        boolean known =
                                list.tail().changing().contains(event.type()) || (before != null && before.known());
                        changes.put(id, new Change(event.cursor(), known));
                    });
                }
            } else {
                resync = true;
                break;
            }
        }
        boolean last = resync;
        Mono<Map<UUID, String>> rows =
                changes.isEmpty() ? Mono.just(Map.of()) : reader.again(tenant, list, new ArrayList<>(changes.keySet()));
        return rows.mapNotNull(present -> {
            StringBuilder text = new StringBuilder();
            changes.forEach((id, change) -> {
                String row = present.get(id);
                if (row != null) {
                    event(text, "item", change.at(), row);
                } else if (change.known()) {
                    event(text, "removed", change.at(), "{\"id\":\"" + list.id().format(id) + "\"}");
                }
            });
            if (last) {
                // The next round begins with a snapshot.
                session.resync = true;
                session.start = null;
                text.append("event: resync\ndata: {}\n\n");
            }
            return text.isEmpty() ? null : slice(bytes(text.toString()));
        });
    }

    private static void event(StringBuilder text, String name, Cursor at, String data) {
        text.append("event: ")
                .append(name)
                .append("\nid: ")
                .append(at)
                .append("\ndata: ")
                .append(data)
                .append("\n\n");
    }

    /**
     * @param at the place of the row's last event
     * @param known whether the client may have the row already
     */
    private record Change(Cursor at, boolean known) {}

    /** Where one live reader stands. */
    private static final class Session {

        private volatile @Nullable Start start;
        private volatile boolean resync;

        Session(@Nullable Start start) {
            this.start = start;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ListReader.Slice slice(byte[] bytes) {
        return new ListReader.Slice(bytes, 0, bytes.length);
    }

    /** Wraps without copying; nothing is pooled, so nothing can leak when a client leaves. */
    private static Function<ListReader.Slice, DataBuffer> wrap(ServerHttpResponse response) {
        DataBufferFactory factory = response.bufferFactory();
        return slice -> factory.wrap(ByteBuffer.wrap(slice.bytes(), slice.from(), slice.length()));
    }
}
