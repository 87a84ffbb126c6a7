package io.agentstream.examples.demo;

/**
 * A call of a tool, after the text of an answer.
 *
 * @param name the tool
 * @param arguments its arguments as a JSON object
 */
public record ToolCall(String name, String arguments) {

  static final String TO_USER = "transfer_to_user";

  boolean asksUser() {
    return name.equals(TO_USER);
  }
}
