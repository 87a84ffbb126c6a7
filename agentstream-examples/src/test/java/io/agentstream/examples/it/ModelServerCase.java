package io.agentstream.examples.it;

import io.agentstream.event.ErrorCause;
import io.agentstream.test.StubAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model server's bytes, and the viewers' result.
 *
 * @param what in a few words
 * @param answers to the first request and those that follow; the last one to all others too
 * @param text what the agent says; null if that is not told
 * @param thinking what it thinks
 * @param cause why there is no answer; null if there is one
 * @param asked how often the server is asked
 */
record ModelServerCase(
    String what,
    List<StubAnswer> answers,
    @Nullable String text,
    String thinking,
    @Nullable ErrorCause cause,
    int asked) {

  /** An answer that people get, whatever its form. */
  static ModelServerCase says(String what, String text, StubAnswer... answers) {
    return new ModelServerCase(what, List.of(answers), text, "", null, answers.length);
  }

  /** No answer, and asking again cannot help. */
  static ModelServerCase fails(String what, ErrorCause cause, StubAnswer... answers) {
    return new ModelServerCase(what, List.of(answers), null, "", cause, 1);
  }

  /** An answer with thinking beside it. */
  ModelServerCase thinking(String thought) {
    return new ModelServerCase(what, answers, text, thought, cause, asked);
  }

  /** Asking again may help: it is asked three times. */
  ModelServerCase askedAgain() {
    return new ModelServerCase(what, answers, text, thinking, cause, 3);
  }
}
