package io.agentstream.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a turn has said: its text and its thinking as they grow, over all calls to the model that
 * the turn takes. Both go back together to where the call under way began. Used in the
 * conversation's serial order only.
 */
final class TurnText {

  private final AnswerText text = new AnswerText();
  private final AnswerText thinking = new AnswerText();
  private final OwnName ownName;
  private int textAtCall;
  private int thinkingAtCall;

  TurnText(String agentName) {
    this.ownName = new OwnName(agentName);
  }

  /** A call to the model begins: what follows is its answer. */
  void callBegins() {
    textAtCall = text.length();
    thinkingAtCall = thinking.length();
    ownName.answerBegins();
  }

  /** Takes in a piece of text and returns what can be shown now; perhaps nothing. */
  String say(String piece) {
    return text.append(ownName.strip(piece));
  }

  /** Takes in a piece of thinking and returns what can be shown now; perhaps nothing. */
  String think(String piece) {
    return thinking.append(piece);
  }

  /** The answer ends: returns what of the text can still be shown; perhaps nothing. */
  String finish() {
    return text.append(ownName.finish()) + text.finish();
  }

  /** Forgets what the call under way has said; whether it had said anything. */
  boolean resetToCall() {
    boolean textCut = text.resetTo(textAtCall);
    boolean thinkingCut = thinking.resetTo(thinkingAtCall);
    return textCut || thinkingCut;
  }

  /** Takes the text of the call under way back and returns it; its thinking stays. */
  String takeBackText() {
    text.append(ownName.finish());
    String taken = ofCall();
    text.resetTo(textAtCall);
    ownName.answerBegins();
    return taken;
  }

  /** The text of the call under way, or of the last one. */
  String ofCall() {
    return text.toString().substring(textAtCall);
  }

  int length() {
    return text.length();
  }

  int thinkingLength() {
    return thinking.length();
  }

  /** Where the thinking goes on, as {@code message_reset} says it; null where the text says it. */
  @Nullable Integer thinkingOffset() {
    return text.length() == 0 && thinking.length() == 0 ? null : thinking.length();
  }

  /** All of the text. */
  @Override
  public String toString() {
    return text.toString();
  }
}
