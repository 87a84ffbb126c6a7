package io.agentstream.test;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUnpaused;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageReset;
import io.agentstream.event.NewMessage;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each fault is found by its own assertion and by {@code isWellFormed}. */
class ConversationEventsAssertTest {

  private static final Usage USED = Usage.counted(10, 2);

  private static final ChatEvent CREATED =
      new ConversationCreated(1, "Why?", List.of("Ann"), "round_robin", 1);
  private static final ChatEvent STARTED = new ConversationStarted(1);
  private static final ChatEvent TOPIC = user("m1", "Why?", 0);
  private static final ChatEvent ANN = new SpeakerChange("m2", "Ann", 1, null, null);
  private static final ChatEvent BE = new StreamingToken("m2", 0, "Be");
  private static final ChatEvent CAUSE = new StreamingToken("m2", 2, "cause.");
  private static final ChatEvent COMPLETE = complete("Because.", TurnFinishReason.STOP);
  private static final ChatEvent MESSAGE =
      new NewMessage("m2", NewMessage.Role.ASSISTANT, "Ann", "Because.", 1);
  private static final ChatEvent ENDED = ended(EndReason.MAX_ROUNDS);
  private static final ChatEvent CALL = new ToolCall("m2", "c1", "look", "{}");
  private static final ChatEvent RESULT = new ToolResult("m2", "c1", "seen", false);
  private static final ChatEvent ASKED =
      new InputRequested(
          "i1", InputKind.TEXT, null, null, null, "And?", null, "2026-11-23T10:10:00Z");
  private static final ChatEvent ANSWERED = new InputResolved("i1", InputResolved.By.USER);

  @Test
  void a_normal_conversation_is_well_formed() {
    assertThat(normal())
        .isWellFormed()
        .hasGapFreeOffsets()
        .everyTurnEndsOnce()
        .tokensEqualContent()
        .hasNothingAfterTheEnd()
        .everyToolCallHasItsResult()
        .everyInputIsResolved()
        .spoke("Ann")
        .said("user: Why?", "Ann: Because.")
        .endedWith(EndReason.MAX_ROUNDS);
  }

  @Test
  void every_beginning_of_a_normal_conversation_is_well_formed() {
    List<ChatEvent> all = normal().all();
    for (int length = 0; length < all.size(); length++) {
      assertThat(RecordedEvents.of(all.subList(0, length))).isWellFormed().isNotEnded();
    }
  }

  @Test
  void a_conversation_with_everything_in_it_is_well_formed() {
    assertThat(
            events(
                CREATED,
                STARTED,
                TOPIC,
                ASKED,
                ANSWERED,
                user("m3", "Hm.", 0),
                ANN,
                new StreamingThinking("m2", 0, "Hm"),
                new StreamingToken("m2", 0, "void"),
                new MessageReset("m2", 0, "again"),
                new StreamingThinking("m2", 0, "Hm"),
                BE,
                CALL,
                RESULT,
                new StreamingToken("m2", 2, "!"),
                new MessageReset("m2", 2, "again"),
                CAUSE,
                COMPLETE,
                MESSAGE,
                new ConversationPaused(),
                user("m4", "Well.", 1),
                new ConversationUnpaused(),
                ENDED,
                new ConversationStarted(2),
                user("m5", "And?", 0),
                new SpeakerChange("m6", "Ann", 1, null, null),
                new ChatError(ErrorCode.UPSTREAM_ERROR, "no", "Ann", "m6", true, true),
                new StreamingComplete("m6", "Ann", 1, "", 0, TurnFinishReason.ERROR, null),
                ended(EndReason.FAILED)))
        .isWellFormed();
  }

  @Test
  void a_team_that_is_muted_while_it_speaks_finishes_its_step_and_begins_no_other() {
    List<String> all = List.of("Duo", "Ann");
    ChatEvent created = new ConversationCreated(1, "Why?", all, "round_robin", 3);
    ChatEvent muted =
        new RosterChanged(RosterChanged.Change.MUTED, "Duo", all, List.of("Duo"), null);
    List<ChatEvent> events = new ArrayList<>(List.of(created, STARTED, TOPIC));
    events.addAll(turn("m2", "Duo", "Zoe"));
    events.add(4, muted);
    events.addAll(turn("m3", "Duo", "Ben"));
    events.addAll(turn("m4", "Ann", null));
    assertThat(RecordedEvents.of(events)).isWellFormed();
    events.addAll(turn("m5", "Duo", "Zoe"));
    assertThatThrownBy(() -> assertThat(RecordedEvents.of(events)).isWellFormed())
        .hasMessageContaining("Zoe is no participant");
  }

