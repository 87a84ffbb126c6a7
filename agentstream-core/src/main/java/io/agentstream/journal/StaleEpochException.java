package io.agentstream.journal;

/** Refuses a writer whose incarnation of a conversation has been superseded. */
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
