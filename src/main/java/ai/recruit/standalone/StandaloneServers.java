package ai.recruit.standalone;

import ai.recruit.kernel.OwnServers;
import ai.recruit.kernel.StartupFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * Starts the servers side by side before the application context, and stops them after the last context of the process
 * has been closed.
 */
final class StandaloneServers implements OwnServers {

    private static final Logger log = LoggerFactory.getLogger(StandaloneServers.class);

    /** By data directory, because the contexts of one process share the servers. */
    private static final Map<Path, Running> RUNNING = new HashMap<>();

    private record Running(Set<Kind> kinds, Addresses addresses) {}

    @Override
    public Addresses start(Set<Kind> wanted, Path dataDirectory, boolean fresh) {
        Path path = dataDirectory.toAbsolutePath().normalize();
        synchronized (RUNNING) {
            Running running = RUNNING.get(path);
            if (running == null) {
                Binaries.require(wanted);
                DataDirectory data = DataDirectory.open(path);
                List<Server> servers = new ArrayList<>();
                SpringApplication.getShutdownHandlers().add(() -> {
                    stop(servers);
                    data.close();
                });
                running = new Running(wanted, start(wanted, data, fresh, servers, freePorts()));
                RUNNING.put(path, running);
            } else if (!running.kinds().equals(wanted)) {
                throw new IllegalStateException("Other servers run already on " + path + ": " + running.kinds());
            }
            return running.addresses();
        }
    }

    /** @param ports of PostgreSQL, Redis, Kafka, and Kafka's controller */
    static Addresses start(Set<Kind> wanted, DataDirectory data, boolean fresh, List<Server> servers, int... ports) {
        try {
            Files.createDirectories(data.resolve("logs"));
        } catch (IOException failure) {
            throw data.explain(failure);
        }
        Properties credentials = data.credentials();
        Binaries binaries = new Binaries(data);
        PostgresServer postgres = new PostgresServer(data, binaries, credentials, ports[0], fresh);
        RedisServer redis = new RedisServer(data, binaries, credentials, ports[1], fresh);
        KafkaBroker kafka = new KafkaBroker(data, credentials, ports[2], ports[3], fresh);
        synchronized (servers) {
            if (wanted.contains(Kind.POSTGRESQL)) {
                servers.add(postgres);
            }
            if (wanted.contains(Kind.REDIS)) {
                servers.add(redis);
            }
            if (wanted.contains(Kind.KAFKA)) {
                servers.add(kafka);
            }
        }
        startAll(servers, data);
        return new Addresses(
                wanted.contains(Kind.POSTGRESQL) ? postgres.url() : null,
                wanted.contains(Kind.REDIS) ? redis.url() : null,
                wanted.contains(Kind.KAFKA) ? kafka.bootstrapServers() : null,
                wanted.contains(Kind.KAFKA) ? kafka.client() : Map.of());
    }

    /** The first failure ends the others: the caller is told at once, and the process's end stops them. */
    private static void startAll(List<Server> servers, DataDirectory data) {
        ExecutorService executor =
                Executors.newFixedThreadPool(Math.max(1, servers.size()), threads("standalone-start"));
        try {
            CompletionService<Server> starts = new ExecutorCompletionService<>(executor);
            for (Server server : servers) {
                starts.submit(() -> {
                    long begin = System.nanoTime();
                    server.start();
                    log.info(
                            "{} ready after {} ms",
                            server.getClass().getSimpleName(),
                            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
                    return server;
                });
            }
            for (int i = 0; i < servers.size(); i++) {
                starts.take().get();
            }
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof StartupFailure known) {
                throw known;
            }
            if (cause instanceof IOException io) {
                throw data.explain(io);
            }
            throw new IllegalStateException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupFailure("The service is being stopped.", interrupted);
        } finally {
            executor.shutdown();
        }
    }

    static void stop(List<Server> servers) {
        List<Server> running;
        synchronized (servers) {
            running = List.copyOf(servers);
        }
        CountDownLatch left = new CountDownLatch(running.size());
        for (Server server : running) {
            Thread thread = threads("standalone-stop").newThread(() -> {
                try {
                    server.stop();
                } finally {
                    left.countDown();
                }
            });
            thread.start();
        }
        try {
            if (!left.await(30, TimeUnit.SECONDS)) {
                log.warn("The own servers did not all stop within 30 s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static java.util.concurrent.ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    static int[] freePorts() {
        int[] ports = new int[4];
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < ports.length; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                held.add(socket);
                ports[i] = socket.getLocalPort();
            }
            return ports;
        } catch (IOException failure) {
            throw new StartupFailure("No free port on 127.0.0.1: " + failure.getMessage() + ".", failure);
        } finally {
            for (ServerSocket socket : held) {
                try {
                    socket.close();
                } catch (IOException ignored) {
                    // Then its port cannot be bound, and the server says so.
                }
            }
        }
    }
}
