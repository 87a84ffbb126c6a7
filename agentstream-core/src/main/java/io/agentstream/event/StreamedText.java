package io.agentstream.event;

/** A piece of text as a model sent it: nearly all that ever happens. */
public sealed interface StreamedText extends ChatEvent permits StreamingToken, StreamingThinking {

  /** The message it belongs to. */
  String messageId();

  /** The length of what came before it, in UTF-16 code units. */
  int offset();

  /** The text; never empty, never half of a surrogate pair. */
  String token();
}
