package io.agentstream.state;

/**
 * Thrown if a document is not a conversation's state, or not one that this version can read. The
 * message names the place and the remedy. It contains nothing of the document, which may be
 * confidential.
 */
public final class StateFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StateFormatException(String message) {
    super(message);
  }
}
