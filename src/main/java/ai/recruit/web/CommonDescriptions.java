package ai.recruit.web;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.ProblemCode;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;

/**
 * What operations have in common, put into the description of the API: names, errors, the headers that filters read, the
 * words of lists, and what the ids in paths are. Controllers say only what is special to them.
 */
@Configuration(proxyBeanMethods = false)
class CommonDescriptions {

    private static final String ERROR = "ErrorBody";
    private static final String NAMED = "x-named";
    private static final Set<HttpMethod> CHANGES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    /** The example of an id in a path by what stands before it, and what it names. */
    private static final Map<String, List<String>> IDS = Map.ofEntries(
            Map.entry("accounts", List.of("usr_0192f0c1a2b37c4d8e5f60718293a4b6", "The account")),
            Map.entry("api-keys", List.of("key_0192f0c1a2b37c4d8e5f60718293a4c1", "The service key")),
            Map.entry("batches", List.of("batch_0192f0c1a2b37c4d8e5f60718293a4c2", "The batch of a bulk upload")),
            Map.entry("candidate", List.of("cand_0192f0c1a2b37c4d8e5f60718293a4b5", "The candidate")),
            Map.entry("candidates", List.of("cand_0192f0c1a2b37c4d8e5f60718293a4b5", "The candidate")),
            Map.entry("consents", List.of("cons_0192f0c1a2b37c4d8e5f60718293a4d2", "The consent")),
            Map.entry("disputes", List.of("disp_0192f0c1a2b37c4d8e5f60718293a4d3", "The dispute")),
            Map.entry("duplicates", List.of("dup_0192f0c1a2b37c4d8e5f60718293a4c3", "The two who may be one person")),
            Map.entry("erasures", List.of("era_0192f0c1a2b37c4d8e5f60718293a4d4", "The erasure")),
            Map.entry("import", List.of("imp_0192f0c1a2b37c4d8e5f60718293a4d1", "The import")),
            Map.entry("interviews", List.of("int_0192f0c1a2b37c4d8e5f60718293a4b7", "The interview")),
            Map.entry("job", List.of("job_0192f0c1a2b37c4d8e5f60718293a4b8", "The job")),
            Map.entry("jobs", List.of("job_0192f0c1a2b37c4d8e5f60718293a4b8", "The job")),
            Map.entry("matches", List.of("match_0192f0c1a2b37c4d8e5f60718293a4b9", "The match")),
            Map.entry("merges", List.of("merge_0192f0c1a2b37c4d8e5f60718293a4c4", "The merge")),
            Map.entry("notes", List.of("note_0192f0c1a2b37c4d8e5f60718293a4c5", "The note")),
            Map.entry("positions", List.of("pos_0192f0c1a2b37c4d8e5f60718293a4b8", "The position")),
            Map.entry("rematches", List.of("proc_0192f0c1a2b37c4d8e5f60718293a4c6", "The task")),
            Map.entry("profiles", List.of("cand_0192f0c1a2b37c4d8e5f60718293a4b5", "The candidate")),
            Map.entry("resumes", List.of("res_0192f0c1a2b37c4d8e5f60718293a4c7", "The resume")),
            Map.entry("share", List.of("share_0192f0c1a2b37c4d8e5f60718293a4c8", "The share")),
            Map.entry("status-changes", List.of("move_0192f0c1a2b37c4d8e5f60718293a4c9", "The move of the status")),
            Map.entry("tags", List.of("Senior", "The tag, in capitals or not")));

