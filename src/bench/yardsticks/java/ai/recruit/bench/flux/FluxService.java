package ai.recruit.bench.flux;

import ai.recruit.bench.yardstick.Answers;
import ai.recruit.bench.yardstick.Door;
import ai.recruit.bench.yardstick.Reader;
import ai.recruit.bench.yardstick.Settings;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * The smaller of the point reads on what the service is built on and nothing else: WebFlux on Reactor Netty with one filter
 * and one method, r2dbc-pool and r2dbc-postgresql. It makes the checks of the other yardsticks and has no firewall, no
 * rules, no metrics and no second endpoint. What the service takes beyond this is its own.
 */
@Configuration
@EnableWebFlux
public class FluxService {

    private static final Settings SETTINGS = Settings.read();

    public static void main(String[] arguments) {
        var context = new AnnotationConfigApplicationContext(FluxService.class, WishesController.class);
        HttpServer.create()
                .host("127.0.0.1")
                .port(SETTINGS.port())
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build()))
                .bindNow()
                .onDispose()
                .block();
    }

    @Bean
    WebFilter door() {
        Door door = new Door(SETTINGS.keys());
        Answers answers = new Answers(SETTINGS.rate());
        return (exchange, chain) -> {
            HttpHeaders headers = exchange.getResponse().getHeaders();
            Answers.fixed(Answers.requestId(), headers::set);
            Reader reader = door.enter(exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
            if (reader == null) {
                return refused(exchange, HttpStatus.UNAUTHORIZED);
            }
            if (!answers.admit(headers::set)) {
                return refused(exchange, HttpStatus.TOO_MANY_REQUESTS);
            }
            exchange.getAttributes().put("reader", reader);
            return chain.filter(exchange);
        };
    }

    private static Mono<Void> refused(ServerWebExchange exchange, HttpStatus status) {
        exchange.getResponse().setStatusCode(status);
        return exchange.getResponse().setComplete();
    }

    @Bean
    ConnectionPool database() {
        PostgresqlConnectionFactory connections =
                new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                        .host(SETTINGS.database().getHost())
                        .port(SETTINGS.database().getPort())
                        .database(SETTINGS.databaseName())
                        .username(SETTINGS.user())
                        .password(SETTINGS.password())
                        .options(Map.of("role", "recruit_app"))
                        .forceBinary(true)
                        .loopResources(LoopResources.create("database", 1, 3, true, false))
                        .build());
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(connections)
                .initialSize(16)
                .maxSize(16)
                .build());
        pool.warmup().block();
        return pool;
    }
}
