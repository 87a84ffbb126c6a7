package io.agentstream.teams.internal.mcp;

import java.net.http.HttpResponse.ResponseInfo;

/** Reads the heads of responses. */
final class Heads {

  private Heads() {}

  static boolean isGood(int status) {
    return status >= 200 && status < 300;
  }

  static boolean isEvents(ResponseInfo head) {
    return head.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
  }
}
