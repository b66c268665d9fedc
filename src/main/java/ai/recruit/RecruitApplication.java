package ai.recruit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RecruitApplication {

    /** Netty notes where some of its buffers were made, for those who look for leaks; the tests leave that on. */
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    public static void main(String[] args) {
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
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
