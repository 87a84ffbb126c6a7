package io.agentstream.spring;

import org.jspecify.annotations.Nullable;

/** A mistake in the application's beans or properties; its message names the remedy. */
final class StartFailure extends IllegalStateException {

  private static final long serialVersionUID = 1;

  StartFailure(String message) {
    this(message, null);
  }

  StartFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
