package io.agentstream.examples.chats;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.InputRequested;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ModelServer;
import io.agentstream.examples.terminal.Harmless;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Runs a chat in the terminal: prints its events, and passes typed answers on to its questions. */
final class Console implements StreamListener {

  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
  // The first question may come before start has returned.
  private final CompletableFuture<Conversation> conversation = new CompletableFuture<>();

  /** Builds the chat on the environment's model and runs it about {@code topic} to its end. */
  static void run(String topic, Function<StreamingChatModel, GroupChat> chat) {
    Console console = new Console();
    console.conversation.complete(
        chat.apply(model())
            .newConversation(topic)
            .owner(System.getProperty("user.name"))
            .listener(console)
            .start());
    console.conversation.join().result().join();
  }

  private static StreamingChatModel model() {
    ModelServer server;
    try {
      server = ModelServer.from(System.getenv());
    } catch (ConfigException e) {
      throw new IllegalStateException(e.getMessage());
    }
    if (server.baseUrl() == null) {
      throw new IllegalStateException("Set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server");
    }
    return OpenAiCompatibleModel.builder()
        .baseUrl(server.baseUrl())
        .apiKey(server.apiKey())
        .modelName(server.model())
        .build();
  }

  @Override
  public void onSpeakerChange(SpeakerChange event) {
    System.out.printf("%n%n%s: ", event.agentName());
  }

  @Override
  public void onStreamingToken(StreamingToken event) {
    System.out.print(others(event.token()));
    System.out.flush();
  }

  @Override
  public void onToolCall(ToolCall event) {
    System.out.printf("%n[calls %s %s]%n  ", others(event.name()), others(event.arguments()));
  }

  @Override
  public void onToolResult(ToolResult event) {
    System.out.printf("%n[gets %s]%n  ", others(event.result()));
  }

  @Override
  public void onError(ChatError event) {
    System.out.printf("%n  [%s]", event.message());
  }

  @Override
  public void onConversationEnded(ConversationEnded event) {
    System.out.printf("%n%n[%s, %d tokens]%n", event.reason(), event.usage().totalTokens());
  }

  @Override
  public void onInputRequested(InputRequested event) {
    System.out.printf("%n%n  %s%n", others(event.prompt()));
    if (event.choices() != null) {
      System.out.println("  " + others(String.join(" / ", event.choices())));
    }
    System.out.print("> ");
    System.out.flush();
    answer(event.requestId());
  }

  /**
   * Makes others' text harmless: it can neither control the terminal nor begin a line as this class
   * does.
   */
  private static String others(String text) {
    return Harmless.text(text).replace("\n", "\n  ");
  }

  private void answer(String requestId) {
    try {
      String line = input.readLine();
      Conversation asking = conversation.join();
      if (line == null) {
        asking.stop();
      } else {
        SteeringOutcome outcome = asking.input(requestId, line.strip()).join();
        if (outcome == SteeringOutcome.INVALID) {
          System.out.print("Please type one of the choices.\n> ");
          answer(requestId);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
