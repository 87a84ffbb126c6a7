package io.agentstream.chat.context;

import io.agentstream.event.NewMessage;
import java.util.ArrayList;
import java.util.List;

/** The note in place of messages that are left out. */
final class Gap {

  private Gap() {}

  /** Returns both lists, with a note between them if {@code left} messages are in neither. */
  static List<Utterance> between(List<Utterance> head, int left, List<Utterance> tail) {
    List<Utterance> view = new ArrayList<>(head);
    if (left > 0) {
      view.add(note("note", "Messages left out here: " + left + "."));
    }
    view.addAll(tail);
    return view;
  }

  /** Returns a note, which nobody in the conversation said. */
  static Utterance note(String sender, String text) {
    return Utterance.of(new NewMessage("", NewMessage.Role.USER, sender, text, 0));
  }
}
