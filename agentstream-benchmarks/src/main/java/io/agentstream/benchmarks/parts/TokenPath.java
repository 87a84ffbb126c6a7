package io.agentstream.benchmarks.parts;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.upstream.InProcessUpstream;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The whole way of a token through agentstream, from the bytes of a server-sent event to {@link
 * Transport#send}, on the calling thread: client, model, engine, journal, viewers.
 */
final class TokenPath implements AutoCloseable {

  private final InProcessUpstream upstream = new InProcessUpstream();
  private final ModelEvents events = new ModelEvents(" word");
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model(upstream)).build())
          .limits(
              Limits.builder()
                  .conversationsPerConnection(0)
                  .connectionsPerAddress(0)
                  .startsPerMinute(0)
                  .messagesPerMinute(0)
                  .build())
          .quotas(Quotas.none())
          .executor(Runnable::run)
          .build();
  private final List<ViewerConnection> viewers = new ArrayList<>();
  private String conversationId = "";

  /**
   * @param sockets the viewers'; the first of them starts the conversations, all view them
   */
  TokenPath(List<? extends Transport> sockets) {
    sockets.forEach(socket -> viewers.add(hub.connect(socket, false)));
  }

  static StreamingChatModel model(InProcessUpstream upstream) {
    return OpenAiCompatibleModel.builder()
        .httpClient(upstream.build())
        .baseUrl("http://127.0.0.1/v1")
        .modelName("m")
        .build();
  }

  /** Returns a path with langchain4j's model. */
  static StreamingChatModel langchain4j(InProcessUpstream upstream) {
    return OpenAiStreamingChatModel.builder()
        .httpClientBuilder(upstream)
        .baseUrl("http://127.0.0.1/v1")
        .apiKey("none")
        .modelName("m")
        .build();
  }

  /** Starts a conversation, up to the wait for the model's first token. */
  void start() {
    Set<String> before = ids();
    viewers
        .get(0)
        .receive(
            "{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\",\"max_rounds\":1}}",
            true);
    Set<String> started = ids();
    started.removeAll(before);
    conversationId = started.iterator().next();
    viewers.subList(1, viewers.size()).forEach(this::join);
  }

  /** Adds one more viewer of the current conversation. */
  ViewerConnection join(Transport socket) {
    ViewerConnection viewer = hub.connect(socket, false);
    join(viewer);
    return viewer;
  }

  private void join(ViewerConnection viewer) {
    viewer.receive(
        "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\""
            + conversationId
            + "\"}}",
        true);
  }

  private Set<String> ids() {
    return hub.conversations().stream().map(Conversation::id).collect(Collectors.toSet());
  }

  void token() {
    upstream.push(events.token());
  }

  /** Sends tokens that arrive in one read. */
  void tokensTogether(int count) {
    List<ByteBuffer> bytes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.token().forEach(buffer -> bytes.add(buffer.duplicate()));
    }
    upstream.push(bytes);
  }

  /** Ends the answer, and with it the conversation. */
  void end() {
    upstream.push(events.end());
    upstream.end();
  }

  @Override
  public void close() {
    hub.close();
  }
}
