package io.agentstream.chat.context;

import io.agentstream.event.NewMessage;
import java.util.ArrayList;
import java.util.List;

/** What stands where messages are left out. */
final class Gap {

  private Gap() {}

  /** Both, with a note between where {@code left} messages are in neither. */
  static List<Utterance> between(List<Utterance> head, int left, List<Utterance> tail) {
    List<Utterance> view = new ArrayList<>(head);
    if (left > 0) {
      view.add(note("note", "Messages left out here: " + left + "."));
    }
    view.addAll(tail);
    return view;
  }

  /** Something that nobody in the conversation said. */
  static Utterance note(String sender, String text) {
    return Utterance.of(new NewMessage("", NewMessage.Role.USER, sender, text, 0));
  }
}
