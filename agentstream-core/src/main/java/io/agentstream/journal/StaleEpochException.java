package io.agentstream.journal;

/** Thrown if a later epoch of the conversation has superseded the writer's. */
public final class StaleEpochException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public StaleEpochException(String conversationId, long epoch, long latest) {
    super(
        "Conversation "
            + conversationId
            + ": epoch "
            + epoch
            + " may not write, the latest is "
            + latest);
  }
}
