package ai.recruit.web;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every operation has in common, put into the description of the API: errors, and the headers that filters read. */
@Configuration(proxyBeanMethods = false)
class CommonDescriptions {

    private static final String ERROR = "ErrorBody";
    private static final Set<HttpMethod> CHANGES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    @Bean
    OpenApiCustomizer errorsAndHeaders() {
        return CommonDescriptions::complete;
    }

    private static void complete(OpenAPI api) {
        Map<String, Schema> schemas = ModelConverters.getInstance(true).readAll(ErrorBody.class);
        Schema<?> detail = schemas.get("ErrorBodyDetail");
        if (detail != null && detail.getProperties() != null) {
            detail.getProperties().put("code", codes());
        }
        schemas.forEach(api.getComponents()::addSchemas);
        api.getPaths().values().forEach(path -> path.readOperationsMap().forEach(CommonDescriptions::complete));
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

    private static void complete(HttpMethod method, Operation operation) {
        boolean open =
                operation.getSecurity() != null && operation.getSecurity().isEmpty();
        if (CHANGES.contains(method) && !open) {
            operation.addParametersItem(new Parameter()
                    .in("header")
                    .name(Idempotency.HEADER)
                    .description(
                            "The same request with the same key gets the same answer again for 24 hours, and has its"
                                    + " effect once. 409 while the first one runs, 422 for another request.")
                    .schema(text("2f1c0e6a-6f0b-4f0e-9a55-6f2b8f3f7f10")));
        }
        ApiResponses responses = operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
        operation.setResponses(responses);
        responses.forEach((status, response) -> {
            if (status.matches("[45]..")
                    && (response.getContent() == null || response.getContent().isEmpty())) {
                response.setContent(errors());
            }
        });
        if (responses.get("default") == null) {
            responses.addApiResponse(
                    "default",
                    new ApiResponse()
                            .description("Any other failure; error.code says which")
                            .content(errors()));
        }
    }

    private static Content errors() {
        Content content = new Content();
        for (String type : List.of("application/json", "application/problem+json")) {
            JsonSchema reference = new JsonSchema();
            reference.set$ref("#/components/schemas/" + ERROR);
            content.addMediaType(type, new MediaType().schema(reference));
        }
        return content;
    }

    private static Schema<Object> text(String example) {
        JsonSchema text = new JsonSchema();
        text.setTypes(Set.of("string"));
        text.setMaxLength(255);
        text.setExample(example);
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
