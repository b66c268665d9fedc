package ai.recruit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RecruitApplication {

    public static void main(String[] args) {
        try {
            SpringApplication.run(RecruitApplication.class, args);
        } catch (SpringApplication.AbandonedRunException askedFor) {
            throw askedFor;
        } catch (RuntimeException | Error failure) {
            // StartupFailureReporter has told why. Servers that run already must not keep the process alive.
            System.exit(1);
        }
    }
}
