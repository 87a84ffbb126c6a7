package io.agentstream.upstream.openai;

/** The attributes of an {@code AiMessage} that hold what a server wants to see again. */
final class SentBack {

  /** The name of the field that the thinking came in. */
  static final String THINKING_FIELD = "agentstream.thinking_field";

  /** OpenRouter's {@code reasoning_details}, as a JSON array. */
  static final String REASONING_DETAILS = "agentstream.reasoning_details";

  /** Each tool call's {@code extra_content} by the call's id, as JSON. */
  static final String EXTRA_CONTENT = "agentstream.extra_content";

  private SentBack() {}
}
