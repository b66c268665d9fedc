package ai.recruit.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.kernel.OwnServers.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service on the operator's servers, each of which goes away and comes back. */
class ServerOutageTests {

    @TempDir
    private static Path folder;

    private static ExternalServers servers;
    private static ServiceProcess service;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    @BeforeAll
    static void start() throws Exception {
        servers = ExternalServers.start(folder.resolve("servers"));
        Map<String, String> settings = new HashMap<>(servers.environment());
        settings.put("RECRUIT_DATA_DIR", folder.resolve("data").toString());
        settings.put("SECRET_KEY", "a secret of this test alone, which protects nothing");
        service = ServiceProcess.start(folder, settings).awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        try (ExternalServers stoppedLast = servers) {
            if (service != null) {
                service.close();
            }
        }
    }

    @Test
    void startsNoServersOfItsOwn() {
        assertThat(Files.exists(folder.resolve("data").resolve("postgresql"))).isFalse();
        assertThat(Files.exists(folder.resolve("data").resolve("bin"))).isFalse();
    }

    @Test
    void isNotReadyWithoutPostgresqlAndReadyAgainSoonAfter() throws Exception {
        servers.stop(Kind.POSTGRESQL);
        await(10, 503, service.address() + "/health/readiness");
        servers.start(Kind.POSTGRESQL);
        await(5, 200, service.address() + "/health/readiness");
    }

    @Test
    void answersWithoutRedisAndUsesItAgainSoonAfter() throws Exception {
        servers.kill(Kind.REDIS);
        await(10, 503, service.management() + "/health");
        assertThat(status(service.address() + "/health/readiness")).isEqualTo(200);
        servers.start(Kind.REDIS);
        await(5, 200, service.management() + "/health");
    }

    @Test
    void answersWithoutKafka() throws Exception {
        servers.stop(Kind.KAFKA);
        assertThat(status(service.address() + "/health/readiness")).isEqualTo(200);
        servers.start(Kind.KAFKA);
        assertThat(status(service.address() + "/health/readiness")).isEqualTo(200);
    }

    private static void await(int seconds, int status, String address) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> status(address) == status);
    }

    private static int status(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(8))
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }
}
