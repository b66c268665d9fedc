package ai.recruit.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as its user meets it: one process, started, stopped, killed and started wrongly. */
class ServiceProcessTests {

    @TempDir
    private Path folder;

    private ServiceProcess start(String... settings) throws Exception {
        Map<String, String> environment =
                new HashMap<>(Map.of("RECRUIT_DATA_DIR", folder.resolve("data").toString()));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return ServiceProcess.start(folder, environment);
    }

    private void failsWith(ServiceProcess service, String... words) throws Exception {
        int exit = service.exitCode();
        List<String> lines = service.err().lines().toList();
        assertThat(lines).as(service.out()).hasSize(1);
        assertThat(lines.get(0)).startsWith("Recruit.ai cannot start: ").contains(words);
        assertThat(service.out()).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(exit).isEqualTo(1);
    }

    /** One life of a data folder, told in one test because each start takes seconds. */
    @Test
    void keepsItsDataThroughAKillAndStopsCleanly() throws Exception {
        Path data = folder.resolve("data");
        try (ServiceProcess service = start().awaitReady()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve("credentials.properties"))))
                    .isEqualTo("rw-------");
            sql("create table kept (word text)");
            sql("insert into kept values ('still here')");

            failsWith(start(), "Another instance works on the data folder", "RECRUIT_DATA_DIR");

            service.process().destroyForcibly();
            service.process().waitFor();
            assertThat(servers(data)).as("orphans of the killed service").isPositive();
        }
        ServiceProcess again = start().awaitReady();
        assertThat(query("select word from kept")).isEqualTo("still here");
        again.process().destroy();
        assertThat(again.exitCode()).isEqualTo(143);
        assertThat(servers(data)).as("servers left").isZero();
        assertThat(data.resolve("postgresql").resolve("postmaster.pid")).doesNotExist();
        assertThat(Files.readString(data.resolve("logs").resolve("postgresql.log")))
                .doesNotContain("PANIC");
    }

    @Test
    void namesATakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(0));
            String port = Integer.toString(taken.getLocalPort());
            ServiceProcess main = start("PORT", port);
            ServiceProcess management = start("MANAGEMENT_PORT", port);
            failsWith(main, "Port " + port, " PORT ");
            failsWith(management, "Port " + port, "MANAGEMENT_PORT");
        }
    }

    @Test
    void namesADataFolderThatIsNone() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        ServiceProcess isFile = start("RECRUIT_DATA_DIR", file.toString());
        ServiceProcess belowFile =
                start("RECRUIT_DATA_DIR", file.resolve("data").toString());
        failsWith(isFile, file + " is a file", "RECRUIT_DATA_DIR");
        failsWith(belowFile, file.toString(), "RECRUIT_DATA_DIR");
    }

    @Test
    void namesABadAddressWithoutItsPassword() throws Exception {
        ServiceProcess database = start("DATABASE_URL", "mysql://me:secret@host/db");
        ServiceProcess redis = start("REDIS_URL", "http://:secret@host");
        failsWith(database, "DATABASE_URL", "postgresql://user:password@host:5432/database");
        failsWith(redis, "REDIS_URL", "redis://");
        assertThat(database.err() + redis.err()).doesNotContain("secret");
    }

    @Test
    void namesAPlatformItHasNoServersFor() throws Exception {
        ServiceProcess service = ServiceProcess.start(
                folder, Map.of("RECRUIT_DATA_DIR", folder.resolve("data").toString()), "-Dos.arch=s390x");
        failsWith(service, "linux-s390x", "DATABASE_URL and REDIS_URL");
    }

    private static long servers(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(data + "/bin/"))
                        .isPresent())
                .count();
    }

    private void sql(String text) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private String query(String text) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(text)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection connect() throws Exception {
        Path data = folder.resolve("data");
        Properties credentials = new Properties();
        try (InputStream in = Files.newInputStream(data.resolve("credentials.properties"))) {
            credentials.load(in);
        }
        String port = Files.readAllLines(data.resolve("postgresql").resolve("postmaster.pid"))
                .get(3)
                .trim();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/recruit", "recruit", credentials.getProperty("postgresql"));
    }
}
