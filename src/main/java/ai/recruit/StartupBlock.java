package ai.recruit;

import ai.recruit.ServerAddresses.Surroundings;
import ai.recruit.kernel.StartupNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells the one who has started the service what to do next. */
@Component
class StartupBlock implements ApplicationListener<ApplicationReadyEvent> {

    private final Environment environment;
    private final Surroundings surroundings;
    private final ObjectProvider<StartupNotice> notices;

    StartupBlock(Environment environment, Surroundings surroundings, ObjectProvider<StartupNotice> notices) {
        this.environment = environment;
        this.surroundings = surroundings;
        this.notices = notices;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        String address = "http://localhost:" + environment.getProperty("local.server.port", "8000");
        List<String> lines = new ArrayList<>();
        double seconds = event.getTimeTaken() == null ? 0 : event.getTimeTaken().toMillis() / 1000.0;
        lines.add(String.format(Locale.ROOT, "Recruit.ai is ready after %.1f s", seconds));
        lines.add("  Address  " + address);
        lines.add("  Docs     " + address + "/docs");
        lines.add(
                "  Metrics  http://localhost:" + environment.getProperty("local.management.port", "9090") + "/metrics");
        lines.add("  Data     " + surroundings.data()
                + (surroundings.own().isEmpty()
                        ? ""
                        : " (own "
                                + String.join(
                                        ", ",
                                        surroundings.own().stream()
                                                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                                                .sorted()
                                                .toList())
                                + ")"));
        notices.orderedStream().forEach(notice -> notice.lines().forEach(line -> lines.add("  " + line)));
        lines.add("  Stop     Ctrl-C, or kill " + ProcessHandle.current().pid());
        System.out.println(String.join(System.lineSeparator(), lines));
    }
}
