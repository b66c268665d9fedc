package ai.recruit.person;

/**
 * What is held about a person under one heading.
 *
 * @param name the heading, a plural noun in snake case such as {@code notes}
 * @param json an array or object as JSON text
 */
public record Held(String name, String json) {}
