package io.agentstream.state;

/**
 * A document is no conversation's state, or none that this version reads; the message tells where
 * and what to do. It holds nothing of the document, which may be confidential.
 */
public final class StateFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StateFormatException(String message) {
    super(message);
  }
}
