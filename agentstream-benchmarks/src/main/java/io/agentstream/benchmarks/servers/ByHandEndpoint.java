package io.agentstream.benchmarks.servers;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A typical hand-written chat: a pool thread for each chat, and a blocking send for each token. */
public final class ByHandEndpoint extends Endpoint {

  private static final ExecutorService CHATS = Executors.newCachedThreadPool();

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    StreamingChatModel model =
        Objects.requireNonNull((StreamingChatModel) config.getUserProperties().get("model"));
    session.addMessageHandler(
        String.class, topic -> CHATS.execute(() -> chat(session, model, topic)));
  }

  private static void chat(Session session, StreamingChatModel model, String topic) {
    String messageId = UUID.randomUUID().toString();
    CompletableFuture<String> answer = new CompletableFuture<>();
    model.chat(
        topic,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String token) {
            send(session, Frames.token(session.getId(), messageId, token));
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(response.aiMessage().text());
          }

          @Override
          public void onError(Throwable error) {
            answer.completeExceptionally(error);
          }
        });
    send(session, Frames.complete(session.getId(), messageId, answer.join()));
    send(session, Frames.ended(session.getId()));
  }

  private static void send(Session session, String frame) {
    synchronized (session) {
      try {
        session.getBasicRemote().sendText(frame);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
