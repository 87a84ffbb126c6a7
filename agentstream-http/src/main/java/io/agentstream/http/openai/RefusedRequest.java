package io.agentstream.http.openai;

import org.jspecify.annotations.Nullable;

/** Reports that a request is not one that a door can answer. */
final class RefusedRequest extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient OpenAiError error;

  RefusedRequest(OpenAiError error) {
    super(error.message());
    this.error = error;
  }

  /** Refuses a value. */
  static RefusedRequest invalid(@Nullable String param, String message) {
    return new RefusedRequest(OpenAiError.invalid("invalid_value", param, message));
  }

  OpenAiError error() {
    return error;
  }
}
