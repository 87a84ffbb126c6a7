package io.agentstream.http.agui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Writes open questions as the interrupts at the end of a run. */
final class Interrupts {

  private Interrupts() {}

  /** Adds the outcome of a run that waits for people. */
  static void addTo(ObjectNode runFinished, Collection<InputRequested> questions) {
    ObjectNode outcome = runFinished.putObject("outcome").put("type", "interrupt");
    var interrupts = outcome.putArray("interrupts");
    questions.forEach(question -> write(question, interrupts.addObject()));
  }

  private static void write(InputRequested question, ObjectNode interrupt) {
    interrupt.put("id", question.requestId());
    interrupt.put("reason", question.kind().name().toLowerCase(Locale.ROOT));
    interrupt.put("message", question.prompt());
    if (question.messageId() != null && question.callId() != null) {
      interrupt.put("toolCallId", ThreadMessages.callId(question.messageId(), question.callId()));
    }
    interrupt.put("expiresAt", question.expiresAt());
    ObjectNode schema = interrupt.putObject("responseSchema").put("type", "string");
    List<String> choices = question.choices();
    if (choices != null) {
      var values = schema.putArray("enum");
      choices.forEach(values::add);
    }
    if (question.agentName() != null) {
      interrupt.putObject("metadata").put("agent", question.agentName());
    } else if (question.person() != null) {
      interrupt.putObject("metadata").put("person", question.person());
    }
  }

  /** Returns the answer that a cancelled question gets, as far as it has one. */
  static String cancelled(InputKind kind) {
    return switch (kind) {
      case APPROVAL -> "deny";
      case INTERRUPTED_CALL -> "not_happened";
      case TEXT, SPEAKER -> "";
    };
  }
}
