package io.agentstream.event;

/**
 * The result of a tool call. Occurs once for every {@link ToolCall}.
 *
 * @param messageId the message to which the call belongs
 * @param callId the call
 * @param result the result for the model
 * @param isError true if the tool failed; the result is then a general text, never the text of an
 *     exception
 */
public record ToolResult(String messageId, String callId, String result, boolean isError)
    implements ChatEvent {

  @Override
  public String type() {
    return "tool_result";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onToolResult(this);
  }
}
