package io.agentstream.test;

import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUnpaused;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.Delivery;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageEdited;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.MessageReset;
import io.agentstream.event.MessageWithdrawn;
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
import java.util.List;
import java.util.Map;

/**
 * A conversation in which every kind of event occurs once, with texts that are hard to write as
 * JSON.
 */
final class EverySortOfEvent {

  static final String TOPIC = "Tea \"or\" coffee?\n茶还是咖啡？ 🍵";
  static final String ANSWER = "Tea\u0000\u2028 🍵\\ </script>";
  static final Usage USAGE = Usage.counted(7, 3);

  private static final Author ANNA = Author.of("u1", "Anna \"本\"");

  private static final List<String> NAMES = List.of("Ann", "本", "Kim \"金\"");
  private static final List<String> PEOPLE = List.of("Kim \"金\"");

  private EverySortOfEvent() {}

  static List<ChatEvent> inOrder(long epoch) {
    return List.of(
        new ConversationCreated(epoch, TOPIC, NAMES, "round_robin", 3, null, PEOPLE),
        new ConversationStarted(1),
        new NewMessage("m1", NewMessage.Role.USER, NewMessage.USER, TOPIC, 0),
        new SpeakerChange("m2", "Ann", 1, List.of("Team", "Ann"), "It is her turn."),
        new StreamingToken("m2", 0, "Cof"),
        new MessageReset("m2", 0, "The model is asked once more."),
        new StreamingThinking("m2", 0, "Hm."),
        new ToolCall("m2", "c1", "price", "{\"of\":\"tea\"}"),
        new ToolResult("m2", "c1", "3 €", false),
        new StreamingToken("m2", 0, ANSWER),
        new StreamingComplete(
            "m2", "Ann", 1, ANSWER, ANSWER.length(), TurnFinishReason.STOP, USAGE),
        new NewMessage("m2", NewMessage.Role.ASSISTANT, "Ann", ANSWER, 1),
        new MessageQueued("q1-1", ANNA, "Sugar?", Delivery.TURN),
        new MessageEdited("q1-1", "Milk? 🍵", null),
        new MessageQueued("q1-2", null, "Never mind.", Delivery.TOOL),
        new MessageWithdrawn("q1-2", ANNA),
        new NewMessage("m4", NewMessage.Role.USER, NewMessage.USER, "Milk? 🍵", 1, ANNA, "q1-1"),
        new RosterChanged(RosterChanged.Change.MUTED, "本", NAMES, List.of("本"), PEOPLE, ANNA),
        new RosterChanged(RosterChanged.Change.UNMUTED, "本", NAMES, null, PEOPLE, null),
        new ConversationPaused(new Author("c2", null, false)),
        new ConversationUnpaused(),
        new InputRequested(
            "i1",
            InputKind.SPEAKER,
            "本",
            null,
            null,
            "Who?",
            List.of("Ann", "本"),
            "2026-11-23T10:00:00.000Z"),
        new InputResolved("i1", InputResolved.By.USER),
        new SpeakerChange("m3", "本", 1, null, null),
        new ChatError(ErrorCode.UPSTREAM_ERROR, "No answer.", "本", "m3", true, false),
        new StreamingComplete("m3", "本", 1, "", 0, TurnFinishReason.ERROR, null),
        new ConversationEnded(
            EndReason.MAX_ROUNDS, null, ConversationUsage.of(Map.of("Ann", USAGE), Usage.NONE)));
  }
}
