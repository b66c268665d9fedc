package ai.recruit.interview;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An interview whose questions have just been chosen. */
record NewInterview(
        UUID id,
        UUID ownerId,
        UUID candidateId,
        @Nullable String candidateName,
        UUID positionId,
        String positionTitle,
        QuestionSelection.Wanted wanted,
        List<Question> questions) {

    int totalMinutes() {
        return questions.stream().mapToInt(Question::estimatedDurationMinutes).sum();
    }
}
