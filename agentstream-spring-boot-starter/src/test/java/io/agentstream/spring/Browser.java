package io.agentstream.spring;

import io.agentstream.test.socket.SocketViewer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A person's browser with one session cookie. */
final class Browser {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String authority;
  private @Nullable String cookie;

  Browser(int port) {
    this.authority = "localhost:" + port;
  }

  Browser signIn(String user) throws IOException, InterruptedException {
    post("/login", "username=" + user + "&password=secret");
    return this;
  }

  void signOut() throws IOException, InterruptedException {
    post("/logout", "");
  }

  private void post(String path, String form) throws IOException, InterruptedException {
    HttpResponse<String> response =
        CLIENT.send(
            request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
    response
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + authority + path));
    return cookie == null ? request : request.header("Cookie", cookie);
  }

  /** Opens the endpoint. */
  SocketViewer open(String path) {
    return SocketViewer.connect(
        CLIENT,
        URI.create("ws://" + authority + path),
        cookie == null ? Map.of() : Map.of("Cookie", cookie),
        "agentstream.v1");
  }
}
