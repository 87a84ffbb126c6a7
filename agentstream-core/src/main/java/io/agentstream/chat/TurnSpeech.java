package io.agentstream.chat;

import io.agentstream.event.MessageReset;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;

/**
 * Publishes the text and thinking of a turn while they grow. Used in the conversation's serial
 * order only.
 */
final class TurnSpeech {

  private final EventFanout events;
  private final String messageId;
  private final TurnText text;
  private final boolean thinkingShown;
  private int hiddenThinking;

  TurnSpeech(EventFanout events, String messageId, TurnText text, boolean thinkingShown) {
    this.events = events;
    this.messageId = messageId;
    this.text = text;
    this.thinkingShown = thinkingShown;
  }

  void say(String piece) {
    publish(text.length(), text.say(piece));
  }

  void think(String piece) {
    if (!thinkingShown) {
      hiddenThinking += piece.length();
      return;
    }
    int offset = text.thinkingLength();
    String whole = text.think(piece);
    if (!whole.isEmpty()) {
      events.publish(new StreamingThinking(messageId, offset, whole));
    }
  }

  /** Takes back the current call's text, which was thinking, and returns it. */
  String takeBackText() {
    String taken = text.takeBackText();
    reset("The text so far was thinking.");
    return taken;
  }

  /** Takes back the text and thinking of the current call, which is repeated. */
  void takeBackCall() {
    if (text.resetToCall()) {
      reset("The model is asked once more.");
    }
  }

  /** Publishes the rest of an answer. */
  void finish() {
    publish(text.length(), text.finish());
  }

  /** Returns the length of all thinking, shown or not. */
  int thinkingLength() {
    return text.thinkingLength() + hiddenThinking;
  }

  private void reset(String reason) {
    events.publish(new MessageReset(messageId, text.length(), reason, text.thinkingOffset()));
  }

  private void publish(int offset, String token) {
    if (!token.isEmpty()) {
      events.publish(new StreamingToken(messageId, offset, token));
    }
  }
}
