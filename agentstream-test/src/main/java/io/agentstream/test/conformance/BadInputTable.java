package io.agentstream.test.conformance;

import static io.agentstream.test.conformance.BadInput.frames;
import static io.agentstream.test.conformance.BadInput.harmless;
import static io.agentstream.test.conformance.BadInput.raw;
import static io.agentstream.test.conformance.BadInput.refused;
import static io.agentstream.test.conformance.BadInput.utf8;
import static io.agentstream.test.conformance.WebSocketLine.BINARY;
import static io.agentstream.test.conformance.WebSocketLine.TEXT;
import static java.nio.charset.StandardCharsets.UTF_16;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.conformance.BadInput.Expected;
import io.agentstream.test.schema.FrameSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of all invalid inputs, each kind once. */
final class BadInputTable {

  /** Valid commands; {@code %s} is the conversation that must stay unharmed. */
  private static final List<String> COMMANDS =
      List.of(
          "{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\",\"agents\":[\"Nobody\"],"
              + "\"max_rounds\":1,\"speaker_selection\":\"none\",\"request_id\":\"r\"}}",
          "{\"type\":\"join_conversation\",\"data\":"
              + "{\"conversation_id\":\"%s\",\"epoch\":1,\"after_seq\":0}}",
          "{\"type\":\"leave_conversation\",\"data\":{\"conversation_id\":\"%s\"}}",
          "{\"type\":\"send_message\",\"data\":{\"conversation_id\":\"%s\",\"content\":\"Hi\","
              + "\"interrupt\":false,\"message_id\":\"m\"}}",
          "{\"type\":\"stop_speaker\",\"data\":{\"conversation_id\":\"%s\",\"message_id\":\"m\"}}",
          "{\"type\":\"stop_conversation\",\"data\":{\"conversation_id\":\"%s\"}}",
          "{\"type\":\"pause_conversation\",\"data\":{\"conversation_id\":\"%s\"}}",
          "{\"type\":\"unpause_conversation\",\"data\":{\"conversation_id\":\"%s\"}}",
          "{\"type\":\"input_response\",\"data\":"
              + "{\"conversation_id\":\"%s\",\"request_id\":\"r\",\"content\":\"Hi\"}}",
          "{\"type\":\"list_conversations\",\"data\":"
              + "{\"query\":\"tea\",\"cursor\":\"x\",\"limit\":1}}",
          "{\"type\":\"rename_conversation\",\"data\":"
              + "{\"conversation_id\":\"%s\",\"title\":\"Tea\"}}",
          "{\"type\":\"delete_conversation\",\"data\":{\"conversation_id\":\"%s\"}}");

  private static final String PING = "{\"type\":\"ping\"}";

  private final FrameSchema schema = FrameSchema.ofClient(false);
  private final Map<String, BadInput> rows = new LinkedHashMap<>();

  private BadInputTable(String conversationId, JsonNode limits) {
    BadTexts.NO_JSON_OBJECT.forEach(text -> add(refused(text)));
    BadTexts.WRONG_ENVELOPES.forEach(text -> add(refused(text.replace("%s", conversationId))));
    BadTexts.DOUBTFUL.forEach(text -> add(harmless(text)));
    COMMANDS.forEach(command -> wrongFields(command.replace("%s", conversationId)));
    overTheLimits(limits);
    inPieces(limits.get("max_message_bytes").asInt());
    wrongEncodings();
    wrongFrames();
  }

  /**
   * Returns the whole table.
   *
   * @param conversationId the conversation in the commands
   * @param limits as in {@code welcome}
   */
  static List<BadInput> rows(String conversationId, JsonNode limits) {
    return List.copyOf(new BadInputTable(conversationId, limits).rows.values());
  }

  private void add(BadInput row) {
    rows.put(row.name(), row);
  }

  /** Adds each field with each invalid value, and each command without one required field. */
  private void wrongFields(String command) {
    JsonNode right = Json.parse(command);
    for (Map.Entry<String, JsonNode> field : right.get("data").properties()) {
      String name = "\"" + field.getKey() + "\":";
      String value = name + field.getValue();
      for (String wrong : BadTexts.WRONG_VALUES) {
        addIfWrong(command.replace(value, name + wrong));
      }
      addIfWrong(command.replace(value, "\"" + field.getKey() + "_\":" + field.getValue()));
      if (field.getValue().isTextual()) {
        addIfWrong(command.replace(value, name + "\"" + "x".repeat(129) + "\""));
      }
    }
    addIfWrong(command.replaceFirst(",\"data\":.*", "}"));
  }

  /**
   * A number too large for Java counts as invalid here, although the schema cannot express that.
   */
  private void addIfWrong(String command) {
    boolean tooLarge = command.contains("99999999999999999999") || command.contains("1e999");
    if (tooLarge || !schema.problems(Json.parse(command)).isEmpty()) {
      add(refused(command));
    }
  }

