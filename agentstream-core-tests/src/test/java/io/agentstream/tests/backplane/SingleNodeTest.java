package io.agentstream.tests.backplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import org.junit.jupiter.api.Test;

/** A journal and a directory of somebody's own, together on one node. */
class SingleNodeTest {

  private static final User ANN = User.of("ann");

  private final ManualClock clock = new ManualClock();
  private final Journal journal = new InMemoryJournal(Limits.defaults(), clock);
  private final Directory directory = new InMemoryDirectory();
  private final Agent agent = Agent.builder("Ann").model(new ScriptedModel()).build();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(agent)
          .clock(clock)
          .executor(Runnable::run)
          .authenticator(new FakeAuthenticator().knows("ann's", Authentication.of("ann")))
          .backplane(Backplane.singleNode(journal, directory))
          .build();

  @Test
  void what_a_hub_starts_is_in_both() {
    String id = hub.start(GroupChat.builder().participants(agent).build(), "Tea?", ANN).id();
    assertThat(directory.find(id).toCompletableFuture().join().map(ConversationInfo::owner))
        .contains(ANN);
    assertThat(journal.read(id).toCompletableFuture().join()).isPresent();
  }

  @Test
  void what_both_hold_from_before_is_listed_and_can_be_read() {
    String id = hub.start(GroupChat.builder().participants(agent).build(), "Tea?", ANN).id();
    ConversationHub later =
        ConversationHub.builder()
            .agents(agent)
            .clock(clock)
            .executor(Runnable::run)
            .authenticator(new FakeAuthenticator().knows("ann's", Authentication.of("ann")))
            .backplane(Backplane.singleNode(journal, directory))
            .build();
    FakeTransport socket = new FakeTransport();
    ViewerConnection viewer = later.connect(socket, false);
    viewer.receive("{\"type\":\"authenticate\",\"data\":{\"token\":\"ann's\"}}", true);
    viewer.receive("{\"type\":\"list_conversations\"}", true);
    assertThat(socket.last().at("/data/conversations/0/conversation_id").asText()).isEqualTo(id);
    viewer.receive(
        "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}", true);
    assertThat(socket.last().get("type").asText()).isEqualTo("snapshot");
  }
}
