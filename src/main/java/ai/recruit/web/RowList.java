package ai.recruit.web;

import ai.recruit.events.Event;
import ai.recruit.kernel.IdKind;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list that clients may read as a page, as NDJSON or as a live stream: which rows, in which order, and how each is
 * spelled as JSON. A feature declares one as a constant, narrows it with {@link #where}, and hands it to {@link Lists}.
 *
 * <p>All texts are constant SQL; values travel as binds only. The rows are read in chunks by key, every chunk with
 *
 * <pre>{@code
 * select json_agg(x) from (
 *     select <columns> from <from> where <conditions> and (<keys>) < (...) order by <keys> desc limit ...) r,
 *     lateral (select <shape>) x
 * }</pre>
 *
 * so the keys need an index in that order, and the last key must be the row's own id. A list whose rows come from several
 * places has a {@link Branch} for each but the first: every branch is read in the order of the keys by itself, and the
 * first rows of all of them are merged, so each can use an index of its own.
 *
 * @param name short and stable; it is part of page cursors, so that a cursor of one list is refused by another
 * @param id the kind of the row's id
 * @param columns what the inner query selects, for example {@code j.*}; every key must be among it under its own name
 * @param from the tables, for example {@code jobs j}
 * @param shape the fields of the JSON object as an SQL select list over the alias {@code r}. Values of type {@code json}
 *     keep their line breaks and must be cast to {@code jsonb}
 * @param keys the sort keys, all in one direction; the last one is the row's id
 * @param ascending whether the least comes first
 * @param conditions what a row must satisfy
 * @param parameters the query parameters that the endpoint knows besides those of paging; any other is refused, since a
 *     misspelt filter that is silently ignored answers rows that were not asked for
 * @param tail which events tell of changes to the rows
 * @param branches further places that rows come from; no row may come from two
 * @param export as what it is recorded when all rows leave at once; null when it is not
 * @param lookups what conditions look into, each computed once for a query however often they do
 */
public record RowList(
        String name,
        IdKind id,
        String columns,
        String from,
        String shape,
        List<Key> keys,
        boolean ascending,
        List<Condition> conditions,
        Set<String> parameters,
        Tail tail,
        List<Branch> branches,
        @Nullable Export export,
        List<Lookup> lookups) {

    public RowList {
        lookups = List.copyOf(lookups);
        keys = List.copyOf(keys);
        conditions = List.copyOf(conditions);
        parameters = Set.copyOf(parameters);
        branches = List.copyOf(branches);
    }

    /** A list out of one place, the greatest first. */
    public RowList(
            String name,
            IdKind id,
            String columns,
            String from,
            String shape,
            List<Key> keys,
            List<Condition> conditions,
            Set<String> parameters,
            Tail tail) {
        this(name, id, columns, from, shape, keys, false, conditions, parameters, tail, List.of(), null, List.of());
    }

    /** The same list with rows from another place as well; conditions of the list hold for them too. */
    public RowList also(Branch branch) {
        List<Branch> more = new ArrayList<>(branches);
        more.add(branch);
        return new RowList(
                name, id, columns, from, shape, keys, ascending, conditions, parameters, tail, more, export, lookups);
    }

    /**
     * The same list in another order, under another name, so that cursors of the one are refused by the other.
     *
     * @param suffix added to the name
     */
    public RowList ordered(String suffix, List<Key> otherKeys, boolean leastFirst) {
        return new RowList(
                name + suffix,
                id,
                columns,
                from,
                shape,
                otherKeys,
                leastFirst,
                conditions,
                parameters,
                tail,
                branches,
                export,
                lookups);
    }

    /**
     * The same list, recorded by {@link Exports} whenever all of its rows leave at once, as NDJSON or CSV.
     *
     * @param action for example {@code candidates.exported}
     * @param subject the public id of what the rows are about, or the list's name
     * @param cells the columns of the list as CSV; without any it is not to be had as CSV
     */
    public RowList exportedAs(String action, String subject, Cell... cells) {
        return new RowList(
                name,
                id,
                columns,
                from,
                shape,
                keys,
                ascending,
                conditions,
                parameters,
                tail,
                branches,
                new Export(action, subject, List.of(cells)),
                lookups);
    }

    /** The same list, narrowed by a condition without values. */
    public RowList where(String sql) {
        return with(new Condition(sql, Map.of()));
    }

    /** The same list, narrowed by a condition with one value. */
    public RowList where(String sql, String bind, Object value) {
        return with(new Condition(sql, Map.of(bind, value)));
    }

    /** The same list, narrowed by a condition with several values. */
    public RowList where(String sql, Map<String, Object> binds) {
        return with(new Condition(sql, binds));
    }

    /** The same list, narrowed when there is a value. */
    public RowList whereGiven(String sql, String bind, @Nullable Object value) {
        return value == null ? this : where(sql, bind, value);
    }

    /** The same list, followed by other events. */
    public RowList following(Tail other) {
        return new RowList(
                name,
                id,
                columns,
                from,
                shape,
                keys,
                ascending,
                conditions,
                parameters,
                other,
                branches,
                export,
                lookups);
    }

    private RowList with(Condition condition) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(condition);
        return new RowList(
                name, id, columns, from, shape, keys, ascending, more, parameters, tail, branches, export, lookups);
    }

    /**
     * The same list with something that conditions look into.
     *
     * @param as its name, by which conditions read it like a table
     * @param sql a query; the service's own policies bind it
     */
    public RowList lookingUp(String as, String sql, Map<String, Object> binds) {
        List<Lookup> more = new ArrayList<>(lookups);
        more.add(new Lookup(as, sql, binds));
        return new RowList(
                name, id, columns, from, shape, keys, ascending, conditions, parameters, tail, branches, export, more);
    }

    /** The columns as CSV; none when the list is not to be had as CSV. */
    List<Cell> cells() {
        return export == null ? List.of() : export.cells();
    }

    /** What the rows are about; the list's name when that is nothing in particular. */
    String subject() {
        return export == null ? name : export.subject();
    }

    Map<String, Object> binds() {
        Map<String, Object> binds = new LinkedHashMap<>();
        conditions.forEach(condition -> binds.putAll(condition.binds()));
        lookups.forEach(lookup -> binds.putAll(lookup.binds()));
        return binds;
    }

    /**
     * The rows that satisfy the conditions, as an inner query.
     *
     * @param wanted what is selected; null for the columns
     * @param suffix what is appended to the conditions of each branch
     */
    String selection(@Nullable String wanted, String suffix) {
        String first = selection(wanted == null ? columns : wanted, from, suffix);
        if (branches.isEmpty()) {
            return first;
        }
        StringBuilder sql = new StringBuilder("(").append(first).append(')');
        for (Branch branch : branches) {
            sql.append(" union all (")
                    .append(selection(wanted == null ? branch.columns() : wanted, branch.from(), suffix))
                    .append(')');
        }
        return sql.toString();
    }

    private String selection(String selected, String place, String suffix) {
        StringBuilder sql =
                new StringBuilder("select ").append(selected).append(" from ").append(place);
        sql.append(" where true");
        conditions.forEach(condition -> sql.append(" and ").append(condition.sql()));
        return sql.append(suffix).toString();
    }

    /**
     * Another place that rows of a list come from.
     *
     * @param columns as those of the list, in the same order and of the same types
     * @param from tables under the same aliases as those of the list
     */
    public record Branch(String columns, String from) {}

    /** Something that conditions look into; see {@link RowList#lookingUp}. */
    public record Lookup(String as, String sql, Map<String, Object> binds) {}

    /** As what an export is recorded, see {@link Exports}, and the columns that it has as CSV. */
    public record Export(String action, String subject, List<Cell> cells) {

        public Export {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A column of a list as CSV.
     *
     * @param name as it stands in the first line
     * @param sql its text over the alias {@code x}, which has the fields of the shape
     */
    public record Cell(String name, String sql) {

        /** A field of the shape as it is. */
        public static Cell of(String field) {
            return new Cell(field, "x." + field + "::text");
        }
    }

    /**
     * A condition.
     *
     * @param sql constant text over the tables of {@code from}
     * @param binds its values by name
     */
    public record Condition(String sql, Map<String, Object> binds) {}

    /**
     * A sort key.
     *
     * @param column the column with its table's alias, for example {@code j.id}
     * @param type its type
     */
    public record Key(String column, KeyType type) {

        /** The column's bare name, by which the outer query knows it. */
        String bare() {
            return column.substring(column.indexOf('.') + 1);
        }
    }

    /** The types of sort keys: how they travel in cursors. */
    public enum KeyType {
        ID("uuid"),
        TIME("timestamptz"),
        NUMBER("bigint");

        private static final Pattern TIME_TEXT =
                Pattern.compile("(\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?)([+-]\\d{2})(:\\d{2})?");

        private final String sql;

        KeyType(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        /** Whether a text that a client sent can be such a key, so that the database need not complain. */
        boolean accepts(String text) {
            try {
                switch (this) {
                    case ID -> UUID.fromString(text);
                    case NUMBER -> new BigDecimal(text).longValueExact();
                    case TIME -> {
                        var parts = TIME_TEXT.matcher(text);
                        if (!parts.matches()) {
                            return false;
                        }
                        String minutes = parts.group(4) == null ? ":00" : parts.group(4);
                        OffsetDateTime.parse(
                                parts.group(1) + "T" + parts.group(2) + parts.group(3) + minutes,
                                DateTimeFormatter.ISO_OFFSET_DATE_TIME);
                    }
                }
                return text.length() <= 40;
            } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException wrong) {
                return false;
            }
        }
    }

    /**
     * Which events tell of changes to the rows of a list. The subject of each is the public id of the row. Whatever an
     * event says, the row is read again as the caller before anything is sent.
     *
     * @param appearing after which a row may have come; a row that the caller does not see then is passed over in
     *     silence, since it never was in the list
     * @param changing after which a row may have changed or gone; a row that the caller does not see then is reported as
     *     removed
     * @param concerns which of these events are about this list at all
     * @param internal whether the service reads the events in its own name, because some of them are not for clients;
     *     those of other owners are then dropped before anything else
     * @param rows the public ids of the rows that an event is about, where that is not its subject alone
     */
    public record Tail(
            Set<String> appearing,
            Set<String> changing,
            Predicate<Event> concerns,
            boolean internal,
            Function<Event, List<String>> rows) {

        public Tail {
            appearing = Set.copyOf(appearing);
            changing = Set.copyOf(changing);
        }

        /** Events that are each about their subject. */
        public Tail(Set<String> appearing, Set<String> changing, Predicate<Event> concerns, boolean internal) {
            this(appearing, changing, concerns, internal, event -> List.of(event.subject()));
        }

        /** All events of these types that the caller may see. */
        public static Tail of(Set<String> appearing, Set<String> changing) {
            return new Tail(appearing, changing, event -> true, false);
        }
    }
}
