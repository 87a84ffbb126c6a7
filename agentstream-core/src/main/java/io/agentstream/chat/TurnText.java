package io.agentstream.chat;

import org.jspecify.annotations.Nullable;

/**
 * The growing text and thinking of a turn, over all its calls to the model. A retry rolls both back
 * together to the start of the current call. Used in the conversation's serial order only.
 */
final class TurnText {

  private final AnswerText text = new AnswerText();
  private final AnswerText thinking = new AnswerText();
  private final OwnName ownName;
  private int textAtCall;
  private int thinkingAtCall;
  private int textAtTools;
  private int thinkingAtTools;

  TurnText(String agentName) {
    this.ownName = new OwnName(agentName);
  }

  /** Begins a call to the model. */
  void callBegins() {
    textAtCall = text.length();
    thinkingAtCall = thinking.length();
    ownName.answerBegins();
  }

  /** Continues after what another process had said and thought before its newest tool calls. */
  void restore(String said, String thought) {
    text.append(said);
    thinking.append(thought);
    toolsBegin();
  }

  /** Takes note that tools are called. */
  void toolsBegin() {
    textAtTools = text.length();
    thinkingAtTools = thinking.length();
  }

  /** Returns the text before the newest tool calls. */
  String beforeTools() {
    return text.toString().substring(0, textAtTools);
  }

  /** Returns the thinking before the newest tool calls. */
  String thinkingBeforeTools() {
    return thinking.toString().substring(0, thinkingAtTools);
  }

  /** Adds a piece of text and returns the text that can be shown now, possibly empty. */
  String say(String piece) {
    return text.append(ownName.strip(piece));
  }

  /** Adds a piece of thinking and returns the thinking that can be shown now, possibly empty. */
  String think(String piece) {
    return thinking.append(piece);
  }

  /** Ends the answer and returns the rest of the text, possibly empty. */
  String finish() {
    return text.append(ownName.finish()) + text.finish();
  }

  /** Discards the current call's text and thinking; returns true if there was any. */
  boolean resetToCall() {
    boolean textCut = text.resetTo(textAtCall);
    boolean thinkingCut = thinking.resetTo(thinkingAtCall);
    return textCut || thinkingCut;
  }

  /** Removes the current call's text and returns it; its thinking stays. */
  String takeBackText() {
    text.append(ownName.finish());
    String taken = ofCall();
    text.resetTo(textAtCall);
    ownName.answerBegins();
    return taken;
  }

  /** Returns the text of the current or last call. */
  String ofCall() {
    return text.toString().substring(textAtCall);
  }

  int length() {
    return text.length();
  }

  int thinkingLength() {
    return thinking.length();
  }

  /**
   * Returns the thinking offset for {@code message_reset}; null if the text's offset implies it.
   */
  @Nullable Integer thinkingOffset() {
    return text.length() == 0 && thinking.length() == 0 ? null : thinking.length();
  }

  /** Returns the whole text. */
  @Override
  public String toString() {
    return text.toString();
  }
}
