package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.backplane.Ownership;
import io.agentstream.chat.Agent;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.UnavailableException;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.Authored;
import io.agentstream.wire.ConversationCommand.SendMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A command whose conversation is run by another node, which is slow. */
class HeldSteeringTest {

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final SlowBackplane backplane = new SlowBackplane(clock);
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model).build())
          .clock(clock)
          .backplane(backplane)
          .executor(Runnable::run)
          .build();
  private final FakeTransport socket = new FakeTransport();
  private final ViewerConnection viewer = hub.connect(socket, false);
  private final JournalWriter slow = backplane.elsewhere("slow");
  private final JournalWriter other = backplane.elsewhere("other");

  @Test
  void while_a_command_waits_pings_answers_and_other_conversations_do_not() {
    join("slow");
    join("other");
    say("slow", "First");
    send("ping", "{}");
    assertThat(types()).endsWith("pong");
    other.append(token("other"));
    assertThat(types()).endsWith("streaming_token");
    send("list_agents", "{}");
    assertThat(types()).endsWith("agents");
    clock.advance(hub.timeouts().heartbeat());
    assertThat(types()).endsWith("ping");
  }

  @Test
  void its_answer_leaves_before_the_events_that_it_leads_to() {
    join("slow");
    int before = socket.frames.size();
    say("slow", "First");
    slow.append(token("Hello"));
    assertThat(socket.frames).hasSize(before);
    backplane.asked.get(0).complete(SteeringOutcome.ACCEPTED);
    assertThat(types().subList(before, socket.frames.size()))
        .containsExactly("accepted", "streaming_token");
  }

  @Test
  void commands_of_one_conversation_are_carried_out_in_their_order() {
    say("slow", "First");
    say("slow", "Second");
    say("other", "Third");
    assertThat(backplane.said).containsExactly("First", "Third");
    backplane.asked.get(0).complete(SteeringOutcome.ACCEPTED);
    assertThat(backplane.said).containsExactly("First", "Third", "Second");
  }

  @Test
  void a_command_that_fails_holds_nothing_and_the_next_one_is_carried_out() {
    join("slow");
    say("slow", "First");
    say("slow", "Second");
    backplane.asked.get(0).completeExceptionally(new UnavailableException("gone"));
    assertThat(socket.of("error").get(0).at("/data/code").asText()).isEqualTo("unavailable");
    backplane.asked.get(1).complete(SteeringOutcome.ACCEPTED);
    slow.append(token("Hello"));
    assertThat(types()).endsWith("accepted", "streaming_token");
  }

  @Test
  void a_change_of_a_waiting_message_that_could_not_be_recorded_is_to_be_sent_again() {
    join("slow");
    send("withdraw_message", "{\"conversation_id\":\"slow\",\"queue_id\":\"q1\"}");
    backplane.asked.get(0).complete(SteeringOutcome.UNAVAILABLE);
    assertThat(socket.last().at("/data/code").asText()).isEqualTo("unavailable");
    assertThat(socket.last().at("/data/message").asText()).contains("could not record the change");
  }

  @Test
  void a_router_that_throws_holds_nothing() {
    join("slow");
    backplane.broken = true;
    say("slow", "First");
    assertThat(socket.last().at("/data/code").asText()).isEqualTo("internal");
    slow.append(token("Hello"));
    assertThat(types()).endsWith("streaming_token");
  }

  @Test
  void more_commands_than_may_wait_are_refused() {
    for (int i = 0; i < CommandLanes.MOST_WAITING + 2; i++) {
      say("slow", "Message " + i);
    }
    assertThat(socket.of("error")).hasSize(1);
    assertThat(socket.last().at("/data/code").asText()).isEqualTo("rate_limited");
  }

  @Test
  void a_hub_that_goes_down_shows_what_was_held_back_first() {
    join("slow");
    say("slow", "First");
    slow.append(token("Hello"));
    CompletionStage<Void> unused = hub.drain();
    assertThat(socket.closeCode).isZero();
    backplane.asked.get(0).complete(SteeringOutcome.ACCEPTED);
    assertThat(types()).endsWith("accepted", "streaming_token");
    assertThat(socket.closeCode).isEqualTo(1001);
  }

  private void join(String id) {
    send("join_conversation", "{\"conversation_id\":\"" + id + "\"}");
  }

  private void say(String id, String what) {
    send("send_message", "{\"conversation_id\":\"" + id + "\",\"content\":\"" + what + "\"}");
  }

  private void send(String type, String data) {
    viewer.receive("{\"type\":\"" + type + "\",\"data\":" + data + "}", true);
  }

  private List<String> types() {
    return socket.parsed().stream().map(frame -> frame.get("type").asText()).toList();
  }

  private static StreamingToken token(String text) {
    return new StreamingToken("m1", 0, text);
  }

  /** Other nodes answer a command when the test says so. */
  private static final class SlowBackplane implements Backplane {
    private final Journal journal;
    private final Directory directory = new InMemoryDirectory();
    private final List<CompletableFuture<SteeringOutcome>> asked = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private boolean broken;

    SlowBackplane(ManualClock clock) {
      this.journal = new InMemoryJournal(Limits.defaults(), clock);
    }

    /** A conversation that another node runs. */
    JournalWriter elsewhere(String id) {
      directory.add(new ConversationInfo(id, null, "Tea?", List.of("Ann"), Instant.EPOCH));
      JournalWriter writer = journal.open(id, 1);
      writer.append(new ConversationCreated(1, "Tea?", List.of("Ann"), "round_robin", 1));
      writer.append(new SpeakerChange("m1", "Ann", 1, null, null));
      return writer;
    }

    @Override
    public Journal journal() {
      return journal;
    }

    @Override
    public Ownership ownership() {
      return Backplane.singleNode(journal, directory).ownership();
    }

    @Override
    public Directory directory() {
      return directory;
    }

    @Override
    public CommandRouter router() {
      return this::route;
    }

    private CompletionStage<SteeringOutcome> route(ConversationCommand command) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      if (command instanceof Authored authored && authored.command() instanceof SendMessage it) {
        said.add(it.content());
      }
      CompletableFuture<SteeringOutcome> answer = new CompletableFuture<>();
      asked.add(answer);
      return answer;
    }
  }
}
