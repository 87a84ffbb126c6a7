package io.agentstream.hub;

/** Says what is wrong with an agent or a team that a user has made. */
public final class InvalidDefinitionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean tooMuch;

  private InvalidDefinitionException(String message, boolean tooMuch) {
    super(message, null, false, false);
    this.tooMuch = tooMuch;
  }

  /**
   * Returns the exception for a mistake.
   *
   * @param message the place and the remedy, for the user; holds no secret
   */
  public static InvalidDefinitionException wrong(String message) {
    return new InvalidDefinitionException(message, false);
  }

  /**
   * Returns the exception for a definition that is over a limit.
   *
   * @param message the limit, for the user
   */
  public static InvalidDefinitionException tooMuch(String message) {
    return new InvalidDefinitionException(message, true);
  }

  /** Returns true if a limit is exceeded. */
  public boolean isTooMuch() {
    return tooMuch;
  }

  /** Returns the place and the remedy. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
