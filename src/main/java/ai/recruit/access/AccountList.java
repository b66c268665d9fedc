package ai.recruit.access;

import ai.recruit.kernel.Paging;
import java.util.List;

/** A page of accounts. */
record AccountList(List<AccountResponse> data, Pagination pagination) {

    static AccountList of(List<AccountResponse> rows, long total, Paging paging) {
        return new AccountList(rows, Pagination.of(total, paging));
    }

    /** Where the page lies in the list. */
    record Pagination(long total, long page, int limit, long totalPages) {

        static Pagination of(long total, Paging paging) {
            return new Pagination(total, paging.page(), paging.limit(), (total + paging.limit() - 1) / paging.limit());
        }
    }
}
