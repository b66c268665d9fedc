package ai.recruit.web;

import ai.recruit.kernel.ProblemCode;

/** The words that a path's clients know for errors (table 1.R, C05). Inside the service there is one word for each. */
enum Dialect {
    MARKETPLACE {
        @Override
        String word(ProblemCode code) {
            return switch (code) {
                case RATE_LIMIT_EXCEEDED -> "RATE_LIMITED";
                case INVALID_TOKEN, INVALID_CREDENTIALS -> ProblemCode.INVALID_API_KEY.name();
                case TOO_LARGE, UNSUPPORTED_TYPE -> ProblemCode.INVALID_REQUEST.name();
                case SERVICE_UNAVAILABLE, STORAGE_FULL -> ProblemCode.SERVER_ERROR.name();
                default -> code.name();
            };
        }
    },
    COMMON {
        @Override
        String word(ProblemCode code) {
            return code.name();
        }
    };

    abstract String word(ProblemCode code);

    /** The dialect of a path, however it is spelled: errors are written where spellings have not been put right yet. */
    static Dialect of(String path) {
        return PathSpellings.plain(path).startsWith(PathSpellings.MARKETPLACE) ? MARKETPLACE : COMMON;
    }
}
