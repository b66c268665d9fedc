package ai.recruit.matching;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The index that rankings are made from.
 *
 * @param enabled whether this node keeps one
 * @param maxRows of candidates, and of jobs; with more, the node gives its memory back and ranks nothing
 * @param patience how long a ranking waits for an index that is not loaded yet
 */
@ConfigurationProperties("recruit.ranking")
record RankingProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("2000000") int maxRows,
        @DefaultValue("5s") Duration patience) {}
