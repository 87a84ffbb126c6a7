package io.agentstream.event;

/**
 * An agent calls a tool.
 *
 * @param messageId the message it calls it for
 * @param callId names the call within the message
 * @param name the tool
 * @param arguments what the model gives it, as the JSON text that it wrote
 */
public record ToolCall(String messageId, String callId, String name, String arguments)
    implements ChatEvent {

  @Override
  public String type() {
    return "tool_call";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onToolCall(this);
  }
}
