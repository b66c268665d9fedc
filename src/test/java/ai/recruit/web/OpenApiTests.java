package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.kernel.ProblemCode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the API is valid OpenAPI 3.1, and complete: whoever adds an operation is told what it lacks. That the
 * examples are true is for {@code AccessMatrixTests}, which send them.
 */
class OpenApiTests extends IntegrationTest {

    private static final String OFFICIAL = "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07";
    private static final String HERE = "https://recruit.example/openapi.json";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> CHANGES = Set.of("post", "put", "patch", "delete");

    private String text;
    private JsonNode description;

    /** An operation of the description. */
    private record Operation(String path, String method, JsonNode node) {

        @Override
        public String toString() {
            return method.toUpperCase(Locale.ROOT) + " " + path + " ("
                    + node.path("operationId").asString() + ")";
        }

        boolean isOpen() {
            return node.has("security") && node.path("security").isEmpty();
        }
    }

    @BeforeEach
    void read() {
        text = Objects.requireNonNull(http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                .build()
                .get()
                .uri("/openapi.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        description = JSON.readTree(text);
    }

    private Stream<Operation> operations() {
        return description.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Operation(path.getKey(), method.getKey(), method.getValue())));
    }

    /** What is wrong with each operation, all of them at once. */
    private List<String> wrong(Function<Operation, Stream<String>> check) {
        return operations()
                .flatMap(operation -> check.apply(operation).map(problem -> operation + ": " + problem))
                .sorted()
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? description.at(node.path("$ref").asString().substring(1)) : node;
    }

    @Test
    void isValid() {
        assertThat(errorsOf(text)).isEmpty();
    }

    @Test
    void noticesWhatIsNotValid() {
        ObjectNode broken = (ObjectNode) JSON.readTree(text);
        ((ObjectNode) broken.at("/paths/~1health/get/responses/200")).remove("description");
        assertThat(errorsOf(broken.toString())).isNotEmpty();
        ObjectNode wrongSchema = (ObjectNode) JSON.readTree(text);
        ((ObjectNode) wrongSchema.at("/components/schemas/ErrorBody")).put("type", "text");
        assertThat(errorsOf(wrongSchema.toString())).isNotEmpty();
    }

