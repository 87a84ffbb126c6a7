package io.agentstream.tests.property;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.output.FinishReason;
import io.agentstream.event.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * One thing that happens to a random conversation. Numbers that name a call, a question and the
 * like count through those there are, again and again; where there is none nothing happens.
 */
sealed interface Action {

  /** The {@code call}th of those that have not ended sends text. */
  record Token(int call, String text) implements Action {
    @Override
    public String toString() {
      StringBuilder escaped = new StringBuilder();
      text.chars()
          .forEach(
              c -> escaped.append(c < 128 ? String.valueOf((char) c) : "\\u%04X".formatted(c)));
      return "Token[call=" + call + ", text=" + escaped + "]";
    }
  }

  record Thinking(int call, String text) implements Action {}

  record CallTool(int call, String name) implements Action {}

  record Complete(int call, Finish finish, boolean counted) implements Action {}

  record Fail(int call, Failure failure) implements Action {}

  /** The {@code call}th of all calls ever made, mostly over, says something. */
  record Late(int call, Sound sound) implements Action {}

  /** Somebody says something. */
  record Say(int person, Delivery when) implements Action {}

  /** Somebody changes or withdraws one of the messages that ever waited. */
  record EditQueued(int message) implements Action {}

  record WithdrawQueued(int message) implements Action {}

  /** By a command, or by a message. */
  record CallOn(int agent, boolean message) implements Action {}

  /** Somebody mutes, unmutes, removes, brings back or adds a participant. */
  record ChangeRoster(int agent, Change change) implements Action {}

  /** Twice with one id. */
  record SayTwice() implements Action {}

  record Stop() implements Action {}

  record StopSpeaker(int message) implements Action {}

  record StopAllSpeakers() implements Action {}

  record Pause() implements Action {}

  record Unpause() implements Action {}

  record Answer(int question, int choice) implements Action {}

  record Advance(Duration time) implements Action {}

  /** The executor runs one task that it holds. */
  record RunTask(int task) implements Action {}

  enum Finish {
    STOP(FinishReason.STOP),
    LENGTH(FinishReason.LENGTH),
    TOOL_EXECUTION(FinishReason.TOOL_EXECUTION),
    CONTENT_FILTER(FinishReason.CONTENT_FILTER),
    OTHER(FinishReason.OTHER),
    MISSING(null);

    final FinishReason reason;

    Finish(FinishReason reason) {
      this.reason = reason;
    }
  }

  enum Change {
    MUTE,
    UNMUTE,
    REMOVE,
    BRING_BACK,
    ADD
  }

  enum Failure {
    BROKEN,
    RATE_LIMITED,
    REFUSED;

    Exception exception() {
      return switch (this) {
        case BROKEN -> new IOException("stubbed");
        case RATE_LIMITED -> new RateLimitException("stubbed");
        case REFUSED -> new AuthenticationException("stubbed");
      };
    }
  }

  enum Sound {
    TOKEN,
    THINKING,
    TOOL_PIECE,
    COMPLETION,
    TOOL_REQUEST,
    ERROR
  }

  /** Ready answers to a planner. */
  String GO_ON = "SATISFIED: no\nLOOP: no\nPROGRESS: yes\nNEXT: Ben\nINSTRUCTION: Go on.";

  String STUCK = "SATISFIED: no\nLOOP: yes\nPROGRESS: no\nNEXT: Ann\nINSTRUCTION: Go on.";
  String SATISFIED = "SATISFIED: yes";

  /** What models may send as a piece of text: whole characters, halves, nothing, names, plans. */
  List<String> PIECES =
      List.of(
          "a",
          "bc ",
          "",
          "Ann",
          "Ben",
          "\uD83D\uDE00",
          "\uD83D",
          "\uDE00",
          "x\uD83D",
          "\uDE00y",
          GO_ON,
          STUCK,
          SATISFIED);

  /** What models may call: tools that there are, always or under some selectors, and one never. */
  List<String> TOOLS =
      List.of(
          "look", "boom", "dare", "transfer_to_ann", "transfer_to_ben", "transfer_to_user", "none");
}
