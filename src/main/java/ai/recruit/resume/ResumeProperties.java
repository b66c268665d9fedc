package ai.recruit.resume;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of resume intake and processing.
 *
 * @param maxFileSize of one resume; a bare number is bytes
 * @param maxArchiveSize of one ZIP of resumes
 * @param maxExpandedSize of everything in one ZIP
 * @param interactiveConcurrency how many single uploads this node works on at once
 * @param bulkConcurrency how many files of batches this node works on at once, most of them waiting to be written
 * @param documents how many documents are in memory at once, 0 for two per processor
 * @param lease how long a worker that is heard of no more keeps its work
 * @param attempts how often work is begun at most
 * @param retryPause before work that failed unexpectedly is begun again, times the number of attempts
 * @param parseTime the longest time for the text of one document
 * @param parseWait how long a request waits for the result of parsing
 * @param fetchNetworks networks besides the public ones that resumes may be fetched from, as {@code 10.1.0.0/16}
 */
@ConfigurationProperties("recruit.resumes")
record ResumeProperties(
        @DefaultValue("10485760") DataSize maxFileSize,
        @DefaultValue("512MB") DataSize maxArchiveSize,
        @DefaultValue("1GB") DataSize maxExpandedSize,
        @DefaultValue("16") int interactiveConcurrency,
        @DefaultValue("48") int bulkConcurrency,
        @DefaultValue("0") int documents,
        @DefaultValue("5s") Duration lease,
        @DefaultValue("3") int attempts,
        @DefaultValue("1s") Duration retryPause,
        @DefaultValue("8s") Duration parseTime,
        @DefaultValue("30s") Duration parseWait,
        @DefaultValue List<String> fetchNetworks) {

    int concurrency(Lane lane) {
        return lane == Lane.INTERACTIVE ? interactiveConcurrency : bulkConcurrency;
    }

    int documentsAtOnce() {
        return documents > 0 ? documents : 2 * Runtime.getRuntime().availableProcessors();
    }
}
