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
  private static final String KEYED = "{\"topic\":\"x\",\"request_id\":\"a\"}";
  static final List<String> WRONG_TEXTS =
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
    ids(rows);
    positions(rows, conversation);
    queries(rows);
    headers(rows, conversation);
    HttpBadBodies.addTo(rows, id, maxBytes);
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
    for (String name : List.of("%", "%zz", "%00", "%0A", "%20", "x".repeat(500))) {
      rows.add(row("name", "GET", "/api/agents", null, 422, "Agentstream-Name", name));
      rows.add(row("name", "POST", conversation + "/stop", "{}", 422, "Agentstream-Name", name));
    }
  }

  static HttpBadInputs row(
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
