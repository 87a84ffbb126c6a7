package io.agentstream.event;

/** A piece of text as a model sent it; by far the most frequent kind of event. */
public sealed interface StreamedText extends ChatEvent permits StreamingToken, StreamingThinking {

  /** Returns the id of its message. */
  String messageId();

  /** Returns the length of the text before it, in UTF-16 code units. */
  int offset();

  /** Returns the text; never empty, never half of a surrogate pair. */
  String token();
}
