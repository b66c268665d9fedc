package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A connection that is kept alive goes on being read after a request that came before the answer to the one before was
 * done. Reactor Netty 1.3.5 to 1.3.7 stopped reading there (reactor-netty 4361), which hung every client now and then,
 * because answers that come off a database thread are seen by the client before the server has done with them.
 */
class KeepAliveTests extends IntegrationTest {

    @LocalServerPort
    private int port;

    @Test
    void goesOnAfterARequestThatWaitedForTheOneBefore() throws IOException {
        for (int round = 0; round < 5; round++) {
            try (Socket socket = new Socket("localhost", port)) {
                socket.setSoTimeout(5_000);
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                // The first is answered by the database, the second at once.
                send(socket, get("/health/readiness") + get("/nowhere"));
                assertThat(status(answers)).isEqualTo(200);
                assertThat(status(answers)).isEqualTo(401);
                send(socket, get("/nowhere"));
                assertThat(status(answers)).isEqualTo(401);
            }
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static int status(BufferedReader answers) throws IOException {
        String first = answers.readLine();
        int length = 0;
        for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        assertThat(answers.skip(length)).isEqualTo(length);
        return Integer.parseInt(first.split(" ", -1)[1]);
    }
}
