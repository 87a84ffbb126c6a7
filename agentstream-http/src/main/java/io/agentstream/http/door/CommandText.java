package io.agentstream.http.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes commands of the protocol, as a viewer sends them. */
public final class CommandText {

  private CommandText() {}

  /**
   * Returns a command.
   *
   * @param type as in {@code docs/protocol.md}, section 3
   * @param id the frame id, which the reply carries
   * @param data the command's fields
   */
  public static String of(String type, String id, ObjectNode data) {
    ObjectNode command = JsonNodeFactory.instance.objectNode();
    command.put("type", type);
    command.put("id", id);
    command.set("data", data);
    return command.toString();
  }

  static String authenticate(String token) {
    return of(
        "authenticate", "authenticate", JsonNodeFactory.instance.objectNode().put("token", token));
  }
}
