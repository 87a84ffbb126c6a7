package io.agentstream.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.http.AgentstreamHttp;
import io.agentstream.http.door.HttpFront;
import io.agentstream.http.own.LinesDoor;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.jakarta.AgentstreamWebSocket;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

/** The recipes of docs/cookbook.md for serving browsers and other clients. */
class ServedRecipesTest {

  private final Agent ann =
      Agent.builder("Ann")
          .model(new ScriptedModel().always(call -> call.tokens("It ", "is.").complete()))
          .build();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void a_main_method_serves_browsers_and_http() throws Exception {
    GroupChat debate = GroupChat.builder().participants(ann).maxRounds(1).build();
    int port = 0;

    ConversationHub hub =
        ConversationHub.builder()
            .team("debate", debate)
            .allowedOrigins(AllowedOrigins.of("https://chat.example.org"))
            .build();
    ServletContextHandler context = new ServletContextHandler();
    JakartaWebSocketServletContainerInitializer.configure(
        context,
        (servlets, container) -> {
          AgentstreamWebSocket.register(container, "/ws", hub);
          AgentstreamHttp.register(servlets, hub); // REST, OpenAI's API and AG-UI
          AgentstreamHttp.register(servlets, "/lines/*", new LinesDoor(HttpFront.of(hub)));
        });
    Server server = new Server(port);
    server.setHandler(context);
    server.start();

    try (hub) {
      assertThat(welcome(server.getURI())).contains("\"welcome\"");
      assertThat(completion(server.getURI())).contains("It is.");
      assertThat(get(server.getURI(), "/lines/nothing").statusCode()).isEqualTo(404);
    } finally {
      server.stop();
    }
  }

  @Test
  void a_provider_makes_the_hub_of_a_war() {
    try (ConversationHub hub =
        new Debates().createHub(new ServletContextHandler().getServletContext())) {
      LocalViewer viewer = new LocalViewer(hub).welcomed();
      assertThat(viewer.command("list_agents", Map.of()).await("agents").toString())
          .contains("Optimist", "Skeptic");
    }
  }

  private String welcome(URI root) {
    CompletableFuture<String> first = new CompletableFuture<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .subprotocols("agentstream.v1")
            .buildAsync(
                URI.create("ws://127.0.0.1:" + root.getPort() + "/ws"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean end) {
                    first.complete(text.toString());
                    return WebSocket.Listener.super.onText(from, text, end);
                  }
                })
            .join();
    try {
      return first.join();
    } finally {
      socket.abort();
    }
  }

  private String completion(URI root) throws IOException, InterruptedException {
    String body =
        """
        {"model": "debate", "messages": [{"role": "user", "content": "Tea?"}]}""";
    HttpRequest request =
        HttpRequest.newBuilder(uri(root, "/v1/chat/completions"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private HttpResponse<String> get(URI root, String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(root, path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(URI root, String path) {
    return URI.create("http://127.0.0.1:" + root.getPort() + path);
  }
}
