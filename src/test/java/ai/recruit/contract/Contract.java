package ai.recruit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is documented of one operation: a file below {@code contract/}.
 *
 * @param file for example {@code recruiter/create-candidate.json}
 * @param operation method and path, as the document has it
 * @param leastRole {@code candidate}, {@code recruiter} or {@code admin}; null for an operation that needs no token
 * @param list whether it answers pages
 * @param more keys of its answers that are more than what is documented, as {@code .data[].tags}
 */
record Contract(
        String file, String operation, @Nullable String leastRole, boolean list, List<String> more, List<Case> cases) {

    static final JsonMapper JSON = new JsonMapper();

    private static final String ROOT = "contract/";

    /**
     * A request and what the answer to it has to be.
     *
     * @param caller whose token goes with it; null for none
     * @param path may have placeholders such as {@code {{candidate}}}, as may body and answer
     * @param json the body; null for none
     * @param form the parts of a form; names of files begin with {@code @}
     * @param answer a {@link Shape}; null for an answer that is no JSON
     * @param send headers of the request, beside the usual ones
     * @param headers regular expressions of headers
     */
    record Case(
            String name,
            HttpMethod method,
            @Nullable String caller,
            String path,
            JsonNode send,
            @Nullable JsonNode json,
            @Nullable JsonNode form,
            int status,
            @Nullable JsonNode answer,
            List<String> fields,
            JsonNode headers) {

        /** The same request by somebody who is refused. */
        Case refused(String otherName, @Nullable String other, int otherStatus, String code) {
            ObjectNode otherHeaders = JSON.createObjectNode();
            if (otherStatus == 429) {
                otherHeaders.put("Retry-After", "\\d+");
                if (other != null) {
                    otherHeaders.put("X-RateLimit-Remaining", "0").put("RateLimit", "\"(hour|plan)\";r=0;t=\\d+");
                }
            }
            return new Case(
                    otherName,
                    method,
                    other,
                    path,
                    send,
                    json,
                    form,
                    otherStatus,
                    error(code, List.of()),
                    List.of(),
                    otherHeaders);
        }

        Case at(String otherPath) {
            return new Case(name, method, caller, otherPath, send, json, form, status, answer, fields, headers);
        }

        Case with(JsonNode otherJson) {
            return new Case(name, method, caller, path, send, otherJson, form, status, answer, fields, headers);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    HttpMethod method() {
        return HttpMethod.valueOf(operation.split(" ", 2)[0]);
    }

    /** The first case, which is the documented sample. */
    Case sample() {
        return cases.get(0);
    }

    @Override
    public String toString() {
        return file;
    }

    static List<Contract> in(String folder) {
        try {
            Resource[] files =
                    new PathMatchingResourcePatternResolver().getResources("classpath:" + ROOT + folder + "/*.json");
            return Arrays.stream(files)
                    .sorted(Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())))
                    .map(file -> read(folder + "/" + file.getFilename()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Contract read(String file) {
        JsonNode contract = tree(file);
        String operation = contract.path("operation").asString();
        HttpMethod method = HttpMethod.valueOf(operation.split(" ", 2)[0]);
        List<Case> cases = new ArrayList<>();
        for (JsonNode one : contract.path("cases")) {
            List<String> fields =
                    one.path("fields").valueStream().map(JsonNode::asString).toList();
            boolean refused = one.has("error");
            cases.add(new Case(
                    one.path("name").asString(),
                    method,
                    one.has("as") ? one.path("as").asString() : null,
                    one.path("path").asString(),
                    one.path("send"),
                    one.get("json"),
                    one.get("form"),
                    one.path("status").asInt(),
                    refused ? error(one.path("error").asString(), fields) : one.get("answer"),
                    fields,
                    one.path("headers")));
        }
        return new Contract(
                file,
                operation,
                contract.has("least_role") ? contract.path("least_role").asString() : null,
                contract.path("list").asBoolean(false),
                contract.path("more").valueStream().map(JsonNode::asString).toList(),
                cases);
    }

    /** The error envelope with this code; {@code details} name a field and what is wrong with it, where fields are wrong. */
    static JsonNode error(String code, List<String> fields) {
        String envelope = new String(bytes("error.json"), StandardCharsets.UTF_8).replace("{{code}}", code);
        ObjectNode shape = (ObjectNode) JSON.readTree(envelope);
        ObjectNode error = (ObjectNode) shape.path("error");
        if (fields.isEmpty()) {
            error.putArray("details");
        }
        if (code.equals("RATE_LIMIT_EXCEEDED")) {
            error.put("retry_after", "integer");
        }
        return shape;
    }

    static JsonNode tree(String file) {
        return JSON.readTree(bytes(file));
    }

    static boolean exists(String file) {
        return Contract.class.getClassLoader().getResource(ROOT + file) != null;
    }

    static byte[] bytes(String file) {
        try (InputStream in = Contract.class.getClassLoader().getResourceAsStream(ROOT + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
