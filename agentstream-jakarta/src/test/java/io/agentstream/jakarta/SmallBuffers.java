package io.agentstream.jakarta;

import io.agentstream.test.socket.SocketViewer;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;

/** Viewers that keep little of what they have not read, so that the server soon notices. */
final class SmallBuffers {

  private static final HttpClient CLIENT = newClient();

  private SmallBuffers() {}

  private static HttpClient newClient() {
    System.setProperty("jdk.httpclient.receiveBufferSize", "16384");
    return HttpClient.newHttpClient();
  }

  /** Connects, offering these subprotocols. */
  static SocketViewer connect(URI endpoint, String... subprotocols) {
    return connect(endpoint, Map.of(), subprotocols);
  }

  /** Connects with these headers, offering these subprotocols. */
  static SocketViewer connect(URI endpoint, Map<String, String> headers, String... subprotocols) {
    return SocketViewer.connect(CLIENT, endpoint, headers, subprotocols);
  }
}
