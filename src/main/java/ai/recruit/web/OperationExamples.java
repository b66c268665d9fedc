package ai.recruit.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts an example of its request and its answers to every operation, from the file {@code openapi/<operationId>.json}:
 *
 * <pre>{@code
 * {"request": {...},                 // the body, or the parts of a form; left out where there is none
 *  "answer": {...},                  // application/json of every success that has a body
 *  "others": {"text/calendar": ""}}  // answers in other types
 * }</pre>
 *
 * What has no file has the examples that stand at the record of its body and at its controller. The rows of a list's page are also the example of its lines and of its live stream. Where a controller writes JSON that
 * no record describes, its schema is read off the example. A test sends the requests and compares the keys of the answers.
 */
@Configuration(proxyBeanMethods = false)
class OperationExamples {

    private static final String JSON = "application/json";
    private static final String FORM = "multipart/form-data";
    private static final String LINES = "application/x-ndjson";
    private static final String LIVE = "text/event-stream";
    private static final String IS_LIST = "x-list";

    private final JsonMapper json;

    OperationExamples(JsonMapper json) {
        this.json = json;
    }

    /** Marks what answers in the three shapes of {@link Lists}, until the examples are there. */
    @Bean
    OperationCustomizer shapesOfLists() {
        return OperationExamples::shapes;
    }

    private static Operation shapes(Operation operation, HandlerMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        if (mapping != null && List.of(mapping.produces()).containsAll(List.of(JSON, LINES, LIVE))) {
            operation.addExtension(IS_LIST, true);
        }
        return operation;
    }

    /** Whether an operation answers in the three shapes of {@link Lists}. */
    static boolean isList(Operation operation) {
        return operation.getExtensions() != null && operation.getExtensions().containsKey(IS_LIST);
    }

    /** Puts the examples into the description. */
    void putInto(OpenAPI api) {
        api.getPaths()
                .values()
                .forEach(path -> path.readOperations().forEach(operation -> {
                    JsonNode read = read(operation.getOperationId());
                    JsonNode example = read == null ? json.createObjectNode() : read;
                    JsonNode request = example.get("request");
                    request(operation, request == null ? ofRecord(operation, api) : request);
                    operation.getResponses().forEach((status, response) -> {
                        if (status.equals("204")) {
                            response.setContent(null);
                        } else if (status.startsWith("2")) {
                            answer(operation, response, example);
                        }
                    });
                }));
    }

    private @Nullable JsonNode read(String operationId) {
        try (InputStream in = OperationExamples.class.getResourceAsStream("/openapi/" + operationId + ".json")) {
            return in == null ? null : json.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What stands at the record that a body is read into. */
    private @Nullable JsonNode ofRecord(Operation operation, OpenAPI api) {
        Content content = operation.getRequestBody() == null
                ? null
                : operation.getRequestBody().getContent();
        Schema<?> schema = content == null || content.get(JSON) == null
                ? null
                : content.get(JSON).getSchema();
        String reference = schema == null ? null : schema.get$ref();
        if (reference == null) {
            return null;
        }
        Schema<?> named = api.getComponents().getSchemas().get(reference.substring(reference.lastIndexOf('/') + 1));
        return named == null ? null : tree(named.getExample());
    }

    /** What the controller says about an answer. */
    private @Nullable JsonNode ofController(@Nullable MediaType type) {
        if (type == null) {
            return null;
        }
        if (type.getExample() == null && type.getExamples() != null) {
            return type.getExamples().values().stream()
                    .findFirst()
                    .map(example -> tree(example.getValue()))
                    .orElse(null);
        }
        return tree(type.getExample());
    }

    private @Nullable JsonNode tree(@Nullable Object example) {
        return example == null ? null : json.readTree(example.toString());
    }

    private void request(Operation operation, @Nullable JsonNode example) {
        if (example != null
                && operation.getRequestBody() != null
                && operation.getRequestBody().getContent() != null) {
            operation.getRequestBody().getContent().forEach((name, type) -> {
                if (name.equals(JSON) || name.equals(FORM)) {
                    type.setExamples(null);
                    type.setExample(plain(example));
                }
            });
        }
    }

    private void answer(Operation operation, ApiResponse response, JsonNode example) {
        Content content = response.getContent() == null ? new Content() : response.getContent();
        response.setContent(content);
        JsonNode answer = example.has("answer") ? example.get("answer") : ofController(content.get(JSON));
        if (answer != null) {
            MediaType declared = content.get(JSON);
            Schema<?> known = declared == null ? null : declared.getSchema();
            MediaType type = new MediaType().schema(isList(operation) || isVague(known) ? schema(answer) : known);
            type.setExample(plain(answer));
            content.addMediaType(JSON, type);
            if (isList(operation)) {
                content.addMediaType(LINES, text(lines(answer.path("data")), "One row a line, without an end"));
                content.addMediaType(
                        LIVE, text(events(answer.path("data")), "The rows, then each that is new, changed or gone"));
            }
        } else if (!example.path("others").isEmpty()) {
            content.remove(JSON);
        }
        example.path("others").properties().forEach(other -> {
            Schema<?> known = content.containsKey(other.getKey())
                    ? content.get(other.getKey()).getSchema()
                    : null;
            boolean isText = other.getValue().isString();
            content.addMediaType(
                    other.getKey(),
                    new MediaType()
                            .schema(known == null || isText ? schema(other.getValue()) : known)
                            .example(plain(other.getValue())));
        });
    }

    private static MediaType text(String example, String description) {
        JsonSchema text = typed("string");
        text.setDescription(description);
        return new MediaType().schema(text).example(example);
    }

    private String lines(JsonNode rows) {
        return rows.valueStream()
                .map(row -> json.writeValueAsString(row) + "\n")
                .collect(Collectors.joining());
    }

    private String events(JsonNode rows) {
        return rows.valueStream()
                        .map(row -> "event: item\ndata: " + json.writeValueAsString(row) + "\n\n")
                        .collect(Collectors.joining())
                + "event: snapshot_end\nid: 1201.48210\ndata: {}\n\n";
    }

    /** Whether Java's types say nothing of what is in the JSON. */
    private static boolean isVague(@Nullable Schema<?> schema) {
        return schema == null
                || schema.get$ref() == null
                        && schema.getProperties() == null
                        && (schema.getItems() == null || isVague(schema.getItems()));
    }

    private @Nullable Object plain(JsonNode node) {
        return json.treeToValue(node, Object.class);
    }

    /** The schema that an example is of: what is null there may be anything. */
    static JsonSchema schema(JsonNode example) {
        if (example.isObject()) {
            JsonSchema object = typed("object");
            example.properties().forEach(field -> object.addProperty(field.getKey(), schema(field.getValue())));
            return object;
        }
        if (example.isArray()) {
            JsonSchema array = typed("array");
            array.setItems(example.isEmpty() ? new JsonSchema() : schema(example.path(0)));
            return array;
        }
        if (example.isNull()) {
            return new JsonSchema();
        }
        return typed(
                example.isBoolean()
                        ? "boolean"
                        : example.isIntegralNumber() ? "integer" : example.isNumber() ? "number" : "string");
    }

    private static JsonSchema typed(String type) {
        JsonSchema schema = new JsonSchema();
        schema.setTypes(new LinkedHashSet<>(Set.of(type)));
        return schema;
    }
}
