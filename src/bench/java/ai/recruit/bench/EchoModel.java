package ai.recruit.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** A language model that repeats the marks that it is sent, as a real one would repeat names of projects. */
final class EchoModel implements AutoCloseable {

    private static final Pattern MARK = Pattern.compile("zq[a-z]{10,}", Pattern.CASE_INSENSITIVE);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final JsonMapper json = new JsonMapper();

    EchoModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    /** The settings by which a service asks this model, and as often as it likes. */
    Map<String, String> environment(Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(others);
        settings.put("OPENAI_API_KEY", "a-key-of-no-worth");
        settings.put(
                "OPENAI_BASE_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        settings.put("RECRUIT_ENRICHMENT_REQUESTSPERMINUTE", "100000");
        settings.put("RECRUIT_ENRICHMENT_TOKENSPERDAY", "1000000000");
        return settings;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<String> marks =
                MARK.matcher(asked).results().map(MatchResult::group).distinct().toList();
        String text = json.writeValueAsString(Map.of(
                "summary",
                "Has led the project " + String.join(" and ", marks),
                "insights",
                List.of("Ask about " + String.join(", ", marks))));
        byte[] body = json.writeValueAsBytes(
                Map.of("choices", List.of(Map.of("message", Map.of("role", "assistant", "content", text)))));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
