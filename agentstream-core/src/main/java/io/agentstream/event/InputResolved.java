package io.agentstream.event;

/**
 * The end of a question to a person.
 *
 * @param requestId the question's id
 * @param by how the question ended
 */
public record InputResolved(String requestId, By by) implements ChatEvent {

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
