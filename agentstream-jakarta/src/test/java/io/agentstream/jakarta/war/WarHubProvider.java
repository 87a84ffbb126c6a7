package io.agentstream.jakarta.war;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.jakarta.HubProvider;
import io.agentstream.settings.Limits;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import jakarta.servlet.ServletContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** All the code of the web application that the tests deploy. */
public final class WarHubProvider implements HubProvider {

  /**
   * The attribute through which a test, with other class loaders, gets the current conversation's
   * result.
   */
  public static final String RESULT = "result";

  /** How many connections one address may hold. */
  public static final int CONNECTIONS = 3;

  /** The attribute that is done once the provider has been told that its hub is closed. */
  public static final String HUB_CLOSED = "hubClosed";

  /** The parameter with a model server's address; without it the model never answers. */
  public static final String MODEL_SERVER = "modelServer";

  private final CompletableFuture<Void> hubClosed = new CompletableFuture<>();

  @Override
  public String path() {
    return "/chat";
  }

  @Override
  public ConversationHub createHub(ServletContext context) {
    ConversationHub hub =
        ConversationHub.builder()
            .agents(Agent.builder("Ada").model(model(context)).build())
            .defaultMaxRounds(1)
            .limits(Limits.builder().connectionsPerAddress(CONNECTIONS).build())
            .build();
    Supplier<CompletableFuture<?>> result = () -> hub.conversations().iterator().next().result();
    context.setAttribute(RESULT, result);
    context.setAttribute(HUB_CLOSED, hubClosed);
    return hub;
  }

  private static StreamingChatModel model(ServletContext context) {
    String server = context.getInitParameter(MODEL_SERVER);
    return server == null
        ? new ThoughtfulModel()
        : OpenAiCompatibleModel.builder().baseUrl(server).modelName("m").build();
  }

  @Override
  public void hubClosed() {
    hubClosed.complete(null);
  }

  /** Never answers. */
  private static final class ThoughtfulModel implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {}
  }
}