    private static List<String> errorsOf(String document) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(OpenApiTests::official));
        Schema schema = registry.getSchema(SchemaLocation.of(OFFICIAL));
        return schema.validate(JSON.readTree(document)).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /** The schemas that the OpenAPI Initiative publishes, out of a library that carries them. */
    private static @Nullable String official(String address) {
        if (!address.startsWith("https://spec.openapis.org/")) {
            return null;
        }
        try (InputStream in = OpenApiTests.class.getResourceAsStream(address.substring("https:/".length()))) {
            return new String(Objects.requireNonNull(in, address).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyOperationIsNamedDescribedAndGrouped() {
        assertThat(wrong(operation -> {
                    List<String> problems = new ArrayList<>();
                    for (String field : List.of("summary", "operationId")) {
                        if (operation.node().path(field).asString("").isBlank()) {
                            problems.add("has no " + field);
                        }
                    }
                    if (operation.node().path("tags").isEmpty()) {
                        problems.add("has no tag");
                    }
                    if (!operation.node().path("operationId").asString("").matches("[a-z][A-Za-z]+")) {
                        problems.add("has a name that is made up by a machine");
                    }
                    return problems.stream();
                }))
                .isEmpty();
        assertThat(operations()
                        .map(operation -> operation.node().path("operationId").asString()))
                .hasSizeGreaterThanOrEqualTo(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyParameterIsDescribed() {
        assertThat(wrong(operation -> operation
                        .node()
                        .path("parameters")
                        .valueStream()
                        .filter(parameter ->
                                parameter.path("description").asString("").isBlank())
                        .map(parameter ->
                                "nothing is said of " + parameter.path("name").asString()
                                        + "; write @Parameter(description = ...) at it, or a word of"
                                        + " CommonDescriptions where it means the same everywhere")))
                .isEmpty();
        assertThat(wrong(operation -> {
                    Set<String> named = new TreeSet<>();
                    operation.node().path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asString().equals("path")) {
                            named.add("{" + parameter.path("name").asString() + "}");
                        }
                    });
                    return java.util.regex.Pattern.compile("\\{\\w+}")
                            .matcher(operation.path())
                            .results()
                            .map(found -> found.group())
                            .filter(name -> !named.contains(name))
                            .map(name -> "nothing is said of " + name);
                }))
                .isEmpty();
    }

    @Test
    void everyRequestHasAnExample() {
        assertThat(wrong(operation -> operation.node().path("requestBody").path("content").properties().stream()
                        .filter(type -> !hasExample(type.getValue()))
                        .map(type -> lacking(operation, "request of the type " + type.getKey()))))
                .isEmpty();
    }

    @Test
    void everySuccessHasAnExample() {
        assertThat(wrong(operation -> operation.node().path("responses").properties().stream()
                        .filter(response -> response.getKey().startsWith("2"))
                        .flatMap(response -> {
                            JsonNode content = response.getValue().path("content");
                            if (content.isEmpty()) {
                                return response.getKey().matches("204|205")
                                        ? Stream.<String>empty()
                                        : Stream.of(lacking(operation, "answer " + response.getKey()));
                            }
                            return content.properties().stream()
                                    .filter(type -> !hasExample(type.getValue())
                                            && !type.getKey().equals("application/octet-stream"))
                                    .map(type -> lacking(
                                            operation,
                                            "answer " + response.getKey() + " of the type " + type.getKey()));
                        })))
                .isEmpty();
    }

    private static String lacking(Operation operation, String what) {
        return "no example of the " + what + "; write it to src/main/resources/openapi/"
                + operation.node().path("operationId").asString()
                + ".json (AccessMatrixTests leave real answers in target/answers)";
    }

    private static boolean hasExample(JsonNode type) {
        return type.has("example") || !type.path("examples").isEmpty();
    }

    @Test
    void everyExampleIsWhatItsSchemaSays() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(HERE, text)));
        List<String> wrong = wrong(operation -> {
            List<String> problems = new ArrayList<>();
            operation
                    .node()
                    .path("requestBody")
                    .path("content")
                    .properties()
                    .forEach(type -> validate(registry, type.getValue())
                            .forEach(problem -> problems.add("request, " + type.getKey() + ": " + problem)));
            operation
                    .node()
                    .path("responses")
                    .properties()
                    .forEach(response -> resolved(response.getValue())
                            .path("content")
                            .properties()
                            .forEach(type -> validate(registry, type.getValue())
                                    .forEach(problem ->
                                            problems.add(response.getKey() + ", " + type.getKey() + ": " + problem))));
            return problems.stream();
        });
        assertThat(wrong).isEmpty();
    }

    private static List<String> validate(SchemaRegistry registry, JsonNode type) {
        JsonNode example = type.get("example");
        if (example == null || !type.has("schema")) {
            return example == null ? List.of() : List.of("has an example and no schema");
        }
        JsonNode schema =
                JSON.readTree(type.path("schema").toString().replace("\"#/components/", "\"" + HERE + "#/components/"));
        return registry.getSchema(schema).validate(example).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    @Test
    void everyErrorThatAnOperationMayAnswerIsDescribed() {
        assertThat(wrong(operation -> {
                    Set<String> expected = new TreeSet<>(Set.of("default"));
                    if (!operation.isOpen()) {
                        expected.addAll(Set.of("401", "403", "429"));
                    }
                    if (operation.path().contains("{")) {
                        expected.add("404");
                    }
                    if (operation.node().has("requestBody")) {
                        expected.addAll(Set.of("400", "415"));
                    }
                    if (CHANGES.contains(operation.method()) && !operation.isOpen()) {
                        expected.addAll(Set.of("409", "422"));
                    }
                    JsonNode responses = operation.node().path("responses");
                    Stream<String> missing = expected.stream()
                            .filter(status -> !responses.has(status))
                            .map(status -> "does not say when it answers " + status);
                    Stream<String> shapeless = responses.properties().stream()
                            .filter(response -> response.getKey().matches("[45]..|default"))
                            .filter(response -> {
                                JsonNode error = resolved(response.getValue());
                                return error.path("description").asString("").isBlank()
                                        || !error.at("/content/application~1json/schema/$ref")
                                                .asString("")
                                                .endsWith("/ErrorBody")
                                        || !error.at("/content/application~1json")
                                                .has("example");
                            })
                            .map(response -> response.getKey() + " is not described as an error with an example");
                    return Stream.concat(missing, shapeless);
                }))
                .isEmpty();
    }

    @Test
    void everyErrorCodeHasItsMeaning() {
        JsonNode code = description.at("/components/schemas/ErrorBodyDetail/properties/code");
        List<String> words =
                code.path("enum").valueStream().map(JsonNode::asString).toList();
        for (ProblemCode each : ProblemCode.values()) {
            assertThat(code.path("description").asString()).contains("`" + each.name() + "` (" + each.status() + "): ");
            assertThat(words).contains(each.name());
        }
    }

    @Test
    void noticesWhatIsMissing() {
        Operation first = operations()
                .filter(operation -> operation.node().has("requestBody"))
                .findFirst()
                .orElseThrow();
        ((ObjectNode) first.node()
                        .path("requestBody")
                        .path("content")
                        .iterator()
                        .next())
                .remove("example");
        ((ObjectNode) first.node().path("responses")).remove("401");
        assertThat(wrong(operation -> operation.node().path("requestBody").path("content").properties().stream()
                        .filter(type -> !hasExample(type.getValue()))
                        .map(type -> type.getKey())))
                .hasSize(1);
    }
}
