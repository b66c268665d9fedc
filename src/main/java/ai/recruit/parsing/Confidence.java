package ai.recruit.parsing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a whole resume was read rightly, made of the confidence of its values: the mean of what a reader looks for
 * first. These are the name, a way to get in touch, jobs (employer, position and dates of each), schools (institution and
 * degree of each) and skills. What a resume must say and does not counts as 0: name, contact, and one at least of jobs,
 * schools and skills; so does a gap in a job or school.
 */
final class Confidence {

    private static final List<String> OF_A_JOB = List.of("company", "position", "start_date", "end_date");
    private static final List<String> OF_A_SCHOOL = List.of("institution", "degree");

    private final Map<String, Integer> byPath = new HashMap<>();
    private long sum;
    private int count;

    private Confidence(List<Evidence> evidence) {
        evidence.forEach(value -> byPath.putIfAbsent(value.path(), value.confidence()));
    }

    /** In basis points, rounded half up. */
    static int of(List<Evidence> evidence, int jobs, int schools, int skills) {
        Confidence confidence = new Confidence(evidence);
        confidence.add(confidence.at("/personal_info/name"));
        confidence.add(Math.max(
                confidence.at("/personal_info/emails/0"),
                Math.max(
                        confidence.at("/personal_info/phones/0/e164"),
                        confidence.at("/personal_info/phones/0/printed"))));
        if (jobs + schools + skills == 0) {
            confidence.add(0);
        }
        confidence.entries("/experience/", jobs, OF_A_JOB);
        confidence.entries("/education/", schools, OF_A_SCHOOL);
        if (skills > 0) {
            long all = 0;
            for (int i = 0; i < skills; i++) {
                all += confidence.at("/skills/" + i + "/name");
            }
            confidence.add((all + skills / 2) / skills);
        }
        return (int) ((confidence.sum + confidence.count / 2) / confidence.count);
    }

    private void entries(String path, int entries, List<String> keys) {
        if (entries == 0) {
            return;
        }
        long all = 0;
        for (int i = 0; i < entries; i++) {
            for (String key : keys) {
                all += at(path + i + "/" + key);
            }
        }
        long values = (long) entries * keys.size();
        add((all + values / 2) / values);
    }

    private int at(String path) {
        return byPath.getOrDefault(path, 0);
    }

    private void add(long confidence) {
        sum += confidence;
        count++;
    }
}
