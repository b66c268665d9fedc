package ai.recruit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.IntegrationTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

class AbandonedUploadTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Autowired
    private IncomingFolder incoming;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/api/resumes/upload", "/api/resumes/bulk-upload"})
    void leavesNoFileWhenTheClientLeavesInTheMiddle(String url) throws IOException {
        String part = url.endsWith("bulk-upload") ? "files" : "file";
        try (Socket client = new Socket("127.0.0.1", port)) {
            OutputStream out = client.getOutputStream();
            out.write(("POST " + url + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + accounts.recruiter().token()
                            + "\r\nContent-Type: multipart/form-data; boundary=xyz\r\nContent-Length: 5000000\r\n\r\n"
                            + "--xyz\r\nContent-Disposition: form-data; name=\"" + part
                            + "\"; filename=\"cv.txt\"\r\nContent-Type: text/plain\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write("A resume that never ends. ".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(unfinished()).isEqualTo(1));
            client.setSoLinger(true, 0);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(unfinished()).isZero());
    }

    private long unfinished() throws IOException {
        Path folder = incoming.path();
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