    /** Parameters that mean the same wherever they are read. */
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("candidate_id", "Only what is about this candidate"),
            Map.entry("position_id", "Only what is about this position"),
            Map.entry("recruiter_id", "Only what is about this recruiter"),
            Map.entry("search", "Words that must all be found"),
            Map.entry("source", "Where they come from, for example linkedin"),
            Map.entry("tags", "Tags, separated by commas, all of which they must have"),
            Map.entry("status", "initial_screening, phone_screen, interview, offer, rejected, hired or withdrawn"),
            Map.entry("sort", "score, created_at or updated_at; created_at without it"),
            Map.entry("order", "asc or desc; desc without it"),
            Map.entry("level", "automatic for those that are surely one person, suggested for those that may be"),
            Map.entry("dismissed", "true for those that have been said to be two people; false without it"),
            Map.entry("force", "true to take in a file that is there already once more"),
            Map.entry("types", "Types of events, separated by commas, for example resume.completed,match.found"),
            Map.entry("since", "The id of an event, to go on after it; Last-Event-ID says the same"),
            Map.entry(Prefer.HEADER, "respond-async for 202 and the place where the work can be watched"));

    /** Statuses that many operations may answer, and which those are. */
    private enum Usual {
        WRONG("400") {
            @Override
            boolean applies(HttpMethod method, Operation operation, String path) {
                return operation.getRequestBody() != null
                        || operation.getParameters() != null
                                && operation.getParameters().stream()
                                        .anyMatch(parameter -> "query".equals(parameter.getIn()));
            }
        },
        WHO("401") {
            @Override
            boolean applies(HttpMethod method, Operation operation, String path) {
                return !isOpen(operation);
            }
        },
        NOT_YOU("403") {
            @Override
            boolean applies(HttpMethod method, Operation operation, String path) {
                return !isOpen(operation);
            }
        },
        NOT_THERE("404") {
            @Override
            boolean applies(HttpMethod method, Operation operation, String path) {
                return path.contains("{");
            }
        },
        SHAPE("406") {
            @Override
            boolean applies(HttpMethod method, Operation operation, String path) {
                return OperationExamples.isList(operation);
            }
        },
        STATE("409") {
            @Override
            boolean applies(HttpMethod method, Operation operation, String path) {
                return CHANGES.contains(method) && !isOpen(operation);
            }
        },
        TYPE("415") {
            @Override
            boolean applies(HttpMethod method, Operation operation, String path) {
                return operation.getRequestBody() != null;
            }
        },
        REUSED("422") {
            @Override
            boolean applies(HttpMethod method, Operation operation, String path) {
                return CHANGES.contains(method) && !isOpen(operation);
            }
        },
        TOO_MANY("429") {
            @Override
            boolean applies(HttpMethod method, Operation operation, String path) {
                return !isOpen(operation);
            }
        };

        private final String status;

        Usual(String status) {
            this.status = status;
        }

        abstract boolean applies(HttpMethod method, Operation operation, String path);
    }

    @Bean
    OperationCustomizer namesAndWordsOfLists() {
        return (operation, method) -> list(name(operation, method), method);
    }

    /** Names that stay as they are when endpoints come and go: programs are generated from them. */
    private static Operation name(Operation operation, HandlerMethod method) {
        String controller = method.getBeanType().getSimpleName().replaceFirst("(Controller|Topic)$", "");
        String own = method.getMethod().getName();
        String name = startsWith(own, controller)
                ? own
                : startsWith(controller, own)
                        ? lower(controller)
                        : lower(controller) + own.substring(0, 1).toUpperCase(Locale.ROOT) + own.substring(1);
        // Two methods may answer the same operation in two types; their order is not always the same.
        Object other = operation.getExtensions() == null
                ? null
                : operation.getExtensions().get(NAMED);
        String first = other instanceof String given && given.compareTo(name) < 0 ? given : name;
        operation.addExtension(NAMED, first);
        operation.setOperationId(first);
        return operation;
    }

    private static boolean startsWith(String longer, String shorter) {
        return longer.regionMatches(true, 0, shorter, 0, shorter.length());
    }

    private static String lower(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static Operation list(Operation operation, HandlerMethod method) {
        if (Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == Paging.class)) {
            operation.addParametersItem(query(
                    "limit",
                    "Rows on a page, at most " + Paging.MAX_LIMIT + "; per_page and perPage say the same",
                    number(Paging.DEFAULT_LIMIT)));
            operation.addParametersItem(query("page", "The page, from 1", number(1)));
            operation.addParametersItem(query("skip", "Rows to pass over; wins over page", number(0)));
            operation.addParametersItem(query(
                    "cursor",
                    "pagination.next_cursor of the page before, which is fast however far the list goes; wins over skip",
                    text(null)));
        }
        return operation;
    }

    @Bean
    OpenApiCustomizer accessExamplesErrorsAndHeaders(ObjectProvider<AccessRules> rules, OperationExamples examples) {
        Map<String, AccessRule> byOperation = rules.stream()
                .flatMap(some -> some.rules().stream())
                .collect(Collectors.toMap(
                        rule -> unnamed(rule.method() + " " + rule.pattern()), rule -> rule, (one, same) -> one));
        return api -> {
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        AccessRule rule = byOperation.get(unnamed(method + " " + path));
                        if (rule != null) {
                            access(operation, rule);
                        }
                    }));
            examples.putInto(api);
            complete(api);
        };
    }

    private static String unnamed(String operation) {
        return operation.replaceAll("\\{[^}]*}", "{}");
    }

    /** Who may use it, as the rule says that the door goes by. */
    private static void access(Operation operation, AccessRule rule) {
        if (rule.role() == null) {
            operation.setSecurity(List.of());
            return;
        }
        String who =
                switch (rule.role()) {
                    case CANDIDATE -> "For everybody with an account";
                    case RECRUITER -> "For recruiters and administrators";
                    case ADMIN -> "For administrators";
                };
        String scope = rule.scope() == null ? "." : ", and for service keys with the scope `" + rule.scope() + "`.";
        if (rule.scope() == null) {
            operation.setSecurity(List.of(new SecurityRequirement().addList("bearer")));
        }
        String before = operation.getDescription();
        operation.setDescription((before == null || before.isBlank() ? "" : before + "\n\n") + who + scope);
    }

    private static void complete(OpenAPI api) {
        Map<String, Schema> schemas = ModelConverters.getInstance(true).readAll(ErrorBody.class);
        Schema<?> detail = schemas.get("ErrorBodyDetail");
        if (detail != null && detail.getProperties() != null) {
            detail.getProperties().put("code", codes());
        }
        schemas.forEach(api.getComponents()::addSchemas);
        for (Usual usual : Usual.values()) {
            api.getComponents().addResponses("Error" + usual.status, failure(usual.status, null));
        }
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> complete(path, method, operation)));
    }

    private static Schema<Object> codes() {
        JsonSchema codes = new JsonSchema();
        codes.setTypes(Set.of("string"));
        codes.setExample(ProblemCode.INVALID_REQUEST.name());
        codes.setDescription(Arrays.stream(ProblemCode.values())
                .map(code -> "- `" + code.name() + "` (" + code.status() + "): " + meaning(code))
                .collect(Collectors.joining(
                        "\n",
                        "",
                        "\n\nBelow `/api/v1/Mismatch/` the words are `INVALID_API_KEY`, `INVALID_REQUEST`, `RATE_LIMITED`,"
                                + " `RESOURCE_NOT_FOUND`, `SERVER_ERROR`, `SYNC_FAILED`.")));
        codes.setEnum(Arrays.stream(Dialect.values())
                .flatMap(dialect -> Arrays.stream(ProblemCode.values()).map(dialect::word))
                .distinct()
                .sorted()
                .map(Object.class::cast)
                .toList());
        return codes;
    }

    private static boolean isOpen(Operation operation) {
        return operation.getSecurity() != null && operation.getSecurity().isEmpty();
    }

    private static void complete(String path, HttpMethod method, Operation operation) {
        if (CHANGES.contains(method) && !isOpen(operation)) {
            operation.addParametersItem(header(
                    Idempotency.HEADER,
                    "The same request with the same key gets the same answer again for 24 hours, and has its"
                            + " effect once. 409 while the first one runs, 422 for another request.",
                    text("2f1c0e6a-6f0b-4f0e-9a55-6f2b8f3f7f10")));
        }
        ApiResponses responses = operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
        operation.setResponses(responses);
        if (responses.get("412") != null) {
            operation.addParametersItem(header(
                    HttpHeaders.IF_MATCH,
                    "The ETag of the version that is to be changed; 412 when it has changed meanwhile",
                    text("\"3\"")));
        }
        if (responses.get("304") != null) {
            operation.addParametersItem(header(
                    HttpHeaders.IF_NONE_MATCH,
                    "The ETag of the version that the client has; 304 when it is still the present one",
                    text("\"3\"")));
        }
        describe(path, operation.getParameters() == null ? List.of() : operation.getParameters());
        // What springdoc puts there is the body of a success.
        responses.replaceAll(
                (status, response) -> status.matches("[45]..") ? failure(status, response.getDescription()) : response);
        for (Usual usual : Usual.values()) {
            if (responses.get(usual.status) == null && usual.applies(method, operation, path)) {
                responses.addApiResponse(
                        usual.status, new ApiResponse().$ref("#/components/responses/Error" + usual.status));
            }
        }
        if (responses.get("default") == null) {
            responses.addApiResponse(
                    "default",
                    new ApiResponse()
                            .description("Any other failure; error.code says which")
                            .content(errors(ProblemCode.SERVER_ERROR)));
        }
        // What was noted between the steps.
        operation.setExtensions(null);
    }

    private static void describe(String path, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            if ("path".equals(parameter.getIn())) {
                String[] segments = path.split("/\\{" + parameter.getName() + "}", 2)[0].split("/");
                List<String> id = IDS.get(segments[segments.length - 1]);
                if (id != null) {
                    if (parameter.getExample() == null) {
                        parameter.setExample(id.get(0));
                    }
                    if (parameter.getDescription() == null) {
                        parameter.setDescription(id.get(1));
                    }
                }
            } else if (parameter.getDescription() == null) {
                parameter.setDescription(PARAMETERS.get(parameter.getName()));
            }
        }
    }

    private static ApiResponse failure(String status, @Nullable String description) {
        List<ProblemCode> codes = Arrays.stream(ProblemCode.values())
                .filter(code -> status.equals(String.valueOf(code.status())))
                .sorted((a, b) -> Boolean.compare(b == ProblemCode.INVALID_TOKEN, a == ProblemCode.INVALID_TOKEN))
                .toList();
        String words = codes.stream()
                .map(code -> "`" + code.name() + "`: " + meaning(code))
                .collect(Collectors.joining("; "));
        boolean login = "INVALID_CREDENTIALS".equals(description);
        return new ApiResponse()
                .description(description == null || login ? words : description)
                .content(errors(
                        login
                                ? ProblemCode.INVALID_CREDENTIALS
                                : codes.isEmpty() ? ProblemCode.SERVER_ERROR : codes.get(0)));
    }

    private static Content errors(ProblemCode code) {
        String message = meaning(code);
        Map<String, Object> example = Map.of(
                "success",
                false,
                "error",
                Map.of(
                        "code",
                        code.name(),
                        "message",
                        message,
                        "details",
                        code == ProblemCode.INVALID_REQUEST
                                ? List.of(Map.of("field", "limit", "message", "must be a whole number of at least 1"))
                                : List.of(),
                        "timestamp",
                        "2026-01-15T10:30:00.000Z",
                        "request_id",
                        "0f3c9a52b1d84e6f"),
                "detail",
                message);
        Content content = new Content();
        JsonSchema reference = new JsonSchema();
        reference.set$ref("#/components/schemas/" + ERROR);
        content.addMediaType(
                "application/json", new MediaType().schema(reference).example(example));
        content.addMediaType("application/problem+json", new MediaType().schema(reference));
        return content;
    }

    private static Parameter query(String name, String description, Schema<?> schema) {
        return new Parameter().in("query").name(name).description(description).schema(schema);
    }

    private static Parameter header(String name, String description, Schema<?> schema) {
        return new Parameter().in("header").name(name).description(description).schema(schema);
    }

    private static Schema<Object> number(int without) {
        JsonSchema number = new JsonSchema();
        number.setTypes(Set.of("integer"));
        number.setDefault(without);
        return number;
    }

    private static Schema<Object> text(@Nullable String example) {
        JsonSchema text = new JsonSchema();
        text.setTypes(Set.of("string"));
        if (example != null) {
            text.setMaxLength(255);
            text.setExample(example);
        }
        return text;
    }

    private static String meaning(ProblemCode code) {
        return switch (code) {
            case INVALID_REQUEST -> "a field is missing or wrong; details says which";
            case TOO_LARGE -> "the body or the file is too large";
            case UNSUPPORTED_TYPE -> "the file is of a type that is not taken";
            case INVALID_CREDENTIALS -> "address or password";
            case INVALID_TOKEN -> "the token is missing, ended or revoked";
            case INVALID_API_KEY -> "the service key is unknown, ended or revoked";
            case PERMISSION_DENIED -> "not for your role, or not in the key's scopes";
            case RESOURCE_NOT_FOUND -> "not there, or not yours";
            case METHOD_NOT_ALLOWED -> "not at this address; the header Allow says what is";
            case NOT_ACCEPTABLE -> "none of the types in Accept";
            case CONFLICT -> "the state does not allow it";
            case PRECONDITION_FAILED -> "it has changed since you read it (If-Match)";
            case UNSUPPORTED_MEDIA_TYPE -> "the body is of a type that is not read here";
            case IDEMPOTENCY_KEY_REUSED -> "the Idempotency-Key came before with another request";
            case PRECONDITION_REQUIRED -> "this change needs If-Match";
            case RATE_LIMIT_EXCEEDED -> "wait retry_after seconds, as Retry-After says";
            case SERVER_ERROR -> "a fault here; report the request id";
            case SYNC_FAILED -> "the marketplace did not do what was asked of it";
            case SERVICE_UNAVAILABLE -> "a server behind this one is away; try again after retry_after seconds";
            case STORAGE_FULL -> "no room for files";
        };
    }
}
