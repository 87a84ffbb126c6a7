package io.agentstream.redis;

import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Node;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ErrorCode;
import io.agentstream.internal.UserCode;
import io.agentstream.journal.UnavailableException;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.internal.CommandDecoder;
import io.agentstream.wire.internal.CommandEncoder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a command to the node that runs the conversation, on that node's channel, and returns its
 * outcome. If no node runs the conversation because its node has died, the command is repeated
 * until another node has taken over.
 *
 * <p>A question is {@code ? <asking node> <number> <command>}, an answer {@code ! <number>
 * <outcome>}. A command keeps its number when it is repeated, and its owner carries it out once
 * ({@link CarriedOut}). A later owner does not know which commands the previous one has carried
 * out. Therefore a message without an id gets one here, by which the conversation recognises it.
 * One case remains: a {@code stop_speaker} without an id may be carried out by both.
 */
final class RedisRouter implements CommandRouter {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final Duration TRY_AGAIN = Duration.ofMillis(250);
  private static final String NOT_HERE = "NOT_HERE";
  private static final String NOT_UNDERSTOOD = "NOT_UNDERSTOOD";
  private static final String FAILED = "FAILED";

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final ChatClock clock;
  private final CommandDecoder decoder;
  private final Duration patience;
  private final Duration answerTime;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentHashMap<Long, Attempt> asked = new ConcurrentHashMap<>();
  private final CarriedOut carriedOut;
  private volatile @Nullable Node node;

  RedisRouter(RedisLink link, Keys keys, String me, RedisSettings settings) {
    this.link = link;
    this.keys = keys;
    this.me = me;
    this.clock = settings.clock();
    this.decoder = CommandDecoder.ofNodes(settings.limits());
    this.answerTime = settings.commandTimeout();
    // Long enough for a lease to expire and another node to take over.
    this.patience = Lease.noticedWithin(settings.lease()).multipliedBy(2);
    this.carriedOut = new CarriedOut(clock, patience.plus(answerTime).multipliedBy(2));
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
    Attempt attempt = new Attempt(command, numbers.incrementAndGet());
    attempt.ask();
    return link.handOut(attempt.outcome);
  }

  private void hear(String message) {
    String[] parts = message.split(" ", 4);
    if (parts.length == 4 && parts[0].equals("?")) {
      if (Stored.isId(parts[1]) && Stored.number(parts[2]) != null) {
        // A command leads to a user's listeners, which may block.
        link.execute(() -> carryOut(parts[1], parts[2], parts[3]));
        return;
      }
    } else if (parts.length == 3 && parts[0].equals("!")) {
      Long number = Stored.number(parts[1]);
      if (number != null) {
        answered(number, parts[2]);
        return;
      }
    }
    Stored.logOnce("a node's channel had a message that no node sends; it was passed over");
  }

  private void answered(long number, String result) {
    Attempt attempt = asked.remove(number);
    if (attempt != null) {
      attempt.answered(result);
    }
  }

  private void carryOut(String asking, String number, String text) {
    Node hub = node;
    ClientCommand command;
    try {
      command = decoder.decode(text).command();
    } catch (ProtocolException e) {
      log.error("A command of another node is not valid on this node: {}", e.reason());
      if (e.code() != ErrorCode.INVALID_JSON) {
        answer(asking, number, NOT_UNDERSTOOD);
      }
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
        carriedOut
            .once(asking + " " + number, () -> steer(hub, steering))
            .whenComplete(
                (outcome, failure) -> {
                  if (failure != null) {
                    log.error("A command of another node failed because of a defect", failure);
                  }
                  answer(asking, number, failure == null ? outcome.name() : FAILED);
                });
  }

  private static CompletionStage<SteeringOutcome> steer(Node hub, ConversationCommand command) {
    try {
      return hub.steer(command);
    } catch (Throwable e) {
      UserCode.caught(e);
      return CompletableFuture.failedStage(e);
    }
  }

  private void answer(String asking, String number, String outcome) {
    CompletionStage<Long> unused =
        link.queries().publish(keys.node(asking), "! " + number + " " + outcome);
  }

  /** A command that waits for its outcome. */
  private final class Attempt {
    private final ConversationCommand command;
    private final long number;
    private final long began = clock.nanoTime();
    private final CompletableFuture<SteeringOutcome> outcome = new CompletableFuture<>();
    private volatile int tries;
    private volatile Alarm alarm = () -> {};

    Attempt(ConversationCommand command, long number) {
      this.number = number;
      this.command = command.identified(me + "-" + number);
    }

    void ask() {
      Node hub = node;
      if (hub != null && hub.runs(command.conversationId())) {
        CompletionStage<SteeringOutcome> unused = steer(hub, command).whenComplete(this::steered);
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
      int current = nextTry();
      asked.put(number, this);
      alarm = clock.schedule(answerTime, () -> unanswered(current));
      String question = "? " + me + " " + number + " " + CommandEncoder.encode(command);
      CompletionStage<Void> unused =
          link.queries()
              .publish(keys.node(owner), question)
              .thenAccept(
                  heardBy -> {
                    if (heardBy == 0) {
                      unanswered(current);
                    }
                  })
              .exceptionally(this::failed);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One try begins when the one before is over.
    private int nextTry() {
      tries++;
      return tries;
    }

    private void answered(String result) {
      alarm.cancel();
      switch (result) {
        case NOT_HERE -> later();
        case NOT_UNDERSTOOD -> unavailable("its node is of another version than this one");
        case FAILED ->
            outcome.completeExceptionally(
                new IllegalStateException(about("its node failed; see the log there")));
        default -> answeredWith(result);
      }
    }

    private void answeredWith(String result) {
      for (SteeringOutcome known : SteeringOutcome.values()) {
        if (known.name().equals(result)) {
          outcome.complete(known);
          return;
        }
      }
      unavailable("its node is of another version and gave an unknown answer");
    }

    /** A cancelled alarm may already be ringing, so an alarm is valid only for its own attempt. */
    private void unanswered(int which) {
      if (which == tries && asked.remove(number, this)) {
        alarm.cancel();
        later();
      }
    }

    private void later() {
      if (clock.nanoTime() - began > patience.toNanos()) {
        unavailable("no node carries out a command");
      } else {
        link.later(TRY_AGAIN, this::ask);
      }
    }

    private void unavailable(String problem) {
      outcome.completeExceptionally(new UnavailableException(about(problem)));
    }

    private String about(String problem) {
      return "Conversation " + command.conversationId() + ": " + problem;
    }

    private @Nullable Void failed(Throwable failure) {
      asked.remove(number, this);
      alarm.cancel();
      outcome.completeExceptionally(
          new UnavailableException("Redis accepted no command: " + failure));
      return null;
    }
  }
}
