package ai.recruit.kernel;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's path as the client wrote it, for example {@code jobs[3].title}
 * @param message what is wrong and what to do
 */
public record FieldProblem(String field, String message) {}
