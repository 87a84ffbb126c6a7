package io.agentstream.event;

/**
 * What a tool gave back. Comes once for every {@link ToolCall}.
 *
 * @param messageId the message it was called for
 * @param callId the call
 * @param result what the model is told
 * @param isError whether the tool failed; the result is then a general text, never the text of an
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
