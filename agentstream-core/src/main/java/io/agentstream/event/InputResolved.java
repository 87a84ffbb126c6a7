package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The end of a question to a person.
 *
 * @param requestId the question's id
 * @param by how the question ended
 * @param author the person who answered, or who skipped the turn of the one who was asked; null if
 *     nobody did, or nobody is known
 */
public record InputResolved(String requestId, By by, @Nullable Author author) implements ChatEvent {

  /** Creates the end of a question that no known person answered. */
  public InputResolved(String requestId, By by) {
    this(requestId, by, null);
  }

  /** The ways in which a question can end. */
  public enum By {
    /** A person answered. */
    USER,
    /** Nobody answered in time. */
    TIMEOUT,
    /** The answer is no longer needed. */
    STOPPED
  }

  @Override
  public String type() {
    return "input_resolved";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onInputResolved(this);
  }
}
