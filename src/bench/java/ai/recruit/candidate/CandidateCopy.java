package ai.recruit.candidate;

import ai.recruit.web.RowList;
import java.util.UUID;

/** What the list of candidates sends, as commands for {@code COPY}: the yardstick of its streams. */
public final class CandidateCopy {

    private CandidateCopy() {}

    /** The rows of one recruiter as the same JSON that the list sends, in whatever order is fastest for the server. */
    public static String json(UUID account) {
        RowList list = CandidateRows.all();
        return "copy (select row_to_json(x) from (" + rows(list, account) + ") r, lateral (select " + list.shape()
                + ") x) to stdout";
    }

    /** The columns that the same JSON is made of, as they are stored. */
    public static String columns(UUID account) {
        return "copy (" + rows(CandidateRows.all(), account) + ") to stdout";
    }

    private static String rows(RowList list, UUID account) {
        StringBuilder sql = new StringBuilder("select " + list.columns() + " from " + list.from());
        for (RowList.Branch branch : list.branches()) {
            sql.append(" union all select ")
                    .append(branch.columns())
                    .append(" from ")
                    .append(branch.from());
        }
        return sql.toString().replaceAll(":all\\b", "false").replaceAll(":owner\\b", "'" + account + "'");
    }
}
