package io.agentstream.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.GroupChat;
import io.agentstream.examples.cookbook.SteeringRecipesTest.Archive;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Access;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.micrometer.HubMetrics;
import io.agentstream.micrometer.HubObservations;
import io.agentstream.opentelemetry.ConversationTracing;
import io.agentstream.redis.RedisBackplane;
import io.agentstream.redis.RedisProcess;
import io.agentstream.redis.RedisSettings;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.wire.ConversationCommand.DeleteConversation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/cookbook.md for a server. */
class HubRecipesTest {

  private final ScriptedModel model =
      new ScriptedModel().always(call -> call.tokens("It ", "is.").complete());
  private final Agent optimist = Agent.builder("Optimist").model(model).build();
  private final Agent skeptic = Agent.builder("Skeptic").model(model).build();
  private final GroupChat debate =
      GroupChat.builder().participants(optimist, skeptic).maxRounds(1).build();
  private final Users users = new Users();
  private final List<RedisBackplane> nodes = new ArrayList<>();

  @TempDir private Path folder;

  /** The users of an application. */
  private static final class Users {
    private final Map<String, String> sessions = Map.of("s1", "ada", "s2", "bob");

    Authentication bySession(@Nullable String session) {
      String id = session == null ? null : sessions.get(session);
      return id == null ? Authentication.refused() : Authentication.of(id);
    }

    boolean friends(User one, @Nullable User other) {
      return other != null && one.id().equals("bob") && other.id().equals("ada");
    }
  }

  @Test
  void users_come_by_cookie_and_friends_may_watch() {
    ConversationHub hub =
        ConversationHub.builder()
            .agents(optimist, skeptic)
            .authenticator(
                Authenticator.byHandshake(
                    handshake -> users.bySession(handshake.cookie("session"))))
            .access(
                (user, conversation) ->
                    users.friends(user, conversation.owner())
                        ? Access.VIEW
                        : ConversationAccess.byOwner().of(user, conversation))
            .build();

    try (hub) {
      LocalViewer ada = new LocalViewer(hub, handshake("Cookie", "session=s1")).welcomed();
      String hers = ada.start("Tea?");
      LocalViewer bob = new LocalViewer(hub, handshake("Cookie", "session=s2")).welcomed();
      bob.join(hers).await("joined");
      bob.command("stop_conversation", Map.of("conversation_id", hers)).await("error");
      assertThat(new LocalViewer(hub, handshake("Cookie", "session=s3")).closeCode().join())
          .isEqualTo(4500);
    }
  }

  @Test
  void the_address_of_a_client_comes_from_the_proxy() {
    ConversationHub hub =
        ConversationHub.builder()
            .agents(optimist, skeptic)
            .clientAddress(handshake -> handshake.header("X-Real-IP")) // the proxy overwrites it
            .build();

    try (hub) {
      assertThat(new LocalViewer(hub, handshake("X-Real-IP", "192.0.2.7")).welcomed().start("Tea?"))
          .isNotEmpty();
    }
  }

  @Test
  void a_listener_hears_every_conversation() {
    Queue<String> lines = new ConcurrentLinkedQueue<>();

    ConversationHub hub =
        ConversationHub.builder()
            .agents(optimist, skeptic)
            .listener(
                new DeliveryListener() {
                  @Override
                  public void onConversation(ConversationBuilder started) {
                    started.listener(conversation -> new Archive(conversation, lines));
                  }
                })
            .build();

    try (hub) {
      new LocalViewer(hub).start("Tea?");
      Eventually.await(() -> lines.contains("Tea?: Optimist says It is."));
    }
  }

  @Test
  void the_program_starts_a_conversation_that_browsers_watch() {
    ConversationHub hub = ConversationHub.builder().team("Debate", debate).build();

    Conversation conversation = hub.start(debate, "Tea?", User.of("ada"));
    String link = "/?conversation=" + conversation.id();

    try (hub) {
      assertThat(link).endsWith(conversation.id());
      assertThat(conversation.result().join().messages()).hasSize(3);
    }
  }

  @Test
  void a_conversation_is_found_and_deleted_by_its_id() {
    ConversationHub hub = ConversationHub.builder().team("Debate", debate).build();

    try (hub) {
      String id = hub.start(debate, "Tea?").id();

      Conversation conversation = hub.find(id).orElseThrow();

      assertThat(conversation.topic()).isEqualTo("Tea?");

      hub.steer(new DeleteConversation(id)).toCompletableFuture().join();

      assertThat(hub.find(id)).isEmpty();
    }
  }

  @Test
  void metrics_and_traces_are_a_line_each() {
    MeterRegistry meterRegistry = new SimpleMeterRegistry();
    ObservationRegistry observationRegistry = ObservationRegistry.create();
    OpenTelemetry openTelemetry = OpenTelemetry.noop();

    ConversationHub hub =
        ConversationHub.builder()
            .agents(optimist, skeptic)
            .listener(HubMetrics.of(meterRegistry))
            .listener(new HubObservations(observationRegistry)) // spans by Micrometer Tracing,
            .listener(new ConversationTracing(openTelemetry)) // or by OpenTelemetry
            .build();

    try (hub) {
      LocalViewer viewer = new LocalViewer(hub);
      viewer.join(viewer.start("Tea?")).awaitEnd();
      assertThat(meterRegistry.getMeters())
          .anySatisfy(meter -> assertThat(meter.getId().getName()).startsWith("agentstream."));
    }
  }

  @Test
  void a_conversation_outlives_the_server() {
    AtomicReference<String> id = new AtomicReference<>();
    server(
        hub -> {
          LocalViewer viewer = new LocalViewer(hub);
          id.set(viewer.start("Tea?"));
          viewer.join(id.get()).awaitEnd();
        });
    server(
        hub ->
            assertThat(new LocalViewer(hub).join(id.get()).await("snapshot").toString())
                .contains("It is."));
  }

  private void server(Consumer<ConversationHub> use) {
    JdbcStore store = JdbcStore.inFolder(folder); // or JdbcStore.of(dataSource)
    ConversationHub hub = ConversationHub.builder().agents(optimist, skeptic).store(store).build();

    try (store;
        hub) {
      use.accept(hub);
    }
  }

  @Test
  void two_nodes_share_their_conversations() {
    try (RedisProcess process = RedisProcess.start()) {
      try (ConversationHub one = node(process.url());
          ConversationHub other = node(process.url())) {
        String id = new LocalViewer(one).start("Tea?");
        new LocalViewer(other).join(id).awaitEnd();
      } finally {
        nodes.forEach(RedisBackplane::close);
      }
    }
  }

  private ConversationHub node(String redisUrl) {
    RedisBackplane redis = RedisBackplane.connect(RedisSettings.at(redisUrl).build());
    ConversationHub hub =
        ConversationHub.builder().agents(optimist, skeptic).backplane(redis).build();
    nodes.add(redis);
    return hub;
  }

  private static Handshake handshake(String header, String value) {
    return new Handshake(Map.of(header, List.of(value)), false, "192.0.2.1", null, null);
  }
}
