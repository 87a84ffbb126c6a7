package io.agentstream.upstream.openai;

import java.util.List;

/** The attributes of an {@code AiMessage} with the data that is sent back to the server. */
final class SentBack {

  /**
   * A field of a tool call that is sent back unchanged.
   *
   * @param name the field
   * @param attribute the attribute that holds its value by the call's id, as JSON
   */
  record CallField(String name, String attribute) {}

  /** The name of the field in which the thinking came. */
  static final String THINKING_FIELD = "agentstream.thinking_field";

  /** OpenRouter's {@code reasoning_details}, as a JSON array. */
  static final String REASONING_DETAILS = "agentstream.reasoning_details";

  /** LiteLLM's {@code thinking_blocks}, as a JSON array. */
  static final String THINKING_BLOCKS = "agentstream.thinking_blocks";

  /** Gemini's signature of a thought is in the first of them, and behind LiteLLM in the second. */
  static final List<CallField> CALL_FIELDS =
      List.of(
          new CallField("extra_content", "agentstream.extra_content"),
          new CallField("provider_specific_fields", "agentstream.provider_specific_fields"));

  private SentBack() {}
}
