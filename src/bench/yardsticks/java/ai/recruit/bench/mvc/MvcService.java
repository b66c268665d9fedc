package ai.recruit.bench.mvc;

import ai.recruit.bench.yardstick.Answers;
import ai.recruit.bench.yardstick.Door;
import ai.recruit.bench.yardstick.Settings;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The point reads of the service, as one writes them with Spring MVC, JDBC and a thread for each request: behind Spring
 * Security and with Micrometer's metrics, like the service.
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
    SecurityFilterChain chain(HttpSecurity http, Door door, Answers answers) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(Answers.POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .addFilterAt(new DoorFilter(door, answers), AuthorizationFilter.class)
                .build();
    }

    @Bean
    SecurityObservationSettings filtersUnobserved() {
        return SecurityObservationSettings.noObservations();
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