  private void overTheLimits(JsonNode limits) {
    String start = "{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\",%s}}";
    int rounds = limits.get("max_rounds").asInt();
    add(refused(start.formatted("\"max_rounds\":" + (rounds + 1))));
    add(refused(start.formatted("\"max_rounds\":" + Integer.MAX_VALUE)));
    add(refused(start.formatted("\"max_rounds\":" + Long.MAX_VALUE)));
    add(refused(start.formatted("\"agents\":[\"a\",\"a\"]")));
    add(refused(start.formatted("\"agents\":[\"" + "x".repeat(65) + "\"]")));
    StringBuilder names = new StringBuilder("\"0\"");
    for (int i = 1; i <= limits.get("max_agents").asInt(); i++) {
      names.append(",\"").append(i).append('"');
    }
    add(refused(start.formatted("\"agents\":[" + names + "]")));
    String longTopic = "x".repeat(limits.get("max_topic_chars").asInt() + 1);
    add(refused("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"" + longTopic + "\"}}"));
  }

  /** Adds messages over the limit, in one frame and in many. */
  private void inPieces(int limit) {
    for (int over : new int[] {1, 2, 1_000, limit, 15 * limit}) {
      String message = padded(limit + over);
      add(
          frames(
              "over the limit by " + over,
              Expected.REFUSED_OR_CLOSED,
              pieces(message, message.length()),
              TEXT));
      add(
          frames(
              "over the limit by " + over + ", in fragments",
              Expected.REFUSED_OR_CLOSED,
              pieces(message, 4_093),
              TEXT));
    }
    add(
        frames(
            "bad JSON in fragments of a byte",
            Expected.REFUSED,
            pieces("{\"type\":\"ping\"", 1),
            TEXT));
    List<byte[]> empty = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      empty.add(new byte[0]);
    }
    add(frames("a thousand empty fragments", Expected.REFUSED, empty, TEXT));
  }

  private static String padded(int bytes) {
    String frame = "{\"type\":\"ping\",\"data\":{\"pad\":\"\"}}";
    return frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
  }

  private static List<byte[]> pieces(String message, int size) {
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < message.length(); from += size) {
      pieces.add(utf8(message.substring(from, Math.min(from + size, message.length()))));
    }
    return pieces;
  }

  private void wrongEncodings() {
    int[][] wrong = {
      {0x80},
      {0xbf},
      {0xc0, 0x80},
      {0xc1, 0xbf},
      {0xc3},
      {0xc3, 0x28},
      {0xe2, 0x82},
      {0xe0, 0x80, 0x80},
      {0xed, 0xa0, 0x80},
      {0xed, 0xbf, 0xbf},
      {0xf0, 0x9f, 0x98},
      {0xf0, 0x80, 0x80, 0x80},
      {0xf4, 0x90, 0x80, 0x80},
      {0xf5, 0x80, 0x80, 0x80},
      {0xfe},
      {0xff},
      {0xff, 0xfe}
    };
    for (int[] bytes : wrong) {
      byte[] message = utf8("{\"type\":\"ping\",\"data\":{\"t\":\"????\"}}");
      int at = message.length - 3 - 4;
      StringBuilder name = new StringBuilder("invalid UTF-8");
      for (int i = 0; i < bytes.length; i++) {
        message[at + i] = (byte) bytes[i];
        name.append(' ').append(Integer.toHexString(bytes[i]));
      }
      add(frames(name.toString(), Expected.REFUSED_OR_CLOSED, List.of(message), TEXT));
    }
    add(frames("UTF-16", Expected.REFUSED_OR_CLOSED, List.of(PING.getBytes(UTF_16)), TEXT));
  }

  private void wrongFrames() {
    add(frames("a binary message", Expected.REFUSED_OR_CLOSED, List.of(utf8(PING)), BINARY));
    add(
        frames(
            "an empty binary message", Expected.REFUSED_OR_CLOSED, List.of(new byte[0]), BINARY));
    add(
        frames(
            "a binary message in fragments", Expected.REFUSED_OR_CLOSED, pieces(PING, 3), BINARY));
    for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      add(frames("opcode " + opcode, Expected.REFUSED_OR_CLOSED, List.of(utf8(PING)), opcode));
    }
    add(frames("a continuation of nothing", Expected.REFUSED_OR_CLOSED, List.of(utf8(PING)), 0));
    add(frames("a ping of 126 bytes", Expected.REFUSED_OR_CLOSED, List.of(new byte[126]), 9));
    add(frames("a ping in fragments", Expected.REFUSED_OR_CLOSED, pieces("ab", 1), 9));
    add(frames("a close frame of one byte", Expected.REFUSED_OR_CLOSED, List.of(new byte[1]), 8));
    for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535}) {
      byte[] payload = {(byte) (code >> 8), (byte) code};
      add(frames("close code " + code, Expected.REFUSED_OR_CLOSED, List.of(payload), 8));
    }
    add(
        raw(
            "a frame without a mask",
            concat(WebSocketLine.head(0x81, PING.length(), 0), utf8(PING))));
    for (int bits : new int[] {0x40, 0x20, 0x10, 0x70}) {
      add(
          raw(
              "reserved bits " + bits,
              concat(WebSocketLine.head(0x81 | bits, 0, 0x80), new byte[4])));
    }
    add(
        raw(
            "a length of 2^63",
            new byte[] {(byte) 0x81, (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}));
    add(raw("HTTP", utf8("GET / HTTP/1.1\r\nHost: x\r\n\r\n")));
    add(raw("zeros", new byte[64]));
  }

  private static byte[] concat(byte[] head, byte[] rest) {
    byte[] all = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }
}
