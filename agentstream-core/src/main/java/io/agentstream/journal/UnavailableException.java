package io.agentstream.journal;

/**
 * Thrown if the shared store cannot be reached or another node does not answer; a retry may
 * succeed.
 */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message the unreachable part; not shown to viewers
   */
  public UnavailableException(String message) {
    super(message);
  }
}
