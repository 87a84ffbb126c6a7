package io.agentstream.http;

import static io.agentstream.http.HttpBadInputs.WRONG_TEXTS;
import static io.agentstream.http.HttpBadInputs.row;

import java.util.List;

/** Bodies that are refused: their types, their JSON, their fields and their lengths. */
final class HttpBadBodies {

  private static final String START = "/api/conversations";

  private HttpBadBodies() {}

  static void addTo(List<HttpBadInputs> rows, String id, int maxBytes) {
    String conversation = START + "/" + id;
    contentTypes(rows, conversation);
    json(rows, conversation);
    fields(rows, conversation);
    lengths(rows, conversation, maxBytes);
    commands(rows, id);
  }

  private static void contentTypes(List<HttpBadInputs> rows, String conversation) {
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/html",
            "application/xml",
            "application/jsonp",
            "application/json; charset=utf-16",
            "application/json; charset=latin1",
            "application/json, text/plain",
            "text/json",
            "*/*",
            ";",
            "json")) {
      rows.add(row("content type", "POST", START, "{\"topic\":\"x\"}", 415, "Content-Type", type));
      rows.add(
          row("content type", "POST", conversation + "/stop", "{}", 415, "Content-Type", type));
    }
    for (String coding : List.of("gzip", "deflate", "br", "identity")) {
      rows.add(
          row(
              "content coding",
              "POST",
              START,
              "{\"topic\":\"x\"}",
              415,
              "Content-Encoding",
              coding));
    }
  }

  private static void json(List<HttpBadInputs> rows, String conversation) {
    for (String body :
        List.of(
            "{",
            "}",
            "[",
            "[]",
            "7",
            "\"topic\"",
            "null",
            "true",
            "{\"topic\":}",
            "{\"topic\":\"x\"",
            "{\"topic\":\"x\"} {}",
            "{\"topic\":\"x\"},",
            "{'topic':'x'}",
            "{topic:\"x\"}",
            "{\"topic\":\"x\",}",
            "{\"topic\":\"a\nb\"}",
            "{\"topic\":\"\\x\"}",
            "{\"topic\":\"a\",\"topic\":\"b\"}",
            "{\"topic\":NaN}",
            "{\"topic\":01}",
            "\u0000",
            "<topic>x</topic>",
            "topic=x",
            "{\"topic\":\"x\",\"deep\":" + "[".repeat(20) + "]".repeat(20) + "}",
            "{\"a\":".repeat(20) + "1" + "}".repeat(20),
            "{\"a\":" + "[".repeat(1_900) + "]".repeat(1_900) + "}",
            "{\"a\":" + "{\"a\":[".repeat(500) + "]}".repeat(500) + "}",
            "{\"a\":" + "9".repeat(3_000) + "}",
            "{\"a\":0x10}",
            "{\"a\":+1}",
            "{\"a\":.5}",
            "{\"a\":1.}",
            "{\"a\":Infinity}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":1,\"b\":{\"a\":1,\"a\":2}}",
            "{\"a\":1/*x*/}")) {
      rows.add(row("no JSON object", "POST", START, body, 400));
      rows.add(row("no JSON object", "POST", conversation + "/messages", body, 400));
    }
  }

  private static void fields(List<HttpBadInputs> rows, String conversation) {
    for (String wrong : WRONG_TEXTS) {
      rows.add(row("field", "POST", START, "{\"topic\":" + wrong + "}", 422));
      rows.add(
          row("field", "POST", conversation + "/messages", "{\"content\":" + wrong + "}", 422));
      rows.add(row("field", "PATCH", conversation, "{\"title\":" + wrong + "}", 422));
      rows.add(
          row(
              "field",
              "POST",
              conversation + "/answers",
              "{\"request_id\":\"r\",\"content\":" + wrong + "}",
              422));
    }
    for (String more :
        List.of(
            "\"agents\":[]",
            "\"agents\":\"Ada\"",
            "\"agents\":[7]",
            "\"agents\":[\"Ada\",\"Ada\"]",
            "\"agents\":[\"Nobody\"]",
            "\"max_rounds\":0",
            "\"max_rounds\":-1",
            "\"max_rounds\":1.5",
            "\"max_rounds\":\"2\"",
            "\"max_rounds\":99999999999999999999",
            "\"max_rounds\":2147483647",
            "\"max_rounds\":2147483648",
            "\"max_rounds\":4294967297",
            "\"max_rounds\":9223372036854775808",
            "\"max_rounds\":1e400",
            "\"max_rounds\":1e-1",
            "\"max_rounds\":{}",
            "\"max_rounds\":[1]",
            "\"max_rounds\":\"0x1\"",
            "\"speaker_selection\":\"nobody\"",
            "\"request_id\":7",
            "\"request_id\":\"" + "x".repeat(129) + "\"",
            "\"team\":\"nobody\"",
            "\"team\":[]")) {
      rows.add(row("field", "POST", START, "{\"topic\":\"x\"," + more + "}", 422));
    }
    rows.add(row("missing", "POST", START, "{}", 422));
    rows.add(row("missing", "POST", START, null, 422));
    rows.add(row("missing", "POST", conversation + "/messages", null, 422));
    rows.add(row("missing", "POST", conversation + "/answers", "{\"content\":\"x\"}", 422));
    rows.add(row("missing", "PATCH", conversation, null, 422));
    rows.add(row("lines", "PATCH", conversation, "{\"title\":\"a\\nb\"}", 422));
    rows.add(row("long", "PATCH", conversation, "{\"title\":\"" + "x".repeat(201) + "\"}", 422));
    rows.add(
        row(
            "switch",
            "POST",
            conversation + "/messages",
            "{\"content\":\"x\",\"interrupt\":1}",
            422));
    rows.add(row("nobody asked", "POST", conversation + "/answers", ANSWER, 404));
  }

  private static final String ANSWER = "{\"request_id\":\"nobody asked\",\"content\":\"x\"}";

  private static void lengths(List<HttpBadInputs> rows, String conversation, int maxBytes) {
    for (int over : new int[] {1, 2, 1_000, maxBytes, 15 * maxBytes}) {
      String padding = "x".repeat(maxBytes + over);
      rows.add(row("too long", "POST", START, "{\"topic\":\"" + padding + "\"}", 413));
      rows.add(row("too long", "POST", conversation + "/messages", padding, 413));
      rows.add(row("too long", "POST", conversation + "/stop", padding, 413));
    }
  }

  private static void commands(List<HttpBadInputs> rows, String id) {
    for (String type : List.of("join_conversation", "leave_conversation", "authenticate", "pong")) {
      rows.add(
          row(
              "needs a connection",
              "POST",
              "/api/commands",
              "{\"type\":\"%s\",\"data\":{\"conversation_id\":\"%s\"}}".formatted(type, id),
              501));
    }
    for (String body : List.of("{", "[]", "7", "null")) {
      rows.add(row("no command", "POST", "/api/commands", body, 400));
    }
  }
}
