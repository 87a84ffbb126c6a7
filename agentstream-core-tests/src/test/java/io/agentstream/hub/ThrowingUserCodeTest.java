package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.backplane.Ownership;
import io.agentstream.backplane.StartRequest;
import io.agentstream.chat.Agent;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Code of users throws whatever it likes, declared or not, and harms nobody else. */
class ThrowingUserCodeTest {

  private static final Handshake OVER_HTTP =
      new Handshake(Map.of("Host", List.of("a")), false, null, null, "agentstream.v1");

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final FakeTransport socket = new FakeTransport();

  static List<Throwable> whateverIsThrown() {
    return List.of(
        new IllegalStateException("canary"),
        new IOException("canary"),
        new StackOverflowError("canary"),
        new NoClassDefFoundError("canary"));
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void a_listener_ends_no_connection_and_no_conversation(Throwable thrown) {
    ConversationHub hub =
        hub()
            .listener(new ThrowingListener(thrown))
            .limits(Limits.builder().journalEvents(20).build())
            .build();
    ViewerConnection viewer = hub.connect(socket, false);
    viewer.receive("{\"type\":\"nonsense\"}", true);
    start(viewer);
    ScriptedCall call = model.next();
    socket.stick();
    call.tokens("a", "b", "c");
    socket.unstick();
    socket.stick();
    call.tokens("d".repeat(30).split(""));
    socket.unstick();
    call.tokens("e");
    assertThat(socket.of("snapshot")).hasSize(1);
    assertThat(socket.last().at("/data/token").asText()).isEqualTo("e");
    assertThat(socket.closeCode).isZero();
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void a_client_address_leaves_no_connection_behind(Throwable thrown) {
    ConversationHub hub =
        hub()
            .clientAddress(
                handshake -> {
                  throw sneaky(thrown);
                })
            .build();
    ViewerConnection viewer = hub.connect(socket, false, OVER_HTTP);
    assertThat(socket.closeCode).isEqualTo(1011);
    assertThat(hub.load().connections()).isZero();
    viewer.receive("{\"type\":\"ping\",\"data\":{}}", true);
    assertThat(clock.alarms()).isZero();
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void an_authenticator_leaves_no_connection_behind(Throwable thrown) {
    ConversationHub hub =
        hub()
            .authenticator(
                new Authenticator() {
                  @Override
                  public CompletionStage<Authentication> authenticate(Handshake handshake) {
                    throw sneaky(thrown);
                  }

                  @Override
                  public CompletionStage<Authentication> authenticate(
                      String token, Handshake handshake) {
                    throw sneaky(thrown);
                  }
                })
            .build();
    hub.connect(socket, false, OVER_HTTP);
    assertThat(socket.closeCode).isEqualTo(1011);
    assertThat(hub.load().connections()).isZero();
    assertThat(clock.alarms()).isZero();
  }

  @ParameterizedTest
  @MethodSource("whateverIsThrown")
  void an_access_refuses_what_it_was_asked_about_and_the_next_command_is_heard(Throwable thrown) {
    ConversationHub hub =
        hub()
            .access(
                (user, conversation) -> {
                  throw sneaky(thrown);
                })
            .build();
    ViewerConnection viewer = hub.connect(socket, false);
    start(viewer);
    for (String type : List.of("list_conversations", "start_conversation", "list_conversations")) {
      send(viewer, type, Commands.data(type, "c"));
      assertThat(socket.last().at("/data/code").asText()).as(type).isEqualTo("internal");
    }
    String id = hub.conversations().iterator().next().id();
    for (String type : Commands.OF_A_CONVERSATION) {
      send(viewer, type, Commands.data(type, id));
      assertThat(socket.last().at("/data/code").asText()).as(type).isEqualTo("internal");
    }
    send(viewer, "ping", "{}");
    assertThat(socket.last().at("/type").asText()).isEqualTo("pong");
  }

  @Test
  void an_executor_that_takes_no_more_leaves_no_connection_behind() {
    ConversationHub hub =
        hub()
            .executor(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .authenticator(new FakeAuthenticator())
            .build();
    hub.connect(socket, false, OVER_HTTP);
    assertThat(socket.closeCode).isEqualTo(1011);
    assertThat(hub.load().connections()).isZero();
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void a_socket_that_throws_is_closed_and_sends_no_more() {
    ConversationHub hub = hub().build();
    Transport throwing =
        new Transport() {
          @Override
          public void send(String message, Consumer<@Nullable Throwable> onSent) {
            throw sneaky(new IOException("canary"));
          }

          @Override
          public void ping() {}

          @Override
          public void close(int code, String reason) {
            socket.close(code, reason);
          }
        };
    hub.connect(throwing, false);
    assertThat(socket.closeCode).isEqualTo(1011);
    assertThat(hub.load().connections()).isZero();
  }

  @Test
  void where_no_address_is_known_a_bound_by_address_says_so_once() {
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    Logger logger = (Logger) LoggerFactory.getLogger(ViewerConnection.class);
    Level before = logger.getLevel();
    logger.setLevel(Level.WARN);
    logger.addAppender(logged);
    try {
      ConversationHub hub = hub().limits(Limits.builder().connectionsPerAddress(5).build()).build();
      hub.connect(socket, false);
      assertThat(logged.list).isEmpty();
      hub.connect(new FakeTransport(), false, OVER_HTTP);
      hub.connect(new FakeTransport(), false, OVER_HTTP);
      assertThat(logged.list)
          .singleElement()
          .asString()
          .contains("connectionsPerAddress", "ClientAddressListener");
    } finally {
      logger.detachAppender(logged);
      logger.setLevel(before);
    }
  }

  @Test
  void a_start_that_throws_leaves_neither_claim_nor_entry_and_can_be_made_again() {
    BrokenJournal journal = new BrokenJournal(clock);
    CountingOwnership ownership = new CountingOwnership();
    Directory directory = new InMemoryDirectory();
    ConversationHub hub = hub().backplane(backplane(journal, directory, ownership)).build();
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
    String again = "{\"topic\":\"Tea?\",\"request_id\":\"r\"}";
    send(viewer, "start_conversation", again);
    assertThat(socket.last().at("/data/code").asText()).isEqualTo("internal");
    assertThat(ownership.claimed).isEmpty();
    assertThat(all(directory)).isEmpty();
    assertThat(hub.conversations()).isEmpty();

    journal.broken = false;
    send(viewer, "start_conversation", again);
    assertThat(socket.of("accepted")).hasSize(1);
    assertThat(ownership.claimed).hasSize(1);
  }

  @Test
  void a_directory_that_throws_keeps_nobody_waiting() {
    ThrowingDirectory directory = new ThrowingDirectory();
    Journal journal = new InMemoryJournal(Limits.defaults(), clock);
    ConversationHub hub =
        hub().backplane(backplane(journal, directory, new CountingOwnership())).build();
    ViewerConnection viewer = hub.connect(socket, false);
    String again = "{\"topic\":\"Tea?\",\"request_id\":\"r\"}";
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
    CountingOwnership ownership = new CountingOwnership();
    Journal journal = new InMemoryJournal(Limits.defaults(), clock);
    CompletableFuture<Boolean> viewedElsewhere = new CompletableFuture<>();
    Backplane backplane =
        new TestBackplane(journal, new InMemoryDirectory(), ownership, viewedElsewhere);
    ConversationHub hub = hub().backplane(backplane).build();
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
    List<SavedConversation> kept = new ArrayList<>();
    for (boolean keeps : new boolean[] {false, true}) {
      KeepingJournal journal = new KeepingJournal(clock, keeps, kept);
      ConversationHub hub =
          hub()
              .backplane(backplane(journal, new InMemoryDirectory(), new CountingOwnership()))
              .build();
      start(hub.connect(new FakeTransport(), false));
      model.next().tokens("One").complete();
      assertThat(kept.isEmpty()).isEqualTo(!keeps);
    }
    JournalWriter writer = new InMemoryJournal(Limits.defaults(), clock).open("c", 1);
    assertThat(writer.keeps()).isFalse();
  }

  private ConversationHubBuilder hub() {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .clock(clock)
        .executor(Runnable::run);
  }

  private static Backplane backplane(Journal journal, Directory directory, Ownership ownership) {
    return new TestBackplane(
        journal, directory, ownership, CompletableFuture.completedFuture(false));
  }

  private static void start(ViewerConnection viewer) {
    send(viewer, "start_conversation", "{\"topic\":\"Tea?\"}");
  }

  private static void send(ViewerConnection viewer, String type, String data) {
    viewer.receive("{\"type\":\"" + type + "\",\"data\":" + data + "}", true);
  }

  private static List<ConversationInfo> all(Directory directory) {
    return directory.newest(null, any -> true, 10).toCompletableFuture().join();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static final class ThrowingListener implements DeliveryListener {
    private final Throwable thrown;

    ThrowingListener(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public void onHub(Supplier<HubLoad> load) {
      throw sneaky(thrown);
    }

    @Override
    public void onRefused(ErrorCode code) {
      throw sneaky(thrown);
    }

    @Override
    public void onConversation(ConversationBuilder conversation) {
      throw sneaky(thrown);
    }

    @Override
    public void onFrame() {
      throw sneaky(thrown);
    }

    @Override
    public void onMerge(int tokens) {
      throw sneaky(thrown);
    }

    @Override
    public void onResync() {
      throw sneaky(thrown);
    }
  }

  private record TestBackplane(
      Journal journal,
      Directory directory,
      Ownership ownership,
      CompletableFuture<Boolean> viewedElsewhere)
      implements Backplane {

    @Override
    public CommandRouter router() {
      return command -> {
        throw new IllegalStateException("Everything runs here");
      };
    }

    @Override
    public CompletionStage<Boolean> isViewed(String conversationId) {
      return viewedElsewhere;
    }
  }

  private static final class CountingOwnership implements Ownership {
    private final List<String> claimed = new ArrayList<>();

    @Override
    public CompletionStage<Long> claim(String conversationId) {
      claimed.add(conversationId);
      return CompletableFuture.completedStage(1L);
    }

    @Override
    public void release(String conversationId) {
      claimed.remove(conversationId);
    }
  }

  /** Opens nothing while it is broken. */
  private static class BrokenJournal implements Journal {
    final Journal journal;
    boolean broken;

    BrokenJournal(ManualClock clock) {
      this.journal = new InMemoryJournal(Limits.defaults(), clock);
    }

    @Override
    public JournalWriter open(String conversationId, long epoch) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      return journal.open(conversationId, epoch);
    }

    @Override
    public CompletionStage<Optional<JournalReader>> read(String conversationId) {
      return journal.read(conversationId);
    }

    @Override
    public CompletionStage<Map<String, Snapshot.State>> states(Collection<String> conversationIds) {
      return journal.states(conversationIds);
    }

    @Override
    public void remove(String conversationId) {
      journal.remove(conversationId);
    }
  }

  private static final class KeepingJournal extends BrokenJournal {
    private final boolean keeps;
    private final List<SavedConversation> kept;

    KeepingJournal(ManualClock clock, boolean keeps, List<SavedConversation> kept) {
      super(clock);
      this.keeps = keeps;
      this.kept = kept;
    }

    @Override
    public JournalWriter open(String conversationId, long epoch) {
      JournalWriter writer = super.open(conversationId, epoch);
      return new JournalWriter() {
        @Override
        public void append(ChatEvent event) {
          writer.append(event);
        }

        @Override
        public void appendAll(List<ChatEvent> events) {
          writer.appendAll(events);
        }

        @Override
        public boolean keeps() {
          return keeps;
        }

        @Override
        public void keep(SavedConversation saved) {
          kept.add(saved);
        }
      };
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
