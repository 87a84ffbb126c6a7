package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.ToolSource;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.internal.JournalNode;
import io.agentstream.test.internal.KeepingJournal;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.HubViewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Chats that viewers start by a name. */
class TeamTest {

  private static final String START_TEAM =
      """
      {"type":"start_conversation","id":"s","data":{"topic":"Tea?","team":"writers"}}""";

  private static final Authentication ANN = Authentication.of("ann");
  private static final Authentication BEN = Authentication.of("ben");

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final KeepingJournal journal =
      new KeepingJournal(new InMemoryJournal(Limits.defaults(), clock));
  private final Directory directory = new InMemoryDirectory();
  private final Agent ann = Agent.builder("Ann").model(model).build();
  private final Agent ben = Agent.builder("Ben").model(model).build();

  @Test
  void teams_are_listed_beside_the_agents() {
    HubViewer viewer = viewer(hub(node()).team("writers", writers()));
    viewer.send("{\"type\":\"list_agents\"}");
    JsonNode teams = viewer.socket().last().at("/data/teams");
    assertThat(teams.size()).isEqualTo(1);
    assertThat(teams.at("/0/name").asText()).isEqualTo("writers");
    assertThat(teams.at("/0/agents").toString()).isEqualTo("[\"Ann\",\"Ben\"]");
  }

