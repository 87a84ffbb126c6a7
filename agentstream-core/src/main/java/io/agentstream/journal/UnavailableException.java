package io.agentstream.journal;

/** What the nodes share cannot be reached, or the node that is asked does not answer; try again. */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is out of reach; not shown to viewers
   */
  public UnavailableException(String message) {
    super(message);
  }
}
