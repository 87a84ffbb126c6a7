package io.agentstream.test.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks both directions of one connection against the schema: every frame of the server, and every
 * command with an id that the server accepted. Refused commands may be anything. Thread-safe.
 */
public final class ConnectionCheck {

  private static final JsonMapper JSON = new JsonMapper();

  private final FrameSchema server;
  private final FrameSchema client;
  private final Map<String, JsonNode> asked = new ConcurrentHashMap<>();

  private ConnectionCheck(FrameSchema server, FrameSchema client) {
    this.server = server;
    this.client = client;
  }

  /** Returns a check for a connection that speaks version 1. */
  public static ConnectionCheck strict() {
    return new ConnectionCheck(Strict.SERVER, Strict.CLIENT);
  }

  /** Returns a check for a connection that offered no subprotocol. */
  public static ConnectionCheck strictInOriginalDialect() {
    return new ConnectionCheck(Strict.ORIGINAL, Strict.CLIENT);
  }

  /** Returns a check for a server or client that may be newer than the schema. */
  public static ConnectionCheck open() {
    return new ConnectionCheck(Open.SERVER, Open.CLIENT);
  }

  /** Records a message to the server. If it is invalid, the server must refuse it. */
  public void sent(String message) {
    JsonNode command;
    try {
      command = JSON.readTree(message);
    } catch (JsonProcessingException notJson) {
      return;
    }
    if (command.path("id").isTextual()) {
      asked.put(command.get("id").textValue(), command);
    }
  }

  /**
   * Checks a frame of the server.
   *
   * @return {@code frame}
   * @throws AssertionError if it violates the schema, or accepts a command that does
   */
  public String received(String frame) {
    server.check(frame);
    JsonNode answer = FrameSchema.parse(frame);
    JsonNode command = asked.get(answer.path("in_reply_to").asText());
    if (command != null && !answer.path("type").asText().equals("error")) {
      List<String> problems = client.problems(command);
      if (!problems.isEmpty()) {
        throw new AssertionError(frame + " accepts " + command + ", which has " + problems);
      }
    }
    return frame;
  }

  private static final class Strict {
    static final FrameSchema SERVER = FrameSchema.ofServer(true);
    static final FrameSchema ORIGINAL = FrameSchema.ofServerInOriginalDialect(true);
    static final FrameSchema CLIENT = FrameSchema.ofClient(false);
  }

  private static final class Open {
    static final FrameSchema SERVER = FrameSchema.ofServer(false);
    static final FrameSchema CLIENT = FrameSchema.ofClient(false);
  }
}
