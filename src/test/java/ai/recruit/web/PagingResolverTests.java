package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.util.UriComponentsBuilder;

class PagingResolverTests {

    private static Paging read(String query) {
        return PagingResolver.read(
                UriComponentsBuilder.fromUriString("/list?" + query).build().getQueryParams());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 20,",
        "page=3, 40, 20,",
        "page=3&limit=10, 20, 10,",
        "page=3&per_page=10, 20, 10,",
        "page=3&perPage=10, 20, 10,",
        "limit=500, 0, 100,",
        "skip=7&page=3&limit=10, 7, 10,",
        "cursor=abc&skip=7, 7, 20, abc",
        "page=&limit=, 0, 20,"
    })
    void readsThePagingWordsOfAllDialects(String query, long skip, int limit, @Nullable String cursor) {
        assertThat(read(query)).isEqualTo(new Paging(skip, limit, cursor));
    }

    @ParameterizedTest
    @CsvSource({
        "page=0, page",
        "page=x, page",
        "page=1.5, page",
        "page=99999999999999999999, page",
        "limit=0, limit",
        "limit=-1, limit",
        "per_page=many, per_page",
        "perPage=0, perPage",
        "skip=-1, skip"
    })
    void namesTheParameterThatIsWrong(String query, String parameter) {
        assertThatThrownBy(() -> read(query))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.details())
                                .singleElement()
                                .satisfies(detail -> assertThat(detail.field()).isEqualTo(parameter)));
    }

    @Test
    void countsPagesFromOne() {
        assertThat(read("skip=40&limit=20").page()).isEqualTo(3);
    }
}
