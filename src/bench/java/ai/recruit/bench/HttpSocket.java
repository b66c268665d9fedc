package ai.recruit.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A kept-alive HTTP/1.1 connection on a plain socket: a client that takes as little of the processors as can be, so that
 * the service is measured and not the client.
 */
final class HttpSocket implements AutoCloseable {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final byte[] buffer;
    private int at;
    private int end;
    private int length;
    private final List<String> named = new ArrayList<>();
    private long headersAt;
    private long firstLineAt;
    private long bytes;

    /** @param buffered how many bytes this client takes at once, and what its socket holds for it; 0 for the usual */
    HttpSocket(int port, int buffered) throws IOException {
        if (buffered > 0) {
            socket.setReceiveBufferSize(buffered);
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = socket.getInputStream();
        buffer = new byte[buffered > 0 ? buffered : 1 << 17];
    }

    static byte[] get(String path, String accept, String token) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept + "\r\nAuthorization: Bearer "
                        + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends a request and reads the answer, which must be a 200. */
    void exchange(byte[] request) throws IOException {
        open(request);
        whole(null);
    }

    /** The same; gives the body back. */
    byte[] body(byte[] request) throws IOException {
        open(request);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        whole(body);
        return body.toByteArray();
    }

    private void whole(@Nullable ByteArrayOutputStream body) throws IOException {
        if (length >= 0) {
            pass(length, body);
            return;
        }
        for (int left = Integer.parseInt(line(), 16); left > 0; left = Integer.parseInt(line(), 16)) {
            pass(left, body);
            line();
        }
        line();
    }

    private void pass(int count, @Nullable ByteArrayOutputStream body) throws IOException {
        for (int left = count; left > 0; ) {
            if (at == end) {
                fill();
            }
            int here = Math.min(left, end - at);
            if (body != null) {
                body.write(buffer, at, here);
            }
            at += here;
            left -= here;
        }
    }

    /** Sends a request and reads the head of the answer, which must be a 200. */
    void open(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        length = -1;
        if (at == end) {
            fill();
        }
        headersAt = System.nanoTime();
        String status = line();
        if (!status.contains(" 200")) {
            throw new IllegalStateException(status);
        }
        named.clear();
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            named.add(lower.substring(0, lower.indexOf(':')));
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
        }
    }

    /**
     * Counts the lines of a body in HTTP/1.1's chunked coding, after {@link #open}.
     *
     * @param most after how many lines it stops reading, in the middle of the body
     */
    long lines(long most) throws IOException {
        long lines = 0;
        for (int left = Integer.parseInt(line(), 16); left > 0; left = Integer.parseInt(line(), 16)) {
            bytes += left;
            while (left > 0) {
                if (at == end) {
                    fill();
                }
                int here = Math.min(left, end - at);
                for (int i = at; i < at + here; i++) {
                    if (buffer[i] == '\n' && lines++ == 0) {
                        firstLineAt = System.nanoTime();
                    }
                }
                at += here;
                left -= here;
                if (lines >= most) {
                    return lines;
                }
            }
            line();
        }
        return lines;
    }

    /** The names of the headers of the last answer, in lower case. */
    Set<String> headers() {
        return new TreeSet<>(named);
    }

    /** From the first byte of the headers to the end of the first line of the body, in nanoseconds. */
    long firstLineAfter() {
        return firstLineAt - headersAt;
    }

    /** The bytes of the body. */
    long bytes() {
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (at == end) {
                fill();
            }
            char c = (char) buffer[at++];
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
    }

    private void fill() throws IOException {
        at = 0;
        end = in.read(buffer);
        if (end < 0) {
            throw new EOFException("The connection broke off");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
