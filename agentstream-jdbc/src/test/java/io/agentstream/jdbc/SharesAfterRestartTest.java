package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.store.Store;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links live in the store, and their tokens do not. */
@Timeout(180)
class SharesAfterRestartTest {

  @TempDir private Path folder;

  private final ScriptedModel model = new ScriptedModel();

  @Test
  void a_link_that_was_not_revoked_holds_after_a_restart_and_no_file_has_its_token()
      throws IOException {
    String id;
    JsonNode kept;
    JsonNode revoked;
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub = hub(store)) {
      model.answers("Tea.");
      LocalViewer ann = viewer(hub, "ann");
      id = ann.start("Tea or coffee?");
      ann.await("conversation_ended");
      kept = ann.share(id, "view");
      revoked = viewer(hub, "ann").share(id, "steer");
      String shareId = revoked.at("/share/share_id").asText();
      ann.command("revoke_share", Map.of("conversation_id", id, "share_id", shareId));
      ann.await(
          frame ->
              frame.path("type").asText().equals("accepted") && !frame.at("/data").has("epoch"));
      viewer(hub, null).joinBy(kept, id).await("snapshot");
    }
    for (String token : List.of(kept.path("token").asText(), revoked.path("token").asText())) {
      assertThat(contents()).noneMatch(text -> text.contains(token));
    }
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub = hub(store)) {
      LocalViewer ben = viewer(hub, "ben").joinBy(kept, id);
      assertThat(ben.await("joined").at("/data/access").asText()).isEqualTo("view");
      LocalViewer other = viewer(hub, "ben").joinBy(revoked, id);
      assertThat(other.await("error").at("/data/code").asText()).isEqualTo("not_found");
      assertThat(hub.sharing().list(id).toCompletableFuture().join()).hasSize(1);
    }
  }

  private List<String> contents() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(SharesAfterRestartTest::content).toList();
    }
  }

  private static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static LocalViewer viewer(ConversationHub hub, String user) {
    Map<String, List<String>> headers = user == null ? Map.of() : Map.of("User", List.of(user));
    return new LocalViewer(hub, new Handshake(headers, false, null, null, null)).welcomed();
  }

  private ConversationHub hub(Store store) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .defaultMaxRounds(1)
        .authenticator(
            Authenticator.byHandshake(
                handshake -> {
                  String user = handshake.header("User");
                  return user == null ? Authentication.anonymous() : Authentication.of(user);
                }))
        .store(store)
        .build();
  }
}
