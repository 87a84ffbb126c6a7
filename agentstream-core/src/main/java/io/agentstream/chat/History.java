package io.agentstream.chat;

import io.agentstream.chat.context.Utterance;
import io.agentstream.event.NewMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The history of messages and tool calls. Used in the conversation's serial order only. */
final class History {

  private final GrowingList<Utterance> utterances = new GrowingList<>();
  private final GrowingList<NewMessage> messages = new GrowingList<>();

  void add(Utterance utterance) {
    utterances.add(utterance);
    if (!utterance.saysNothing()) {
      messages.add(utterance.message());
    }
  }

  int size() {
    return utterances.size();
  }

  List<Utterance> utterances() {
    return utterances.view();
  }

  /** Returns all entries except those from {@code from} on and before {@code to}. */
  List<Utterance> without(int from, int to) {
    if (from >= to) {
      return utterances.view();
    }
    List<Utterance> rest = new ArrayList<>(utterances.view());
    rest.subList(from, to).clear();
    return List.copyOf(rest);
  }

  /** Returns people's messages from an index on in the form for models; empty if there is none. */
  String saidByPeople(int index) {
    return from(index).stream()
        .filter(said -> said.message().role() == NewMessage.Role.USER)
        .map(Utterance::asShownToOthers)
        .collect(Collectors.joining("\n\n"));
  }

  /** Returns the messages; turns that only called tools have none. */
  List<NewMessage> messages() {
    return messages.view();
  }

  List<NewMessage> messagesFrom(int index) {
    return index == 0
        ? messages.view()
        : from(index).stream()
            .filter(utterance -> !utterance.saysNothing())
            .map(Utterance::message)
            .toList();
  }

  private List<Utterance> from(int index) {
    List<Utterance> all = utterances.view();
    return all.subList(Math.min(index, all.size()), all.size());
  }
}
