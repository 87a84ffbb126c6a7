package io.agentstream.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table of requests that must be refused, each with the statuses that it may get.
 *
 * @param name what is wrong
 * @param method the method
 * @param path with the query
 * @param body null for none
 * @param headers names and values in turn
 * @param statuses those that are right
 */
record HttpBadInputs(
    String name,
    String method,
    String path,
    String body,
    List<String> headers,
    List<Integer> statuses) {

  private static final String START = "/api/conversations";
  private static final List<String> WRONG_TEXTS =
      List.of("7", "true", "[]", "{}", "\"\"", "\"  \"", "null", "[\"a\"]", "1e999", "\"\\u2003\"");

  /**
   * Returns the whole table.
   *
   * @param id a conversation that exists
   * @param maxBytes the longest body
   */
  static List<HttpBadInputs> all(String id, int maxBytes) {
    List<HttpBadInputs> rows = new ArrayList<>();
    String conversation = START + "/" + id;
    paths(rows, conversation);
    methods(rows, conversation);
    contentTypes(rows, conversation);
    json(rows, conversation);
    fields(rows, conversation);
    ids(rows);
    positions(rows, conversation);
    queries(rows);
    headers(rows, conversation);
    lengths(rows, conversation, maxBytes);
    commands(rows, id);
    return rows;
  }

  private static void paths(List<HttpBadInputs> rows, String conversation) {
    for (String path :
        List.of(
            "/api",
            "/api/",
            "/api/agent",
            "/api/agents/",
            "/api/Agents",
            "/api/conversations/",
            conversation + "/",
            conversation + "/event",
            conversation + "/events/",
            conversation + "/events/1",
            conversation + "/messages/1/2",
            conversation + "/stop/now",
            "/api/schema",
            "/api/schema/",
            "/api/schema/nothing.json",
            "/api/schema/pom.xml",
            "/api/schema/openapi",
            "/api/schema/.json",
            "/api/schema/openapi.json/x")) {
      rows.add(row("no such path", "GET", path, null, 404));
    }
  }

  private static void methods(List<HttpBadInputs> rows, String conversation) {
    for (String method : List.of("PUT", "OPTIONS", "PROPFIND", "FOO")) {
      for (String path :
          List.of("/api/agents", START, conversation, conversation + "/events", "/api/commands")) {
        rows.add(row("wrong method", method, path, null, 405));
      }
    }
    for (String path :
        List.of("/messages", "/answers", "/stop", "/pause", "/unpause", "/stop-speaker")) {
      rows.add(row("wrong method", "GET", conversation + path, null, 405));
      rows.add(row("wrong method", "DELETE", conversation + path, null, 405));
    }
    rows.add(row("wrong method", "POST", conversation, "{}", 405));
    rows.add(row("wrong method", "POST", conversation + "/events", "{}", 405));
    rows.add(row("wrong method", "PATCH", START, "{}", 405));
    rows.add(row("wrong method", "DELETE", START, null, 405));
    rows.add(row("wrong method", "POST", "/api/welcome", "{}", 405));
    rows.add(row("wrong method", "GET", "/api/tickets", null, 405));
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
            "{\"a\":".repeat(20) + "1" + "}".repeat(20))) {
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

  private static void ids(List<HttpBadInputs> rows) {
    for (String id :
        List.of(
            "x",
            "AAAAAAAAAAAAAAAAAAAAAA",
            "%20x",
            "%C3%A9",
            "..x",
            "*",
            "$%7Bjndi:ldap:x%7D",
            "%3Cscript%3E",
            "'--",
            "x".repeat(128))) {
      for (String[] request :
          new String[][] {
            {"GET", ""}, {"GET", "/events"}, {"POST", "/stop"}, {"DELETE", ""}, {"POST", "/pause"}
          }) {
        rows.add(row("no such conversation", request[0], START + "/" + id + request[1], null, 404));
      }
    }
    rows.add(row("long id", "GET", START + "/" + "x".repeat(129), null, 422));
    rows.add(row("id in the body", "POST", START + "/x/stop", "{\"conversation_id\":\"y\"}", 404));
  }

  private static void positions(List<HttpBadInputs> rows, String conversation) {
    for (String after :
        List.of(
            "",
            "1",
            "-",
            "1-",
            "-1",
            "1--1",
            "a-b",
            "1-x",
            "1.0-1",
            "1-1-1",
            "+1-1",
            "%201-1",
            "1-9999999999999999999",
            "99999999999999999999-1",
            "0-1",
            "%F0%9F%98%80",
            "1_1")) {
      rows.add(row("position", "GET", conversation + "/events?after=" + after, null, 422));
    }
    for (String after : List.of("x", "1", "1-", "-1", "0-1", "1-x", "null", "1-1;")) {
      rows.add(row("position", "GET", conversation + "/events", null, 422, "Last-Event-ID", after));
    }
    rows.add(row("twice", "GET", conversation + "/events?after=1-1&after=1-2", null, 422));
    rows.add(row("ticket", "GET", conversation + "/events?ticket=", null, 401));
    rows.add(row("ticket", "GET", conversation + "/events?ticket=nothing", null, 401));
    rows.add(row("ticket", "GET", conversation + "/events?ticket=a&ticket=b", null, 422));
  }

  private static void queries(List<HttpBadInputs> rows) {
    for (String query :
        List.of(
            "limit=0",
            "limit=-1",
            "limit=x",
            "limit=1.5",
            "limit=201",
            "limit=99999999999999999999",
            "limit=",
            "limit=1&limit=2",
            "query=",
            "query=%20",
            "query=" + "x".repeat(201),
            "query=a&query=b",
            "cursor=",
            "cursor=x",
            "cursor=" + "x".repeat(129))) {
      rows.add(row("query", "GET", START + "?" + query, null, 422));
    }
  }

  private static void headers(List<HttpBadInputs> rows, String conversation) {
    for (String origin :
        List.of(
            "http://evil.test",
            "https://evil.test",
            "null",
            "file://",
            "chrome-extension://x",
            "http://127.0.0.1:1",
            "http://localhost.evil.test",
            "x")) {
      rows.add(row("origin", "POST", START, "{\"topic\":\"x\"}", 403, "Origin", origin));
      rows.add(row("origin", "GET", conversation, null, 403, "Origin", origin));
      rows.add(row("preflight", "OPTIONS", START, null, 403, "Origin", origin));
    }
    for (String site : List.of("cross-site", "same-site")) {
      rows.add(row("site", "POST", conversation + "/stop", null, 403, "Sec-Fetch-Site", site));
      rows.add(row("site", "GET", conversation + "/events", null, 403, "Sec-Fetch-Site", site));
    }
    rows.add(row("cookie alone", "POST", conversation + "/stop", null, 403, "Cookie", "s=1"));
    rows.add(row("cookie alone", "DELETE", conversation, null, 403, "Cookie", "s=1"));
    rows.add(
        row("key", "POST", START, "{\"topic\":\"x\"}", 422, "Idempotency-Key", "x".repeat(129)));
    rows.add(row("key", "POST", START, "{\"topic\":\"x\"}", 422, "Idempotency-Key", ""));
    rows.add(row("key", "POST", START, KEYED, 422, "Idempotency-Key", "b"));
  }

  private static final String KEYED = "{\"topic\":\"x\",\"request_id\":\"a\"}";

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

  private static HttpBadInputs row(
      String name, String method, String path, String body, int status, Object... more) {
    List<Integer> statuses = new ArrayList<>(List.of(status));
    List<String> headers = new ArrayList<>();
    for (Object value : more) {
      if (value instanceof Integer other) {
        statuses.add(other);
      } else {
        headers.add((String) value);
      }
    }
    return new HttpBadInputs(name, method, path, body, headers, statuses);
  }

  @Override
  public String toString() {
    String shown = body == null || body.length() < 60 ? body : body.substring(0, 60) + "…";
    String where = path.length() < 90 ? path : path.substring(0, 90) + "…";
    return name + ": " + method + " " + where + " " + shown + " " + shortened();
  }

  private List<String> shortened() {
    List<String> all = new ArrayList<>();
    headers.forEach(text -> all.add(text.substring(0, Math.min(text.length(), 40))));
    return Collections.unmodifiableList(all);
  }
}
