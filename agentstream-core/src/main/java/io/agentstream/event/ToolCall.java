package io.agentstream.event;

/**
 * A tool call of an agent.
 *
 * @param messageId the message to which the call belongs
 * @param callId the call's id within the message
 * @param name the tool's name
 * @param arguments the arguments, as the JSON text that the model wrote
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
