package ai.recruit.matching;

import java.util.List;

/**
 * How well a candidate fits a job. All scores are basis points, 0 to 10000.
 *
 * @param total the weighted mean of the parts
 * @param matchingSkills what the job asks for and the candidate has, in the job's order
 * @param missingSkills what the job asks for and the candidate does not name
 * @param explanation the evidence in words
 */
record Score(
        int total,
        int skills,
        int experience,
        int education,
        int location,
        List<String> matchingSkills,
        List<String> missingSkills,
        String explanation) {}
