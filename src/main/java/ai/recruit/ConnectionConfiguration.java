package ai.recruit;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.Delay;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** How the service uses its servers, wherever they are. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    /**
     * The database driver's own event loops. On those of the web server a connection would be tied to the loop that has
     * opened it, and after a quiet start nearly all work ends up on one or two threads. Daemon threads, one set for the
     * process, so never disposed of.
     */
    private static final LoopResources DATABASE_LOOPS =
            LoopResources.create("database", 1, oddNumberOfLoops(), true, false);

    /** Opening a connection takes two turns of the round-robin, so an even number would leave every second loop idle. */
    private static int oddNumberOfLoops() {
        return Math.max(3, Runtime.getRuntime().availableProcessors() | 1);
    }

    /**
     * As many event loops for the web as there are processors, and not the four at least that Reactor Netty starts: on a small
     * machine more loops only take turns, each with less to do when its turn comes.
     */
    @Bean
    ReactorResourceFactory webLoops() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResourcesSupplier(() ->
                LoopResources.create("web", Math.max(2, Runtime.getRuntime().availableProcessors()), true));
        return resources;
    }

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer databaseLoops() {
        return options -> options.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, DATABASE_LOOPS);
    }

    /** While Redis is away its commands fail at once, and it is tried again at least every second. */
    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(Duration.ofSeconds(1)))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(1))
                        .keepAlive(true)
                        .build());
    }

    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources -> resources.reconnectDelay(
                Delay.fullJitter(Duration.ofMillis(50), Duration.ofSeconds(1), 50, TimeUnit.MILLISECONDS));
    }
}