  @Test
  void a_team_that_is_muted_while_it_speaks_finishes_its_step_beside_a_team_that_begins_later() {
    List<String> all = List.of("Duo", "Trio", "Ann");
    ChatEvent created = new ConversationCreated(1, "Why?", all, "parallel", 3);
    ChatEvent muted =
        new RosterChanged(RosterChanged.Change.MUTED, "Duo", all, List.of("Duo"), null);
    List<ChatEvent> events = new ArrayList<>(List.of(created, STARTED, TOPIC));
    events.addAll(turn("m2", "Duo", "Zoe"));
    events.add(muted);
    events.addAll(turn("m3", "Trio", "Kim"));
    events.addAll(turn("m4", "Duo", "Ben"));
    assertThat(RecordedEvents.of(events)).isWellFormed();
    events.addAll(turn("m5", "Ann", null));
    events.addAll(turn("m6", "Trio", "Kim"));
    events.addAll(turn("m7", "Duo", "Zoe"));
    assertThatThrownBy(() -> assertThat(RecordedEvents.of(events)).isWellFormed())
        .hasMessageContaining("Zoe is no participant");
  }

  /** A turn of a participant, or of one inside it. */
  private static List<ChatEvent> turn(String id, String name, String inner) {
    String speaker = inner == null ? name : inner;
    List<String> path = inner == null ? null : List.of(name, inner);
    return List.of(
        new SpeakerChange(id, speaker, 1, path, null),
        new StreamingToken(id, 0, "Yes."),
        new StreamingComplete(id, speaker, 1, "Yes.", 4, TurnFinishReason.STOP, USED),
        new NewMessage(id, NewMessage.Role.ASSISTANT, speaker, "Yes.", 1));
  }

  @Test
  void a_person_takes_no_turn_of_an_agent() {
    ChatEvent created =
        new ConversationCreated(1, "Why?", List.of("Ann"), "round_robin", 1, null, List.of("Ann"));
    assertThatThrownBy(() -> assertThat(events(created, STARTED, TOPIC, ANN)).isWellFormed())
        .hasMessageContaining("Ann is no participant");
  }

  @Test
  void offsets_without_a_gap() {
    broken(
        ConversationEventsAssert::hasGapFreeOffsets, CAUSE, new StreamingToken("m2", 3, "cause."));
    broken(
        ConversationEventsAssert::hasGapFreeOffsets, CAUSE, CAUSE, new StreamingToken("m2", 8, ""));
    broken(ConversationEventsAssert::hasGapFreeOffsets, BE, new MessageReset("m2", 1, "again"), BE);
  }

  @Test
  void no_half_of_a_surrogate_pair() {
    broken(
        ConversationEventsAssert::hasGapFreeOffsets,
        MESSAGE,
        MESSAGE,
        new SpeakerChange("m3", "Ann", 1, null, null),
        new StreamingThinking("m3", 0, "\uD83D"),
        new StreamingComplete("m3", "Ann", 1, "", 0, TurnFinishReason.STOP, null));
  }

  @Test
  void one_end_for_every_turn() {
    broken(ConversationEventsAssert::everyTurnEndsOnce, MESSAGE, MESSAGE, COMPLETE);
    broken(ConversationEventsAssert::everyTurnEndsOnce, MESSAGE, MESSAGE, CAUSE);
    broken(
        ConversationEventsAssert::everyTurnEndsOnce,
        MESSAGE,
        MESSAGE,
        new SpeakerChange("m3", "Ann", 1, null, null));
    broken(
        ConversationEventsAssert::everyTurnEndsOnce,
        MESSAGE,
        MESSAGE,
        new SpeakerChange("m3", "Zoe", 1, null, null),
        new StreamingComplete("m3", "Zoe", 1, "", 0, TurnFinishReason.STOP, null));
  }

  @Test
  void tokens_are_the_content_and_the_message() {
    broken(
        ConversationEventsAssert::tokensEqualContent,
        COMPLETE,
        complete("Because?", TurnFinishReason.STOP));
    broken(
        ConversationEventsAssert::tokensEqualContent,
        MESSAGE,
        new NewMessage("m2", NewMessage.Role.ASSISTANT, "Ann", "Because?", 1));
    broken(ConversationEventsAssert::tokensEqualContent, MESSAGE);
    broken(ConversationEventsAssert::tokensEqualContent, TOPIC, user("m1", "Why not?", 0));
  }

