package io.agentstream.chat;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.test.Eventually;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A user who interrupts, stops and says something, whatever an agent is at. */
final class Meddling implements StreamListener {

  private static final int MOST = 8;

  private final Random random;
  private final CompletableFuture<Conversation> conversation = new CompletableFuture<>();
  private final Queue<CompletableFuture<?>> commands = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();

  Meddling(long seed) {
    this.random = new Random(seed);
  }

  void begin(Conversation conversation) {
    this.conversation.complete(conversation);
  }

  /** How often the user did something. */
  int count() {
    return commands.size();
  }

  /** Waits until all messages are sent and nobody speaks. */
  void awaitEnd() {
    commands.forEach(CompletableFuture::join);
    Eventually.await(() -> running.get() <= 0);
  }

  @Override
  public void onEvent(ChatEvent event) {
    if (event instanceof ConversationStarted) {
      running.incrementAndGet();
    } else if (event instanceof ConversationEnded) {
      running.decrementAndGet();
    } else if (mayBeCut(event) && commands.size() < MOST && random.nextInt(4) == 0) {
      meddle(random.nextInt(4));
    }
  }

  private static boolean mayBeCut(ChatEvent event) {
    return event instanceof SpeakerChange
        || event instanceof StreamingToken
        || event instanceof StreamingThinking
        || event instanceof ToolCall
        || event instanceof ToolResult;
  }

  private void meddle(int how) {
    commands.add(
        conversation.thenCompose(
            chat ->
                switch (how) {
                  case 0 -> chat.interrupt("Hold on.");
                  case 1 -> chat.say("By the way?");
                  default -> chat.stopSpeaker();
                }));
  }
}
