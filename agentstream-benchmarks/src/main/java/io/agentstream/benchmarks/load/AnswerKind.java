package io.agentstream.benchmarks.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way in which a server streams an answer as server-sent events and lets a viewer come back:
 * its paths, and the position of a token in its events.
 */
enum AnswerKind {
  /** This project's HTTP interface. An event has an id, after which a viewer continues. */
  AGENTSTREAM("{\"type\":\"streaming_token\"", "\"token\":\"", "{\"type\":\"conversation_ended\"") {
    @Override
    String start(String proposedId, String order) {
      return post("/api/conversations", "{\"topic\":\"" + order + "\",\"max_rounds\":1}");
    }

    @Override
    String fromTheStart(String id) {
      return events(id) + "?after=1-0";
    }

    @Override
    String after(String id, Seen seen) {
      return events(id) + "?after=" + seen.eventId();
    }

    @Override
    String whole(String id) {
      return events(id);
    }

    private String events(String id) {
      return "/api/conversations/" + id + "/events";
    }
  },
  /** The paths of AgentScope's agent protocol. An event has a number, after which one continues. */
  AGENTSCOPE("{\"type\":\"TEXT_BLOCK_DELTA\"", "\"delta\":\"", "{\"type\":\"AGENT_END\"") {
    @Override
    String start(String proposedId, String order) {
      return post("/tasks", "{\"task_id\":\"" + proposedId + "\",\"input\":\"" + order + "\"}");
    }

    @Override
    String after(String id, Seen seen) {
      return whole(id) + "?from_seq=" + seen.eventId();
    }

    @Override
    String whole(String id) {
      return "/tasks/" + id + "/events";
    }
  },
  /**
   * The paths that the AI SDK's documentation recommends. The response to a message is the answer
   * itself; a viewer who comes back gets all of it, or says how many characters it has.
   */
  AI_SDK("{\"type\":\"text-delta\"", "\"delta\":\"", "[DONE]") {
    @Override
    String start(String proposedId, String order) {
      return post("/api/chat", "{\"id\":\"" + proposedId + "\",\"message\":\"" + order + "\"}");
    }

    @Override
    String after(String id, Seen seen) {
      return whole(id) + "?resumeAt=" + seen.characters();
    }

    @Override
    String whole(String id) {
      return "/api/chat/" + id + "/stream";
    }
  };

  private static final Pattern ID = Pattern.compile("\"conversation_id\":\"([^\"]+)\"");
  private static final String SNAPSHOT = "{\"type\":\"snapshot\"";
  private static final String OPEN = "\"open\":[{";
  private static final String CONTENT = "\"content\":\"";

  private final String token;
  private final String text;
  private final String end;

  AnswerKind(String token, String text, String end) {
    this.token = token;
    this.text = text;
    this.end = end;
  }

  /** The whole request that starts an answer. */
  abstract String start(String proposedId, String order);

  /** The path at which a further viewer gets an answer from its first event on. */
  String fromTheStart(String id) {
    return whole(id);
  }

  /** The path at which a viewer continues who has seen a part of an answer. */
  abstract String after(String id, Seen seen);

  /** The path at which a page that was loaded again gets all that has been said, in any form. */
  abstract String whole(String id);

  /**
   * Returns how many tokens a viewer may lack while no more are said: some pass them on in bursts.
   */
  int mostHeldBack() {
    return this == AGENTSCOPE ? 192 : 0;
  }

  /** Returns true if the response to the start is the answer, and not only an id. */
  boolean answersAtOnce() {
    return this == AI_SDK;
  }

  /** Returns the id of the answer that a request has started. */
  String id(String proposedId, String response) {
    Matcher id = ID.matcher(response);
    return id.find() ? id.group(1) : proposedId;
  }

  boolean isEnd(byte[] data, int from, int to) {
    return at(data, from, to, end);
  }

  /** Returns the index at which an event's tokens begin; -1 if it has none. */
  int textOf(byte[] data, int from, int to) {
    if (at(data, from, to, token)) {
      return after(data, from + token.length(), to, text);
    }
    if (at(data, from, to, SNAPSHOT)) {
      int open = after(data, from, to, OPEN);
      return open < 0 ? -1 : after(data, open, to, CONTENT);
    }
    return -1;
  }

  private static int after(byte[] data, int from, int to, String wanted) {
    for (int i = from; i < to; i++) {
      if (at(data, i, to, wanted)) {
        return i + wanted.length();
      }
    }
    return -1;
  }

  private static boolean at(byte[] data, int from, int to, String wanted) {
    if (to - from < wanted.length()) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (data[from + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The whole request of a path. */
  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  }

  private static String post(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
