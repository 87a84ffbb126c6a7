package io.agentstream.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agentstream.http.door.CommandText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The name that an unknown viewer gives with a call. */
final class ViewerName {

  /** The frame id of the command. */
  static final String ID = "name";

  private ViewerName() {}

  /**
   * Returns the command that sets it.
   *
   * @param header the name in UTF-8, percent-encoded; refused by the hub if it is not a name
   */
  static String command(String header) {
    return CommandText.of(
        "set_name", ID, JsonNodeFactory.instance.objectNode().put("name", decoded(header)));
  }

  private static String decoded(String header) {
    try {
      return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
