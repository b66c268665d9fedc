package ai.recruit.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the file storage.
 *
 * @param directory where files lie
 */
@ConfigurationProperties("recruit.storage")
record StorageProperties(Path directory) {}
