package io.agentstream.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.hub.CatalogueEditor;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.hub.Editors;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.store.Store;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A hub whose users make agents and teams from the parts of a team file. */
final class OwnServer implements AutoCloseable {

  static final String FILE =
      """
      version: 1
      models:
        fast: {base_url: "http://canary-url.example/v1", api_key_env: CANARY_KEY, description: Answers at once}
        deep: {headers: {X-Team: canary-header}, parameters: {canary: parameter}}
      tools:
        clock: {custom: clock, settings: {zone: canary-zone}, description: Tells the time}
      agents:
        - {name: Ann, description: Asks, system_prompt: canary-prompt, model: fast, colour: 3}
        - {name: Ben, model: deep}
      teams:
        - name: Pair
          participants: [Ann, Ben]
          end_when: {any: [{text: DONE, from: Ben}, {custom: night, settings: {from: canary-setting}}]}
      """;

  final ScriptedModel fast = new ScriptedModel();
  final ScriptedModel deep = new ScriptedModel();
  final ConversationHub hub;
  final CatalogueEditor editor;
  private final Teams teams;
  private final @Nullable Store store;

  /**
   * Starts a server.
   *
   * @param folder where it keeps things; null for nowhere
   */
  OwnServer(@Nullable Path folder, Editors who) throws TeamFileException {
    this(folder, who, FILE);
  }

  OwnServer(@Nullable Path folder, Editors who, String file) throws TeamFileException {
    this.teams =
        Teams.open(
            TeamFile.parse(file, "team.yaml"),
            TeamSetup.builder()
                .model("fast", fast)
                .model("deep", deep)
                .environment(Map.of("CANARY_KEY", "canary-key"))
                .extensions(extensions())
                .build());
    this.store = folder == null ? null : JdbcStore.inFolder(folder);
    this.editor = teams.editor();
    ConversationHubBuilder builder =
        ConversationHub.builder()
            .agents(teams.agents())
            .defaultMaxRounds(1)
            .limits(Limits.builder().startsPerMinute(0).messagesPerMinute(0).build())
            .quotas(Quotas.builder().runningConversationsPerUser(0).build())
            .authenticator(Tokens.INSTANCE)
            .editor(editor, who);
    teams.chats().forEach(builder::team);
    if (store != null) {
      builder.store(store);
    }
    this.hub = builder.build();
  }

  private static TeamExtensions extensions() {
    return TeamExtensions.builder()
        .condition("night", settings -> run -> Optional.empty())
        .tools("clock", settings -> List.of())
        .build();
  }

  Viewer viewer(@Nullable String user) {
    return new Viewer(hub, user);
  }

  @Override
  public void close() {
    hub.close();
    if (store != null) {
      store.close();
    }
    teams.close();
  }

  /** Lets everybody in as who the token says, and those without a token as anonymous. */
  private enum Tokens implements Authenticator {
    INSTANCE;

    @Override
    public CompletionStage<Authentication> authenticate(Handshake handshake) {
      return CompletableFuture.completedStage(Authentication.anonymous());
    }

    @Override
    public CompletionStage<Authentication> authenticate(String token, Handshake handshake) {
      return CompletableFuture.completedStage(Authentication.of(token));
    }
  }

  /** A connection whose commands are answered one by one. */
  static final class Viewer implements Transport {
    private static final JsonMapper JSON = new JsonMapper();
    final List<String> all = new ArrayList<>();
    private final Map<String, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final ViewerConnection connection;
    private final CompletableFuture<JsonNode> welcome = new CompletableFuture<>();
    private int sent;

    Viewer(ConversationHub hub, @Nullable String user) {
      connection = hub.connect(this, false);
      welcome.join();
      if (user != null) {
        ask("authenticate", "{\"token\":\"" + user + "\"}");
      }
    }

    /** Returns the reply to a command. */
    JsonNode ask(String type, String data) {
      String id = "q" + sent++;
      CompletableFuture<JsonNode> answer = new CompletableFuture<>();
      answers.put(id, answer);
      connection.receive(
          "{\"type\":\"" + type + "\",\"id\":\"" + id + "\",\"data\":" + data + "}", true);
      try {
        return answer.get(60, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError(type, e);
      }
    }

    /** Returns the text of a reply without its time. */
    String refusal(String type, String data) {
      JsonNode answer = ask(type, data);
      return answer.path("type").asText() + " " + answer.path("data");
    }

    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      try {
        JsonNode frame = JSON.readTree(message);
        synchronized (all) {
          all.add(message);
        }
        if (frame.path("type").asText().equals("welcome")) {
          welcome.complete(frame);
        }
        CompletableFuture<JsonNode> answer = answers.get(frame.path("in_reply_to").asText());
        if (answer != null) {
          answer.complete(frame);
        }
      } catch (IOException e) {
        throw new AssertionError(message, e);
      }
      onSent.accept(null);
    }

    /** Returns all that was sent so far. */
    String everything() {
      synchronized (all) {
        return String.join("\n", all);
      }
    }

    @Override
    public void ping() {}

    @Override
    public void close(int code, String reason) {}
  }
}
