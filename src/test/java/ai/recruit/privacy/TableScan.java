package ai.recruit.privacy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Looks for words in every column of every table. */
public final class TableScan {

    /** All tables of the service. */
    public static final String TABLES = """
            select c.table_name::text as name from information_schema.tables c
             where c.table_schema = 'public' and c.table_type = 'BASE TABLE' order by 1
            """;

    private TableScan() {}

    /** A query that counts rows of a table that hold a word, whichever column it is in; columns of bytes too. */
    public static String query(String table, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        String hex = HexFormat.of().formatHex(lower.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "select count(*) as n from \"" + table + "\" t where lower(t::text) like '%" + lower
                + "%' or t::text like '%" + hex + "%'";
    }

    /** Which tables hold which of the words: {@code table: word}. */
    public static List<String> findings(Map<String, String> dumps, List<String> words) {
        List<String> findings = new ArrayList<>();
        new TreeMap<>(dumps).forEach((table, text) -> {
            String lower = text.toLowerCase(Locale.ROOT);
            for (String word : words) {
                String hex = HexFormat.of().formatHex(word.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                if (lower.contains(word) || lower.contains(hex)) {
                    findings.add(table + ": " + word);
                }
            }
        });
        return findings;
    }
}
