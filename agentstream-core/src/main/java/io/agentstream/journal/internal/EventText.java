package io.agentstream.journal.internal;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;

/** Computes the length of events' text, for bounds. */
public final class EventText {

  private EventText() {}

  /** Returns the length of the text, in UTF-16 code units. */
  public static int chars(ChatEvent event) {
    if (event instanceof StreamedText token) {
      return token.token().length();
    }
    if (event instanceof StreamingComplete complete) {
      return complete.length();
    }
    if (event instanceof ToolCall call) {
      return call.arguments().length();
    }
    if (event instanceof ToolResult result) {
      return result.result().length();
    }
    return event instanceof NewMessage message ? message.content().length() : 0;
  }
}
