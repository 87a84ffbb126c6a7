package io.agentstream.examples.war;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.demo.DemoScript;
import io.agentstream.hub.ConversationHub;
import io.agentstream.jakarta.HubProvider;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import jakarta.servlet.ServletContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Provides the web application's hub: its agents and their model. The model is the server in {@code
 * OPENAI_BASE_URL} or, without it, a demo model.
 */
public final class DemoHub implements HubProvider {

  /** The attribute of the servlet context that is true if the demo model answers. */
  static final String IS_DEMO = "agentstream.demo";

  private @Nullable CompletionServer demo;

  @Override
  public ConversationHub createHub(ServletContext context) {
    StreamingChatModel model = model(System.getenv("OPENAI_BASE_URL"));
    context.setAttribute(IS_DEMO, demo != null);
    return ConversationHub.builder()
        .agents(
            agent("Mia", "Optimist", "You are Mia, an optimist. Say what could work.", model),
            agent("Otto", "Skeptic", "You are Otto, a skeptic. Ask what it costs.", model),
            agent("Lin", "Moderator", "You are Lin, the moderator. Sum up in brief.", model))
        .build();
  }

  @Override
  public void hubClosed() {
    if (demo != null) {
      demo.close();
    }
  }

  private static Agent agent(
      String name, String description, String systemPrompt, StreamingChatModel model) {
    return Agent.builder(name)
        .description(description)
        .systemPrompt(systemPrompt)
        .model(model)
        .build();
  }

  private StreamingChatModel model(@Nullable String baseUrl) {
    if (baseUrl != null) {
      return connect(baseUrl, environment("OPENAI_MODEL", "gpt-4o-mini"));
    }
    demo = CompletionServer.start(new DemoScript());
    return connect(demo.baseUrl(), "demo");
  }

  private static StreamingChatModel connect(String baseUrl, String model) {
    return OpenAiCompatibleModel.builder()
        .baseUrl(baseUrl)
        .apiKey(System.getenv("OPENAI_API_KEY"))
        .modelName(model)
        .build();
  }

  private static String environment(String name, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(name), otherwise);
  }
}
