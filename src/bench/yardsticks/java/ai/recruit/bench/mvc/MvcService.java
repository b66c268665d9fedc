package ai.recruit.bench.mvc;

import ai.recruit.bench.yardstick.Answers;
import ai.recruit.bench.yardstick.Door;
import ai.recruit.bench.yardstick.Settings;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * The point reads of the service, as one writes them with Spring MVC, JDBC and a thread for each request: behind a
 * filter with Spring Security's firewall and with Micrometer's metrics, like the service.
 */
@SpringBootApplication
public class MvcService {

    private static final Settings SETTINGS = Settings.read();

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(MvcService.class);
        application.setDefaultProperties(Map.of(
                "server.port", SETTINGS.port(),
                "server.address", "127.0.0.1",
                "server.tomcat.max-keep-alive-requests", "-1",
                "spring.jackson.property-naming-strategy", "SNAKE_CASE",
                "logging.level.root", "warn"));
        application.run(arguments);
    }

    @Bean
    Door door() {
        return new Door(SETTINGS.keys());
    }

    @Bean
    Answers answers() {
        return new Answers(SETTINGS.rate());
    }

    @Bean
    HikariDataSource dataSource() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:postgresql://" + SETTINGS.database().getHost() + ":"
                + SETTINGS.database().getPort() + "/" + SETTINGS.databaseName() + "?options=-c%20role=recruit_app");
        pool.setUsername(SETTINGS.user());
        pool.setPassword(SETTINGS.password());
        pool.setMaximumPoolSize(16);
        return pool;
    }
}
