package io.agentstream.benchmarks.servers;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.http.HttpClient;

/** The chat written by hand, with langchain4j's own HTTP client, on Tomcat. */
public final class ByHandOnTomcat {

  private ByHandOnTomcat() {}

  public static void main(String[] args) throws Exception {
    JdkHttpClientBuilder http =
        JdkHttpClient.builder()
            .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1));
    OpenAiStreamingChatModel model =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(System.getenv("OPENAI_BASE_URL"))
            .apiKey("none")
            .modelName("m")
            .build();
    TomcatHost.serve(
        TomcatHost.DEFAULT_THREADS,
        (context, container) -> {
          ServerEndpointConfig config =
              ServerEndpointConfig.Builder.create(ByHandEndpoint.class, "/ws").build();
          config.getUserProperties().put("model", model);
          container.addEndpoint(config);
        });
  }
}
