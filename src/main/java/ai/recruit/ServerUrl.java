package ai.recruit;

import ai.recruit.kernel.StartupFailure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server as operators write it, {@code scheme://user:password@host:port,host:port/path?name=value},
 * with user and password percent-encoded. {@link java.net.URI} knows neither several hosts nor is it content with the
 * characters that people put into passwords.
 *
 * @param hosts at least one
 * @param path without the slash; empty when there is none
 */
record ServerUrl(
        String scheme,
        @Nullable String user,
        @Nullable String password,
        List<Host> hosts,
        String path,
        Map<String, String> parameters) {

    record Host(String name, int port) {

        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /**
     * @param setting the name of the setting, for the message
     * @param form how it should look, for the message
     * @throws StartupFailure when the address is of another form; the message does not repeat it, as it holds a password
     */
    static ServerUrl parse(String setting, String form, String text, int defaultPort) {
        int start = text.indexOf("://");
        if (start <= 0) {
            throw wrong(setting, form, "it has no ://");
        }
        String scheme = text.substring(0, start);
        String rest = text.substring(start + 3);
        String query = "";
        int question = rest.indexOf('?');
        if (question >= 0) {
            query = rest.substring(question + 1);
            rest = rest.substring(0, question);
        }
        // A slash in an unencoded password stands before the last @.
        int at = rest.lastIndexOf('@');
        int slash = rest.indexOf('/', at + 1);
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String user = null;
        String password = null;
        if (at >= 0) {
            String login = authority.substring(0, at);
            int colon = login.indexOf(':');
            user = decode(setting, form, colon < 0 ? login : login.substring(0, colon));
            password = colon < 0 ? null : decode(setting, form, login.substring(colon + 1));
        }
        return new ServerUrl(
                scheme,
                user,
                password,
                hosts(setting, form, authority.substring(at + 1), defaultPort),
                decode(setting, form, path),
                parameters(setting, form, query));
    }

    private static List<Host> hosts(String setting, String form, String text, int defaultPort) {
        List<Host> hosts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int bracket = part.lastIndexOf(']');
            int colon = part.indexOf(':', Math.max(0, bracket));
            String name = colon < 0 ? part : part.substring(0, colon);
            if (name.startsWith("[") && name.endsWith("]")) {
                name = name.substring(1, name.length() - 1);
            }
            if (name.isBlank()) {
                throw wrong(setting, form, "it names no host");
            }
            int port = defaultPort;
            if (colon >= 0) {
                try {
                    port = Integer.parseInt(part.substring(colon + 1));
                } catch (NumberFormatException notANumber) {
                    throw wrong(setting, form, "its port is not a number");
                }
                if (port < 1 || port > 65535) {
                    throw wrong(setting, form, "its port is not between 1 and 65535");
                }
            }
            hosts.add(new Host(name, port));
        }
        return List.copyOf(hosts);
    }

    private static Map<String, String> parameters(String setting, String form, String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decode(setting, form, pair.substring(0, equals)),
                        decode(setting, form, pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String setting, String form, String text) {
        try {
            // In the user part a plus is a plus.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw wrong(setting, form, "a % in it is not followed by two hexadecimal digits (write % itself as %25)");
        }
    }

    static StartupFailure wrong(String setting, String form, String why) {
        return new StartupFailure(setting + " cannot be used: " + why + ". Write it as " + form + ".");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return scheme + "://"
                + String.join(",", hosts.stream().map(Host::toString).toList()) + "/" + path;
    }
}
