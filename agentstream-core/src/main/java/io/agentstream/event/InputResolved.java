package io.agentstream.event;

/**
 * The conversation waits no more.
 *
 * @param requestId the request
 * @param by how it came to an end
 */
public record InputResolved(String requestId, By by) implements ChatEvent {

  /** How a request for input came to an end. */
  public enum By {
    /** A person answered. */
    USER,
    /** Nobody did, in time. */
    TIMEOUT,
    /** It is not needed any more. */
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
