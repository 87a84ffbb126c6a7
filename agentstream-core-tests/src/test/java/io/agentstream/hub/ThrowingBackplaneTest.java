package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.backplane.StartRequest;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalWriter;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.internal.DelegatingJournal;
import io.agentstream.test.internal.JournalNode;
import io.agentstream.test.internal.KeepingJournal;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A journal, a directory or an ownership throws, and nobody waits or loses a conversation. */
class ThrowingBackplaneTest extends HubOfAnn {

  @Test
  void a_start_that_throws_leaves_neither_claim_nor_entry_and_can_be_made_again() {
    BrokenJournal journal = new BrokenJournal(clock);
    Directory directory = new InMemoryDirectory();
    JournalNode node = new JournalNode(journal, directory);
    ConversationHub hub = hub().backplane(node).build();
    ViewerConnection viewer = hub.connect(socket, false);
    GroupChat chat =
        GroupChat.builder()
            .participants(Agent.builder("Zoe").model(model).build())
            .clock(clock)
            .executor(Runnable::run)
            .build();

    journal.broken = true;
    assertThatThrownBy(() -> hub.start(chat, "Tea?")).hasMessage("broken");
    start(viewer);
    assertThat(socket.last().at("/data/code").asText()).isEqualTo("internal");
    String again = "{\"topic\":\"Tea?\",\"request_id\":\"5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035\"}";
    send(viewer, "start_conversation", again);
    assertThat(socket.last().at("/data/code").asText()).isEqualTo("internal");
    assertThat(node.claimed()).isEmpty();
    assertThat(all(directory)).isEmpty();
    assertThat(hub.conversations()).isEmpty();

    journal.broken = false;
    send(viewer, "start_conversation", again);
    assertThat(socket.of("accepted")).hasSize(1);
    assertThat(node.claimed()).hasSize(1);
  }

  @Test
  void a_directory_that_throws_keeps_nobody_waiting() {
    ThrowingDirectory directory = new ThrowingDirectory();
    Journal journal = new InMemoryJournal(Limits.defaults(), clock);
    ConversationHub hub = hub().backplane(new JournalNode(journal, directory)).build();
    ViewerConnection viewer = hub.connect(socket, false);
    String again = "{\"topic\":\"Tea?\",\"request_id\":\"5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035\"}";
    for (int i = 0; i < 2; i++) {
      send(viewer, "start_conversation", again);
      assertThat(socket.of("error")).hasSize(i + 1);
    }
    for (String type : Commands.OF_A_CONVERSATION) {
      send(viewer, type, Commands.data(type, "c"));
      send(viewer, type, Commands.data(type, "c"));
      assertThat(socket.last().at("/data/code").asText()).as(type).isEqualTo("internal");
    }
    assertThat(socket.of("error")).hasSize(2 + 2 * Commands.OF_A_CONVERSATION.size());
  }

  @Test
  void one_that_is_joined_while_others_are_asked_about_it_is_not_abandoned() {
    Journal journal = new InMemoryJournal(Limits.defaults(), clock);
    CompletableFuture<Boolean> viewedElsewhere = new CompletableFuture<>();
    JournalNode node =
        new JournalNode(journal, new InMemoryDirectory()) {
          @Override
          public CompletionStage<Boolean> isViewed(String conversationId) {
            return viewedElsewhere;
          }
        };
    ConversationHub hub = hub().backplane(node).build();
    ViewerConnection viewer = hub.connect(socket, false);
    start(viewer);
    model.next().tokens("Half");
    String id = hub.conversations().iterator().next().id();
    viewer.closed();
    clock.advance(hub.timeouts().unviewed());
    FakeTransport second = new FakeTransport();
    send(hub.connect(second, false), "join_conversation", Commands.data("join_conversation", id));
    viewedElsewhere.complete(false);
    assertThat(hub.conversations().iterator().next().result()).isNotDone();

    clock.advance(Duration.ofSeconds(1));
    assertThat(second.of("snapshot")).hasSize(1);
  }

  @Test
  void where_nobody_keeps_the_state_it_is_not_taken() {
    for (boolean keeps : new boolean[] {false, true}) {
      KeepingJournal journal =
          new KeepingJournal(new InMemoryJournal(Limits.defaults(), clock), keeps);
      ConversationHub hub =
          hub().backplane(new JournalNode(journal, new InMemoryDirectory())).build();
      start(hub.connect(new FakeTransport(), false));
      model.next().tokens("One").complete();
      assertThat(journal.kept().isEmpty()).isEqualTo(!keeps);
    }
    JournalWriter writer = new InMemoryJournal(Limits.defaults(), clock).open("c", 1);
    assertThat(writer.keeps()).isFalse();
  }

  private static List<ConversationInfo> all(Directory directory) {
    return directory.newest(null, any -> true, 10).toCompletableFuture().join();
  }

  /** Opens nothing while it is broken. */
  private static final class BrokenJournal extends DelegatingJournal {
    boolean broken;

    BrokenJournal(ManualClock clock) {
      super(new InMemoryJournal(Limits.defaults(), clock));
    }

    @Override
    public JournalWriter open(String conversationId, long epoch) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      return super.open(conversationId, epoch);
    }
  }

  private static final class ThrowingDirectory implements Directory {
    private static IllegalStateException broken() {
      return new IllegalStateException("broken");
    }

    @Override
    public CompletionStage<Void> add(ConversationInfo conversation) {
      throw broken();
    }

    @Override
    public CompletionStage<Optional<ConversationInfo>> find(String conversationId) {
      throw broken();
    }

    @Override
    public CompletionStage<List<ConversationInfo>> newest(
        @Nullable User owner, Predicate<ConversationInfo> which, int most) {
      throw broken();
    }

    @Override
    public CompletionStage<Optional<String>> startedBy(StartRequest request) {
      throw broken();
    }

    @Override
    public CompletionStage<String> started(StartRequest request, String conversationId) {
      throw broken();
    }

    @Override
    public CompletionStage<Void> remove(String conversationId) {
      return CompletableFuture.completedStage(null);
    }
  }
}
