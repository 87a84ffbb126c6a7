package io.agentstream.http.agui;

import java.util.function.Consumer;

/** The words and thoughts of one speaker in a run, as far as the client knows them. */
final class Speech {

  final String id;
  private final String speaker;
  private final ClientOrder order;
  private boolean thinks;
  private boolean speaks;

  /**
   * @param order gets the messages that begin
   */
  Speech(String id, String speaker, ClientOrder order) {
    this.id = id;
    this.speaker = speaker;
    this.order = order;
  }

  void beginThinking(Consumer<String> frames) {
    if (!thinks) {
      thinks = true;
      order.add(thinkingId());
      frames.accept(AgUiEvents.reasoning("REASONING_START", thinkingId()));
      frames.accept(AgUiEvents.reasoning("REASONING_MESSAGE_START", thinkingId()));
    }
  }

  void beginText(Consumer<String> frames) {
    if (!speaks) {
      speaks = true;
      order.add(id);
      frames.accept(AgUiEvents.textStart(id, "assistant", speaker));
    }
  }

  /** Ends what has begun; returns true. */
  boolean end(Consumer<String> frames) {
    if (thinks) {
      thinks = false;
      frames.accept(AgUiEvents.reasoning("REASONING_MESSAGE_END", thinkingId()));
      frames.accept(AgUiEvents.reasoning("REASONING_END", thinkingId()));
    }
    if (speaks) {
      speaks = false;
      frames.accept(AgUiEvents.textEnd(id));
    }
    return true;
  }

  private String thinkingId() {
    return ThreadMessages.thinkingId(id);
  }
}