  @Test
  void nothing_after_the_end() {
    broken(ConversationEventsAssert::hasNothingAfterTheEnd, ENDED, ENDED, user("m3", "And?", 1));
    broken(
        ConversationEventsAssert::hasNothingAfterTheEnd, ENDED, ENDED, new ConversationStarted(3));
    broken(ConversationEventsAssert::hasNothingAfterTheEnd, STARTED);
  }

  @Test
  void a_result_for_every_tool_call() {
    broken(ConversationEventsAssert::everyToolCallHasItsResult, BE, BE, CALL);
    broken(ConversationEventsAssert::everyToolCallHasItsResult, BE, BE, RESULT);
    broken(ConversationEventsAssert::everyToolCallHasItsResult, BE, BE, CALL, RESULT, RESULT);
  }

  @Test
  void a_resolution_for_every_question() {
    broken(ConversationEventsAssert::everyInputIsResolved, TOPIC, TOPIC, ASKED);
    broken(ConversationEventsAssert::everyInputIsResolved, TOPIC, TOPIC, ANSWERED);
    broken(
        ConversationEventsAssert::everyInputIsResolved,
        TOPIC,
        TOPIC,
        ASKED,
        new InputResolved("i1", InputResolved.By.TIMEOUT));
  }

  @Test
  void pauses_errors_ids_and_usage() {
    wellFormedOnly(
        "a pause in a pause", TOPIC, TOPIC, new ConversationPaused(), new ConversationPaused());
    wellFormedOnly("takes the floor in a pause", TOPIC, TOPIC, new ConversationPaused());
    wellFormedOnly("never began", TOPIC, TOPIC, new ConversationUnpaused());
    wellFormedOnly("without one", COMPLETE, complete("Because.", TurnFinishReason.ERROR));
    wellFormedOnly("no error says why", ENDED, ended(EndReason.FAILED));
    wellFormedOnly("is used twice", TOPIC, TOPIC, user("m1", "Why?", 0));
    wellFormedOnly("used by agents", ENDED, endedWith(Usage.NONE));
  }

  @Test
  void what_was_expected_and_what_came_is_told() {
    assertThatThrownBy(() -> assertThat(normal()).endedWith(EndReason.STOPPED))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("STOPPED")
        .hasMessageContaining("MAX_ROUNDS");
    assertThatThrownBy(() -> assertThat(normal()).spoke("Ben")).hasMessageContaining("who spoke");
    assertThatThrownBy(() -> assertThat(normal()).isNotEnded()).hasMessageContaining("ended");
  }

  /** A normal conversation with {@code instead} in place of {@code event}. */
  private static void broken(
      Function<ConversationEventsAssert, ConversationEventsAssert> assertion,
      ChatEvent event,
      ChatEvent... instead) {
    RecordedEvents events = with(event, instead);
    assertThatThrownBy(() -> assertion.apply(assertThat(events)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("break the protocol");
    assertThatThrownBy(() -> assertThat(events).isWellFormed()).isInstanceOf(AssertionError.class);
  }

  private static void wellFormedOnly(String message, ChatEvent event, ChatEvent... instead) {
    assertThatThrownBy(() -> assertThat(with(event, instead)).isWellFormed())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }

  private static RecordedEvents with(ChatEvent event, ChatEvent... instead) {
    List<ChatEvent> changed = new ArrayList<>(normal().all());
    int at = changed.indexOf(event);
    changed.remove(at);
    changed.addAll(at, Arrays.asList(instead));
    return RecordedEvents.of(changed);
  }

  private static RecordedEvents normal() {
    return events(CREATED, STARTED, TOPIC, ANN, BE, CAUSE, COMPLETE, MESSAGE, ENDED);
  }

  private static RecordedEvents events(ChatEvent... events) {
    return RecordedEvents.of(List.of(events));
  }

  private static ChatEvent user(String id, String content, int round) {
    return new NewMessage(id, NewMessage.Role.USER, NewMessage.USER, content, round);
  }

  private static ChatEvent complete(String content, TurnFinishReason reason) {
    return new StreamingComplete("m2", "Ann", 1, content, content.length(), reason, USED);
  }

  private static ChatEvent ended(EndReason reason) {
    return new ConversationEnded(
        reason, null, ConversationUsage.of(Map.of("Ann", USED), Usage.NONE));
  }

  private static ChatEvent endedWith(Usage usage) {
    return new ConversationEnded(
        EndReason.MAX_ROUNDS, null, ConversationUsage.of(Map.of("Ann", usage), Usage.NONE));
  }
}
