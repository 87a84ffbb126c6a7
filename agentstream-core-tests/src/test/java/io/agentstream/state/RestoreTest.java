package io.agentstream.state;

import static io.agentstream.chat.termination.TerminationCondition.maxMessages;
import static io.agentstream.chat.termination.TerminationCondition.tokenBudget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.Agent;
import io.agentstream.chat.ChatResult;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.FailurePolicy;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestoreTest {

  static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void a_round_robin_goes_on_from_its_last_finished_turn() {
    goesOnFromEveryMoment(
        world -> GroupChat.builder().participants(world.agents("Ann", "Ben", "Cho")).maxRounds(2));
  }

  @Test
  void what_tools_gave_back_is_seen_again_by_who_called_them() {
    goesOnFromEveryMoment(
        world ->
            GroupChat.builder().participants(withTool(world), world.agent("Ben")).maxRounds(2));
  }

  @Test
  void a_question_to_a_person_is_asked_again() {
    goesOnFromEveryMoment(
        world ->
            GroupChat.builder().participants(approving(world), world.agent("Ben")).maxRounds(1));
  }

  @Test
  void those_who_had_finished_a_step_of_several_do_not_speak_again() {
    goesOnFromEveryMoment(
        world ->
            GroupChat.builder()
                .participants(world.agents("Ann", "Ben", "Cho"))
                .speakerSelector(new TestSelectors.AllThenFirst())
                .maxRounds(4));
  }

  @Test
  void a_handoff_reaches_its_target() {
    goesOnFromEveryMoment(
        world ->
            GroupChat.builder()
                .participants(world.agents("Ann", "Ben"))
                .speakerSelector(new TestSelectors.Handoff())
                .maxRounds(4));
  }

  @Test
  void a_persons_answer_is_not_asked_for_twice() {
    goesOnFromEveryMoment(
        world ->
            GroupChat.builder()
                .participants(world.agents("Ann", "Ben"))
                .speakerSelector(new TestSelectors.AskThenThink(world.model))
                .maxRounds(2));
  }

  @Test
  void nested_teams_go_on_where_each_of_them_was() {
    goesOnFromEveryMoment(
        world -> {
          Agent inner = team(world, "inner", world.agents("Dan", "Eve"));
          Agent outer = team(world, "outer", inner, world.agent("Cho"));
          return GroupChat.builder().participants(outer, world.agent("Ann")).maxRounds(2);
        });
  }

  /** In which order those answer who speak at once is not the engine's to say. */
  @Test
  void teams_that_speak_at_once_go_on_where_each_of_them_was() {
    goesOnFromEveryMoment(
        world -> {
          Agent inner = team(world, "inner", world.agents("Dan", "Eve"));
          Agent left = team(world, "left", inner, world.agent("Cho"));
          Agent right = team(world, "right", world.agents("Fay", "Gus"));
          return GroupChat.builder()
              .participants(left, right, world.agent("Ann"))
              .speakerSelector(new TestSelectors.AllThenFirst())
              .maxRounds(2);
        },
        world ->
            world.events.of(NewMessage.class).stream()
                .map(message -> message.round() + message.sender())
                .sorted()
                .toList());
  }

  @Test
  void termination_counts_what_was_before() {
    goesOnFromEveryMoment(
        world ->
            GroupChat.builder()
                .participants(world.agents("Ann", "Ben", "Cho"))
                .terminateWhen(maxMessages(5).and(tokenBudget(20)))
                .maxRounds(9));
  }

  /**
   * Whatever moment the process died at, another one that has the newest snapshot says the same in
   * the end, counts the same, and its events hold the whole text.
   */
  private static void goesOnFromEveryMoment(Function<World, GroupChat.Builder> chat) {
    goesOnFromEveryMoment(chat, World::said);
  }

  private static void goesOnFromEveryMoment(
      Function<World, GroupChat.Builder> chat, Function<World, List<String>> said) {
    World first = World.start(chat).play();
    ChatResult expected = first.conversation().result().join();
    assertThat(first.snapshots).hasSizeGreaterThan(6);
    for (String snapshot : first.snapshots) {
      World second = World.restore(chat, snapshot);
      ConversationState state = ConversationStateJson.read(snapshot);
      assertThat(second.messageIds())
          .startsWith(
              state.utterances().stream()
                  .map(utterance -> utterance.message().messageId())
                  .toArray(String[]::new));

      second.play();

      assertThat(said.apply(second)).isEqualTo(said.apply(first));
      assertThat(second.messageIds()).doesNotHaveDuplicates();
      assertThat(second.events.of(SpeakerChange.class))
          .extracting(SpeakerChange::messageId)
          .doesNotContainAnyElementsOf(idsGivenOut(state));
      assertThat(second.events.only(ConversationCreated.class).epoch()).isEqualTo(2);
      assertThat(second.events.only(ConversationStarted.class).run()).isEqualTo(1);
      ChatResult result = second.conversation().result().join();
      assertThat(result.reason()).isEqualTo(expected.reason());
      assertThat(result.detail()).isEqualTo(expected.detail());
      assertThat(result.usage()).isEqualTo(expected.usage());
    }
  }

  private static List<String> idsGivenOut(ConversationState state) {
    return IntStream.rangeClosed(1, state.messageCount()).mapToObj(i -> "m" + i).toList();
  }

  @Test
  void a_third_process_goes_on_from_the_second() {
    Function<World, GroupChat.Builder> chat =
        world -> GroupChat.builder().participants(world.agents("Ann", "Ben")).maxRounds(2);
    List<String> expected = World.start(chat).play().said();

    String snapshot = World.start(chat).snap();
    for (int process = 2; process < 9; process++) {
      World world = World.restore(chat, snapshot);
      assertThat(world.conversation().epoch()).isEqualTo(process);
      if (!world.model.isIdle()) {
        world.model.next().tokens("cut");
      }
      snapshot = world.snap();
    }

    assertThat(World.restore(chat, snapshot).play().said()).isEqualTo(expected);
  }

  @Test
  void a_question_that_is_asked_again_has_an_id_of_its_own() {
    Function<World, GroupChat.Builder> chat =
        world ->
            GroupChat.builder()
                .participants(world.agents("Ann", "Ben"))
                .speakerSelector(new TestSelectors.AskThenThink(world.model));
    World first = World.start(chat);
    assertThat(first.events.only(InputRequested.class).requestId()).isEqualTo("i1");
    String snapshot = first.snap();
    assertThat(ConversationStateJson.read(snapshot).pendingInput()).isNotNull();

    World second = World.restore(chat, snapshot);

    assertThat(second.events.only(InputRequested.class).requestId()).isEqualTo("i2");
    assertThat(second.conversation().input("i1", "Ben").join())
        .isEqualTo(SteeringOutcome.NOT_FOUND);
  }

  @Test
  void failures_in_a_row_are_counted_on() {
    Function<World, GroupChat.Builder> chat =
        world ->
            GroupChat.builder()
                .participants(
                    Agent.builder("Ann").model(world.model).retryPolicy(RetryPolicy.none()).build())
                .onFailure(FailurePolicy.skipTurn(2))
                .maxRounds(9);
    World first = World.start(chat);
    first.model.next().fail(new IllegalStateException("no"));

    World second = World.restore(chat, first.snap());
    second.model.next().fail(new IllegalStateException("no"));

    assertThat(second.events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.FAILED);
  }

  @Test
  void an_end_that_a_failure_asked_for_comes_after_the_others_of_its_step() {
    Function<World, GroupChat.Builder> chat =
        world ->
            GroupChat.builder()
                .participants(
                    Agent.builder("Ann").model(world.model).retryPolicy(RetryPolicy.none()).build(),
                    world.agent("Ben"))
                .speakerSelector(new TestSelectors.AllThenFirst())
                .onFailure(FailurePolicy.end());
    World first = World.start(chat);
    first.model.next().fail(new IllegalStateException("no"));

    World second = World.restore(chat, first.snap()).play();

    assertThat(second.events.of(NewMessage.class))
        .extracting(NewMessage::sender)
        .containsExactly("user", "Ben");
    assertThat(second.events.only(ConversationEnded.class))
        .extracting(ConversationEnded::reason, ConversationEnded::detail)
        .containsExactly(EndReason.FAILED, "The turn of Ann failed.");
  }

  @Test
  void a_chat_without_somebody_who_is_needed_refuses_it() {
    Function<World, GroupChat.Builder> chat =
        world -> GroupChat.builder().participants(world.agents("Ann", "Ben"));
    String snapshot = World.start(chat).snap();

    assertThatThrownBy(
            () ->
                World.restore(
                    world -> GroupChat.builder().participants(world.agents("Ben")), snapshot))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Ann'")
        .hasMessageContaining("restore it with the chat it had");
  }

  @Test
  void a_snapshot_does_not_change_when_the_conversation_goes_on() {
    World world =
        World.start(w -> GroupChat.builder().participants(w.agents("Ann", "Ben")).maxRounds(1));
    ConversationState early = world.conversation().snapshot().join();
    String before = ConversationStateJson.write(early);

    world.play();

    assertThat(ConversationStateJson.write(early)).isEqualTo(before);
  }

  static Agent team(World world, String name, Agent... participants) {
    return GroupChat.builder()
        .participants(participants)
        .maxRounds(2)
        .clock(world.clock)
        .build()
        .asAgent(name, "");
  }

  static Agent withTool(World world) {
    return Agent.builder("Ann")
        .model(world.model)
        .tool(
            ToolSpecification.builder().name("weather").description("Tells it").build(),
            (request, memory) -> "rain, " + request.arguments())
        .build();
  }

  static Agent approving(World world) {
    return Agent.builder("Ann")
        .model(world.model)
        .tool(
            ToolSpecification.builder().name("weather").description("Tells it").build(),
            (request, memory) -> "rain")
        .needsApproval(call -> true)
        .build();
  }
}
