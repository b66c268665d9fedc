package ai.recruit.bench;

import ai.recruit.RecruitApplication;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * How long an event takes from its commit to a client that listens over SSE, beside the yardstick of the same run: a
 * message from a publisher to a subscriber of the same Redis.
 *
 * <p>Arguments: samples (3000).
 */
public final class ProgressBench {

    private static final int WARM_UP = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ProgressBench() {}

    public static void main(String[] arguments) throws Exception {
        int samples = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3_000;
        Path data = Files.createTempDirectory("progress-bench");
        int port = ServiceProcess.freePort();
        try (ConfigurableApplicationContext service = new SpringApplication(RecruitApplication.class)
                .run(
                        "--server.port=" + port,
                        "--management.server.port=" + ServiceProcess.freePort(),
                        "--recruit.data-dir=" + data,
                        "--RECRUIT_ADMIN_EMAIL=" + ServiceProcess.ADMIN,
                        "--RECRUIT_ADMIN_PASSWORD=" + ServiceProcess.PASSWORD,
                        "--logging.level.root=WARN")) {
            Recruiter recruiter = Recruiter.register("http://127.0.0.1:" + port, "rita@drill.example");
            Percentiles redis = redis(service, samples);
            Percentiles progress = progress(service, recruiter, samples);
            System.out.printf("samples                        %d%n", samples);
            System.out.printf(
                    "Redis publish to subscriber    p50 %.2f ms  p99 %.2f ms  max %.2f ms%n",
                    redis.p50(), redis.p99(), redis.max());
            System.out.printf(
                    "commit to SSE client           p50 %.2f ms  p99 %.2f ms  max %.2f ms%n",
                    progress.p50(), progress.p99(), progress.max());
            double allowed = 3 * redis.p99() + 10;
            System.out.printf(
                    "aim: p99 at most 3 x Redis p99 + 10 ms = %.2f ms: %s (%.2f of it)%n",
                    allowed, progress.p99() <= allowed ? "met" : "MISSED", progress.p99() / allowed);
        }
        System.exit(0);
    }

    private static Percentiles redis(ConfigurableApplicationContext service, int samples) throws InterruptedException {
        ReactiveStringRedisTemplate redis = service.getBean(ReactiveStringRedisTemplate.class);
        BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        Disposable listening =
                redis.listenToChannel("bench").subscribe(message -> arrivals.add(System.nanoTime()), failure -> {});
        Mono<Long> publish = redis.convertAndSend("bench", "x");
        while (Long.valueOf(0).equals(publish.block(PATIENCE))) {
            LockSupport.parkNanos(1_000_000);
        }
        arrivals.poll(5, TimeUnit.SECONDS);
        long[] nanos = new long[samples];
        for (int i = -WARM_UP; i < samples; i++) {
            long from = System.nanoTime();
            Long reached = publish.block(PATIENCE);
            long took = arrival(arrivals) - from;
            if (reached == null || reached != 1) {
                throw new IllegalStateException("There is more than the one subscriber: " + reached);
            }
            if (i >= 0) {
                nanos[i] = took;
            }
            LockSupport.parkNanos(1_000_000);
        }
        listening.dispose();
        return Percentiles.of(nanos);
    }

    private static Percentiles progress(ConfigurableApplicationContext service, Recruiter recruiter, int samples)
            throws InterruptedException {
        Events events = service.getBean(Events.class);
        TenantTransactions transactions = service.getBean(TenantTransactions.class);
        BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        Disposable listening = recruiter
                .http()
                .get()
                .uri("/api/events?types=bench.happened")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .filter(event -> event.data() != null)
                .subscribe(event -> arrivals.add(System.nanoTime()), failure -> {});
        UUID nobody = UUID.randomUUID();
        Mono<Void> append = transactions.mono(
                Tenant.account(nobody),
                () -> events.append(NewEvent.common("bench.happened", "bench", Map.of("step", "extracted"))));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (arrivals.isEmpty() && System.nanoTime() < deadline) {
            append.block(PATIENCE);
            LockSupport.parkNanos(200_000_000);
        }
        arrivals.clear();
        long[] nanos = new long[samples];
        for (int i = -WARM_UP; i < samples; i++) {
            append.block(PATIENCE);
            long committed = System.nanoTime();
            // The event may be there before the committer's own thread has heard of its commit.
            long took = Math.max(0, arrival(arrivals) - committed);
            if (i >= 0) {
                nanos[i] = took;
            }
            LockSupport.parkNanos(1_000_000);
        }
        listening.dispose();
        return Percentiles.of(nanos);
    }

    private static long arrival(BlockingQueue<Long> arrivals) throws InterruptedException {
        Long at = arrivals.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (at == null) {
            throw new IllegalStateException("Nothing has arrived");
        }
        return at;
    }
}
