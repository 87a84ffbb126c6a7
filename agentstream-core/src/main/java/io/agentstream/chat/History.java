package io.agentstream.chat;

import io.agentstream.chat.context.Utterance;
import io.agentstream.event.NewMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The history of messages and tool calls. Used in the conversation's serial order only. */
final class History {

  private final List<Utterance> utterances = new ArrayList<>();

  void add(Utterance utterance) {
    utterances.add(utterance);
  }

  int size() {
    return utterances.size();
  }

  List<Utterance> utterances() {
    return List.copyOf(utterances);
  }

  /** Returns all entries except those from {@code from} on and before {@code to}. */
  List<Utterance> without(int from, int to) {
    List<Utterance> rest = new ArrayList<>(utterances);
    if (from < to) {
      rest.subList(from, to).clear();
    }
    return List.copyOf(rest);
  }

  /** Returns people's messages from an index on in the form for models; empty if there is none. */
  String saidByPeople(int index) {
    return utterances.subList(Math.min(index, utterances.size()), utterances.size()).stream()
        .filter(said -> said.message().role() == NewMessage.Role.USER)
        .map(Utterance::asShownToOthers)
        .collect(Collectors.joining("\n\n"));
  }

  /** Returns the messages; turns that only called tools have none. */
  List<NewMessage> messages() {
    return messagesFrom(0);
  }

  List<NewMessage> messagesFrom(int index) {
    return utterances.subList(index, utterances.size()).stream()
        .filter(utterance -> !utterance.saysNothing())
        .map(Utterance::message)
        .toList();
  }
}
