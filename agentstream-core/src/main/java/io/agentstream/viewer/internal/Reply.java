package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.internal.OnceAMinute;
import io.agentstream.journal.UnavailableException;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ProtocolException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request, including its failures.
 *
 * @param requestId the request's frame id; null if it has none
 */
record Reply(Screen screen, @Nullable String requestId) {

  private static final Logger log = LoggerFactory.getLogger(Reply.class);
  private static final OnceAMinute WARNED = new OnceAMinute();

  void answer(ControlFrame frame) {
    screen.answer(frame, requestId);
  }

  void refuse(Refusal refusal) {
    refuse(refusal.code(), refusal.message());
  }

  void refuse(ErrorCode code, String message) {
    screen.refuse(code, message, requestId);
  }

  void viewsEnough() {
    refuse(
        ErrorCode.LIMIT_EXCEEDED,
        "The connection views as many conversations as it may: leave one.");
  }

  /** Gives the same answer for what is not there and for what the user may not see. */
  void notFound() {
    failed(noSuchConversation());
  }

  /** Returns the same answer as a failure. */
  static ProtocolException noSuchConversation() {
    return new ProtocolException(ErrorCode.NOT_FOUND, Right.NO_SUCH_CONVERSATION, null);
  }

  /** Calls {@code then} with what the stage gives, and answers if either fails. */
  <T> CompletionStage<Void> whenDone(CompletionStage<T> stage, Consumer<T> then) {
    return stage
        .thenAccept(then)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                failed(failure);
              }
            });
  }

  void failed(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof RefusedException refused) {
      refuse(refused.refusal());
      return;
    }
    if (cause instanceof ProtocolException refused) {
      refuse(refused.code(), refused.reason());
      return;
    }
    if (cause instanceof UnavailableException) {
      String reason = String.valueOf(cause.getMessage());
      // Once a minute for each reason, because a store that is away fails the commands of all.
      if (WARNED.isDue(reason)) {
        log.warn("A command could not be carried out: {}", reason);
      }
      refuse(ErrorCode.UNAVAILABLE, "The server cannot do this just now; try again.");
    } else {
      log.error("A command failed by a defect", failure);
      refuse(ErrorCode.INTERNAL, "The command failed by a defect.");
    }
  }
}
