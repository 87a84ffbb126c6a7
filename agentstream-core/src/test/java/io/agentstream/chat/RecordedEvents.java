package io.agentstream.chat;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingToken;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Keeps every event it is told. */
public final class RecordedEvents implements StreamListener {

  private final List<ChatEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void onEvent(ChatEvent event) {
    events.add(event);
  }

  public List<ChatEvent> all() {
    return events;
  }

  public List<String> types() {
    return events.stream().map(ChatEvent::type).toList();
  }

  public <T extends ChatEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  public <T extends ChatEvent> T only(Class<T> type) {
    List<T> found = of(type);
    if (found.size() != 1) {
      throw new AssertionError("Expected one " + type.getSimpleName() + ", found " + found);
    }
    return found.get(0);
  }

  public String tokensOf(String messageId) {
    return of(StreamingToken.class).stream()
        .filter(token -> token.messageId().equals(messageId))
        .map(StreamingToken::token)
        .collect(Collectors.joining());
  }
}
