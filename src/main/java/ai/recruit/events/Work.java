package ai.recruit.events;

/**
 * A piece of work that the relay handed to a queue.
 *
 * @param eventId the id of the event that asked for it, unique in the log
 * @param queue the queue
 * @param type the event's type
 * @param subject the public id of what the work is about
 * @param data the event's details as JSON text
 */
public record Work(long eventId, String queue, String type, String subject, String data) {}
