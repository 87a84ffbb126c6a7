package io.agentstream.benchmarks.servers;

import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.http.AgentstreamHttp;
import io.agentstream.hub.ConversationHub;
import io.agentstream.jakarta.AgentstreamWebSocket;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.upstream.EventDrivenHttpClient;

/** This project on Tomcat, with all features; on Jetty the reference server itself is measured. */
public final class AgentstreamOnTomcat {

  /** No code here blocks. With many threads, each would complete a frame with a cold cache. */
  private static final int THREADS = 4;

  private AgentstreamOnTomcat() {}

  public static void main(String[] args) throws Exception {
    // Like the reference server.
    System.setProperty("jdk.httpclient.connectionPoolSize", "256");
    System.setProperty("jdk.httpclient.keepalive.timeout", "30");
    OpenAiStreamingChatModel model =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(EventDrivenHttpClient.builder())
            .baseUrl(System.getenv("OPENAI_BASE_URL"))
            .apiKey("none")
            .modelName("m")
            .build();
    ConversationHub hub =
        ConversationHub.builder()
            .agents(Agent.builder("Ann").model(model).build())
            .limits(
                Limits.builder()
                    .connectionsPerAddress(0)
                    .startsPerMinute(0)
                    .messagesPerMinute(0)
                    .build())
            .quotas(Quotas.none())
            .build();
    TomcatHost.serve(
        THREADS,
        (context, container) -> {
          AgentstreamWebSocket.register(container, "/ws", hub);
          AgentstreamHttp.register(context, hub);
        });
  }
}