  @Test
  void agents_whose_names_differ_in_case_alone_cannot_be_in_one_conversation() {
    Agent other = Agent.builder("ann").model(model).build();
    HubViewer viewer = viewer(hub(node()).agents(ann, other));
    for (String agents : List.of("", ",\"agents\":[\"ann\",\"Ann\"]")) {
      viewer.send("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"" + agents + "}}");
    }
    assertThat(viewer.errors()).containsExactly("invalid_field", "invalid_field");
  }

  @Test
  void viewers_see_how_a_team_works_and_topics_for_it() {
    GroupChat chat =
        GroupChat.builder()
            .participants(writers().participants())
            .description("Write and check.")
            .sampleTopics(List.of("Tea?", "Rain?"))
            .maxRounds(7)
            .build();
    HubViewer viewer = viewer(hub(node()).team("writers", chat));
    viewer.send("{\"type\":\"list_agents\"}");
    JsonNode team = viewer.socket().last().at("/data/teams/0");
    assertThat(team.path("description").asText()).isEqualTo("Write and check.");
    assertThat(team.path("speaker_selection").asText()).isEqualTo("round_robin");
    assertThat(team.path("max_rounds").asInt()).isEqualTo(7);
    assertThat(team.path("sample_topics").toString()).isEqualTo("[\"Tea?\",\"Rain?\"]");
  }

  @Test
  void without_teams_the_answer_is_as_it_was() {
    HubViewer viewer = viewer(hub(node()));
    viewer.send("{\"type\":\"list_agents\"}");
    assertThat(viewer.socket().last().at("/data").has("teams")).isFalse();
  }

  @Test
  void a_team_that_a_viewer_starts_ends_as_its_own_condition_says() {
    HubViewer viewer = viewer(hub(node()).team("writers", writers()));
    viewer.send(START_TEAM);
    model.next().tokens("A draft.").complete();
    model.next().tokens("DONE").complete();
    assertThat(viewer.socket().of("conversation_ended").get(0).at("/data/reason").asText())
        .isEqualTo("terminated");
    assertThat(model.isIdle()).isTrue();
  }

  @Test
  void a_hub_may_have_teams_alone() {
    ConversationHubBuilder builder =
        ConversationHub.builder().clock(clock).executor(Runnable::run).team("writers", writers());
    HubViewer viewer = viewer(builder);
    viewer.send("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}");
    assertThat(viewer.socket().last().at("/data/message").asText()).contains("'team'", "writers");
    viewer.send(START_TEAM);
    assertThat(viewer.socket().of("accepted")).hasSize(1);
  }

  @Test
  void a_team_that_is_not_there_and_one_with_settings_of_its_own_are_refused() {
    HubViewer viewer = viewer(hub(node()).team("writers", writers()));
    viewer.send(START_TEAM.replace("writers", "painters"));
    assertThat(viewer.socket().last().at("/data/message").asText()).contains("'painters'");
    for (String more : List.of("\"agents\":[\"Ann\"]", "\"max_rounds\":1")) {
      viewer.send(START_TEAM.replace("\"team\"", more + ",\"team\""));
      assertThat(viewer.socket().last().at("/data/code").asText()).isEqualTo("invalid_field");
      assertThat(viewer.socket().last().at("/data/message").asText()).contains("'team'");
    }
    assertThat(viewer.errors()).hasSize(3);
  }

  @Test
  void agents_and_teams_are_replaced_while_conversations_keep_theirs() {
    ConversationHub hub = hub(node()).team("writers", writers()).build();
    HubViewer viewer = HubViewer.connect(hub, Handshake.none());
    viewer.send(START_TEAM);
    hub.offer(List.of(ann), Map.of("painters", writers()));
    viewer.send("{\"type\":\"list_agents\"}");
    assertThat(viewer.socket().last().at("/data/teams/0/name").asText()).isEqualTo("painters");
    assertThat(viewer.socket().last().at("/data/agents").size()).isEqualTo(1);
    viewer.send(START_TEAM);
    assertThat(viewer.socket().last().at("/data/message").asText()).contains("'writers'");
    model.next().tokens("A draft.").complete();
    model.next().tokens("DONE").complete();
    assertThat(viewer.socket().of("conversation_ended")).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> hub.offer(List.of(), Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hub.offer(List.of(ann), Map.of(" ", writers())));
  }

  @Test
  void a_name_is_one_team_s_and_no_blank() {
    ConversationHubBuilder builder = hub(node()).team("writers", writers());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.team("writers", writers()))
        .withMessageContaining("'writers'");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.team(" ", writers()));
  }

  @Test
  void a_team_that_another_node_takes_over_keeps_its_own_condition() {
    String id = startedAndLeft();
    JournalNode second = node();
    ConversationHub hub = hub(second).team("writers", writers()).build();
    second.node().takeOver(journal.left(id, null));
    assertThat(hub.conversations()).hasSize(1);
    model.next().tokens("DONE").complete();
    assertThat(ended(id).reason()).isEqualTo(EndReason.TERMINATED);
    assertThat(model.isIdle()).isTrue();
  }

  @Test
  void a_conversation_that_is_taken_over_counts_for_the_user_who_started_it() {
    String id = startedAndLeft();
    JournalNode second = node();
    ConversationHub hub =
        hub(second)
            .team("writers", writers())
            .authenticator(new FakeAuthenticator().knows("ann", ANN).knows("ben", BEN))
            .quotas(Quotas.builder().runningConversationsPerUser(1).build())
            .build();
    second.node().takeOver(journal.left(id, User.of("ann")));

    assertThat(starting(hub, "ann").errors()).containsExactly("limit_exceeded");
    assertThat(starting(hub, "ben").errors()).isEmpty();
  }

  @Test
  void tools_are_asked_for_with_the_owner_also_after_a_takeover() {
    List<String> owners = new ArrayList<>();
    ToolSource source =
        turn -> {
          owners.add(String.valueOf(turn.ownerId()));
          return CompletableFuture.completedStage(List.of());
        };
    Agent sourced = Agent.builder("Ann").model(model).toolSource(source).build();
    GroupChat writers =
        GroupChat.builder().participants(sourced).clock(clock).executor(Runnable::run).build();
    HubViewer viewer =
        starting(
            hub(node())
                .team("writers", writers)
                .authenticator(new FakeAuthenticator().knows("ann", ANN))
                .build(),
            "ann");
    model.next().tokens("A draft.").complete();
    String id = viewer.socket().of("accepted").get(0).at("/data/conversation_id").asText();
    JournalNode second = node();
    hub(second).team("writers", writers).build();
    second.node().takeOver(journal.left(id, User.of("ann")));
    viewer(hub(node()).team("writers", writers)).send(START_TEAM);

    assertThat(owners).containsExactly("ann", "ann", "ann", "null");
  }

  @Test
  void a_conversation_whose_team_is_missing_ends_and_another_goes_on() {
    String lost = startedAndLeft();
    JournalNode second = node();
    ConversationHub hub = hub(second).build();
    HubViewer viewer = HubViewer.connect(hub, Handshake.none());
    viewer.send("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}");
    second.node().takeOver(journal.left(lost, null));
    assertThat(ended(lost).reason()).isEqualTo(EndReason.FAILED);
    model.next().tokens("Still here.");
    assertThat(viewer.socket().last().at("/data/token").asText()).isEqualTo("Still here.");
    assertThat(hub.conversations()).hasSize(1);
  }

  /** A conversation of the team at a node that has gone after the first turn. */
  private String startedAndLeft() {
    HubViewer viewer = viewer(hub(node()).team("writers", writers()));
    viewer.send(START_TEAM);
    model.next().tokens("A draft.").complete();
    model.next();
    String id = viewer.socket().of("accepted").get(0).at("/data/conversation_id").asText();
    assertThat(Objects.requireNonNull(journal.kept().get(id)).definition().team())
        .isEqualTo("writers");
    return id;
  }

  private ConversationEnded ended(String id) {
    JournalReader reader = journal.reader(id);
    JournalEntry last = Objects.requireNonNull(reader.entry(reader.head()));
    return (ConversationEnded) last.event();
  }

  private JournalNode node() {
    return new JournalNode(journal, directory);
  }

  private GroupChat writers() {
    return GroupChat.builder()
        .participants(ann, ben)
        .maxRounds(9)
        .terminateWhen(TerminationCondition.textMention("DONE"))
        .clock(clock)
        .executor(Runnable::run)
        .build();
  }

  private ConversationHubBuilder hub(Backplane backplane) {
    return ConversationHub.builder()
        .agents(ann, ben)
        .clock(clock)
        .executor(Runnable::run)
        .backplane(backplane);
  }

  private static HubViewer starting(ConversationHub hub, String token) {
    return HubViewer.connect(hub, Handshake.none()).authenticate(token).send(START_TEAM);
  }

  private static HubViewer viewer(ConversationHubBuilder hub) {
    return HubViewer.connect(hub.build(), Handshake.none());
  }
}
