package io.agentstream.redis;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.delivery.CommandRouter;
import io.agentstream.delivery.Node;
import io.agentstream.delivery.UnavailableException;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ClientCommand.ConversationCommand;
import io.agentstream.wire.CommandDecoder;
import io.agentstream.wire.CommandEncoder;
import io.agentstream.wire.ProtocolException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a command to the node that runs the conversation, on the channel of that node, and its
 * outcome back. While nobody runs it, for its node has died, it is tried again until another has
 * taken over.
 *
 * <p>A question is {@code ? <asking node> <number> <command>}, an answer {@code ! <number>
 * <outcome>}.
 */
final class RedisRouter implements CommandRouter {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final Duration TRY_AGAIN = Duration.ofMillis(250);
  private static final String NOT_HERE = "NOT_HERE";

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final ChatClock clock;
  private final CommandDecoder decoder;
  private final Duration patience;
  private final Duration answerTime;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentHashMap<Long, Attempt> asked = new ConcurrentHashMap<>();
  private volatile @Nullable Node node;

  RedisRouter(RedisLink link, Keys keys, String me, RedisSettings settings) {
    this.link = link;
    this.keys = keys;
    this.me = me;
    this.clock = settings.clock();
    this.decoder = new CommandDecoder(settings.limits());
    this.answerTime = settings.commandTimeout();
    // A lease runs out, and somebody takes over.
    this.patience = Lease.noticedWithin(settings.lease()).multipliedBy(2);
  }

  void start(Node node) {
    this.node = node;
    link.onMessage(
        (channel, message) -> {
          if (channel.equals(keys.node(me))) {
            hear(message);
          }
        });
    CompletionStage<Void> unused = link.subscribe(keys.node(me));
  }

  @Override
  public CompletionStage<SteeringOutcome> route(ConversationCommand command) {
    Attempt attempt = new Attempt(command);
    attempt.ask();
    return attempt.outcome;
  }

  private void hear(String message) {
    String[] parts = message.split(" ", 4);
    if (parts.length == 4 && parts[0].equals("?")) {
      carryOut(parts[1], parts[2], parts[3]);
    } else if (parts.length == 3 && parts[0].equals("!")) {
      Attempt attempt = asked.remove(Long.parseLong(parts[1]));
      if (attempt != null) {
        attempt.answered(parts[2]);
      }
    }
  }

  private void carryOut(String asking, String number, String text) {
    Node hub = node;
    ClientCommand command;
    try {
      command = decoder.decode(text).command();
    } catch (ProtocolException e) {
      log.error("A command of another node does not fit this one: {}", e.reason());
      return;
    }
    if (hub == null || !(command instanceof ConversationCommand steering)) {
      return;
    }
    if (!hub.runs(steering.conversationId())) {
      answer(asking, number, NOT_HERE);
      return;
    }
    CompletionStage<SteeringOutcome> unused =
        hub.steer(steering)
            .whenComplete(
                (outcome, failure) -> {
                  if (failure == null) {
                    answer(asking, number, outcome.name());
                  } else {
                    log.error("A command of another node failed by a defect", failure);
                  }
                });
  }

  private void answer(String asking, String number, String outcome) {
    CompletionStage<Long> unused =
        link.queries().publish(keys.node(asking), "! " + number + " " + outcome);
  }

  /** A command on its way. */
  private final class Attempt {
    private final ConversationCommand command;
    private final long began = clock.nanoTime();
    private final CompletableFuture<SteeringOutcome> outcome = new CompletableFuture<>();
    private volatile long number;
    private volatile Alarm alarm = () -> {};

    Attempt(ConversationCommand command) {
      this.command = command;
    }

    void ask() {
      Node hub = node;
      if (hub != null && hub.runs(command.conversationId())) {
        CompletionStage<SteeringOutcome> unused = hub.steer(command).whenComplete(this::steered);
        return;
      }
      CompletionStage<Void> unused =
          link.queries()
              .hget(keys.conversation(command.conversationId()), "node")
              .thenAccept(this::ask)
              .exceptionally(this::failed);
    }

    private void steered(SteeringOutcome result, @Nullable Throwable failure) {
      if (failure == null) {
        outcome.complete(result);
      } else {
        outcome.completeExceptionally(failure);
      }
    }

    private void ask(@Nullable String owner) {
      if (owner == null) {
        outcome.complete(SteeringOutcome.NOT_FOUND);
        return;
      }
      number = numbers.incrementAndGet();
      asked.put(number, this);
      alarm = clock.schedule(answerTime, () -> unanswered(number));
      String question = "? " + me + " " + number + " " + CommandEncoder.encode(command);
      CompletionStage<Void> unused =
          link.queries()
              .publish(keys.node(owner), question)
              .thenAccept(
                  heardBy -> {
                    if (heardBy == 0) {
                      unanswered(number);
                    }
                  })
              .exceptionally(this::failed);
    }

    private void answered(String result) {
      alarm.cancel();
      if (result.equals(NOT_HERE)) {
        later();
      } else {
        outcome.complete(SteeringOutcome.valueOf(result));
      }
    }

    private void unanswered(long which) {
      if (asked.remove(which, this)) {
        alarm.cancel();
        later();
      }
    }

    private void later() {
      if (clock.nanoTime() - began > patience.toNanos()) {
        outcome.completeExceptionally(
            new UnavailableException(
                "Conversation " + command.conversationId() + ": no node carries out a command"));
      } else {
        link.later(TRY_AGAIN, this::ask);
      }
    }

    private @Nullable Void failed(Throwable failure) {
      asked.remove(number, this);
      alarm.cancel();
      outcome.completeExceptionally(new UnavailableException("Redis took no command: " + failure));
      return null;
    }
  }
}
