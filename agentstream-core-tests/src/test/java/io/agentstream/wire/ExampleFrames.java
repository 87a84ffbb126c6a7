package io.agentstream.wire;

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
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageEdited;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.MessageReset;
import io.agentstream.event.MessageWithdrawn;
import io.agentstream.event.NewMessage;
import io.agentstream.event.PauseReason;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.RosterChanged.Change;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.wire.ControlFrame.Joined;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Examples of all events and control frames, with all of their fields. */
final class ExampleFrames {

  static final String ID = "3q2-7wAAAAAAAAAAAAAAAA";
  static final long MILLIS = Instant.parse("2026-11-23T10:00:00.007Z").toEpochMilli();
  private static final Instant AT = Instant.ofEpochMilli(MILLIS);
  private static final Usage USAGE = Usage.counted(12, 3);
  private static final ConversationEnded ENDED =
      new ConversationEnded(
          EndReason.FAILED,
          "The model server cannot be reached.",
          ConversationUsage.of(Map.of("Ann", USAGE), Usage.counted(4, 1)));
  private static final ConversationUsage NOTHING = ConversationUsage.of(Map.of(), Usage.NONE);
  private static final String UNTIL = "2026-11-23T10:10:00.007Z";
  private static final Author ANNA = Author.of("u7", "Anna");
  private static final Author BEN = new Author("c9", "Ben (guest)", false);
  private static final Author NAMELESS = new Author("c3", null, false);
  private static final NewMessage TOPIC =
      new NewMessage("m1", NewMessage.Role.USER, "user", "Tea?", 0);

  static final List<ChatEvent> EVENTS =
      List.of(
          new ConversationCreated(1, "Tea?", List.of("Ann", "本"), "round_robin", 3),
          new ConversationStarted(1),
          TOPIC,
          new SpeakerChange("m2", "Ann", 1, null, null),
          new SpeakerChange("m9", "Ann", 1, List.of("Team", "Ann"), "She was asked."),
          new StreamingThinking("m2", 0, "Hm"),
          new ToolCall("m2", "c1", "add", "{\"a\":1}"),
          new ToolResult("m2", "c1", "2", false),
          new MessageReset("m2", 0, "The model is asked once more.", 2),
          new InputRequested(
              "i1",
              InputKind.APPROVAL,
              "Ann",
              "m2",
              "c1",
              "May she?",
              List.of("approve", "deny"),
              UNTIL),
          new InputResolved("i1", InputResolved.By.USER),
          new ConversationPaused(),
          new ConversationUnpaused(),
          new StreamingToken("m2", 0, "Hello"),
          new StreamingToken("m2", 5, " \"wörld\"\n\t\u0001😀\\"),
          new StreamingComplete("m2", "Ann", 1, "Hello", 5, TurnFinishReason.STOP, USAGE),
          new StreamingComplete("m3", "本", 1, "", 0, TurnFinishReason.CONTENT_FILTER, null),
          new NewMessage("m2", NewMessage.Role.ASSISTANT, "Ann", "Hello", 1),
          new ChatError(
              ErrorCode.UPSTREAM_RATE_LIMITED,
              "The model server takes no more requests for now.",
              "Ann",
              "m2",
              true,
              true,
              ErrorCause.RATE_LIMIT),
          ENDED,
          new MessageQueued("q1-1", ANNA, "And milk?", Delivery.TOOL),
          new MessageEdited("q1-1", "And oat milk?", BEN),
          new MessageWithdrawn("q1-1", BEN),
          new NewMessage("m4", NewMessage.Role.USER, "user", "Sugar?", 1, BEN, "q1-2"),
          new StreamingComplete("m5", "Ann", 1, "So", 2, TurnFinishReason.STOPPED, null, ANNA),
          new InputResolved("i2", InputResolved.By.USER, ANNA),
          new ConversationPaused(NAMELESS),
          new ConversationUnpaused(ANNA),
          new ConversationEnded(EndReason.STOPPED, null, NOTHING, ANNA),
          new RosterChanged(Change.MUTED, "本", List.of("Ann", "本"), List.of("本"), ANNA),
          new RosterChanged(Change.REMOVED, "本", List.of("Ann", "金"), null, List.of("金"), null),
          new ConversationCreated(
              2, "Tea?", List.of("Ann", "金"), "manual", 3, List.of("Ann"), List.of("金")),
          new InputRequested("i2", InputKind.TEXT, null, null, null, "Tea, 金?", null, UNTIL, "金"),
          new NewMessage("m6", NewMessage.Role.USER, "金", "Green tea.", 1, ANNA, null),
          new InputRequested("i3", InputKind.TEXT, null, null, null, "?", null, UNTIL, null, true),
          new ConversationPaused(null, PauseReason.STORE),
          new ConversationPaused(null, PauseReason.BACKPLANE));

  private static final InputRequested QUESTION =
      new InputRequested("i1", InputKind.TEXT, null, null, null, "And?", null, UNTIL);

  private static final Welcome.Bounds BOUNDS = new Welcome.Bounds(65_536, 16, 50, 8_000);

  static final List<ControlFrame> CONTROL =
      List.of(
          new Welcome("connection", 20_000, BOUNDS, false, null, null),
          new Welcome("connection", 20_000, BOUNDS, false, 5_000L, null),
          new Welcome("connection", 20_000, BOUNDS, true, null, Instant.ofEpochMilli(MILLIS)),
          new Welcome("connection", 20_000, BOUNDS, true, null, null, ANNA),
          new ControlFrame.Named(BEN),
          new ControlFrame.AuthExpiring(Instant.ofEpochMilli(MILLIS)),
          new ControlFrame.Conversations(
              List.of(
                  new ControlFrame.Conversations.Item(
                      ID,
                      "Tea?",
                      Snapshot.State.WAITING_FOR_INPUT,
                      List.of("Ann"),
                      Instant.ofEpochMilli(MILLIS),
                      null)),
              null),
          new ControlFrame.Conversations(
              List.of(
                  new ControlFrame.Conversations.Item(
                      ID,
                      "Tea?",
                      Snapshot.State.ENDED,
                      List.of("Ann"),
                      Instant.ofEpochMilli(MILLIS),
                      "茶")),
              "1763892000007-x"),
          new Agents(
              List.of(new Agents.Card("Ann", "Sees the good.")), List.of("round_robin", "model")),
          new Agents(
              List.of(new Agents.Card("Ann", "Sees the good.")),
              List.of("round_robin"),
              List.of(
                  new Agents.Team(
                      "writers",
                      List.of("Ann", "Ben"),
                      "Write and check.",
                      "round_robin",
                      3,
                      List.of("Tea?")))),
          new Agents(
              List.of(
                  new Agents.Card("Ann", "Sees the good.", 3, null, null, null),
                  new Agents.Card(
                      "Poet",
                      "",
                      null,
                      true,
                      "{\"name\":\"Poet\",\"model\":\"gone\"}",
                      "There is no model 'gone'.")),
              List.of("round_robin"),
              List.of(
                  new Agents.Team(
                      "Pair",
                      List.of("Ann", "Poet", "Kim"),
                      null,
                      "round_robin",
                      3,
                      null,
                      "{\"text\":\"DONE\"}",
                      true,
                      "{\"name\":\"Pair\",\"participants\":[\"Ann\",\"Poet\"]}",
                      null,
                      List.of("Kim"))),
              List.of(new Agents.Choice("fast", "Answers at once.")),
              List.of(new Agents.Choice("search", null)),
              new Agents.Editing(true, 50, 20, 131_072)),
          new ControlFrame.Accepted(ID, 1L),
          new ControlFrame.Accepted(ID, null),
          new Joined(ID, Joined.Mode.REPLAY, 1, 5L, 9L),
          new Joined(ID, Joined.Mode.SNAPSHOT, 1, null, null),
          new Joined(ID, Joined.Mode.SNAPSHOT, 1, null, null, ShareAccess.VIEW, null),
          new Joined(ID, Joined.Mode.SNAPSHOT, 1, null, null, null, false),
          new ControlFrame.Left(ID),
          new ControlFrame.Left(ID, ControlFrame.Left.Reason.SHARE_ENDED),
          new ControlFrame.Presence(
              ID,
              2,
              1,
              List.of(
                  new ControlFrame.Presence.Person(ANNA, true),
                  new ControlFrame.Presence.Person(NAMELESS, null))),
          new ControlFrame.Presence(ID, 1_000, 0, null),
          new ControlFrame.Shared(
              ID, new Share("s1", ShareAccess.STEER, AT, null, 0, List.of()), "t".repeat(43)),
          new ControlFrame.Shares(
              ID,
              List.of(
                  new Share(
                      "s1", ShareAccess.VIEW, AT, AT, 2, List.of(new ShareVisitor(BEN, AT))))),
          new Snapshot(
              ID,
              new Snapshot.Content(
                  9,
                  1,
                  2,
                  Snapshot.State.RUNNING,
                  "Tea?",
                  List.of("Ann"),
                  "round_robin",
                  3,
                  List.of(
                      new Snapshot.Message(TOPIC, 1, null, null, null, null, null),
                      new Snapshot.Message(
                          new NewMessage("m2", NewMessage.Role.ASSISTANT, "Ann", "Hello", 1),
                          2,
                          TurnFinishReason.STOPPED,
                          USAGE,
                          List.of("Team", "Ann"),
                          "Hm",
                          List.of(
                              new Snapshot.ToolUse("c1", "add", "{}", "2", false),
                              new Snapshot.ToolUse("c2", "add", "{}", null, null)))),
                  List.of(new Snapshot.Open("m3", "Ann", 2, "so f", "", null, null)),
                  QUESTION,
                  List.of(QUESTION),
                  null,
                  List.of(new MessageQueued("q1-3", ANNA, "And milk?", Delivery.TURN)),
                  ANNA,
                  null,
                  List.of("Ann"),
                  List.of("Ann"))),
          new Snapshot(
              ID,
              new Snapshot.Content(
                  11,
                  1,
                  1,
                  Snapshot.State.PAUSED,
                  "Tea?",
                  List.of("Ann"),
                  "round_robin",
                  3,
                  List.of(),
                  List.of(),
                  null,
                  null,
                  null,
                  null,
                  null,
                  PauseReason.STORE,
                  null,
                  null)),
          new Snapshot(
              ID,
              new Snapshot.Content(
                  20,
                  1,
                  2,
                  Snapshot.State.ENDED,
                  "Tea?",
                  List.of("Ann"),
                  "round_robin",
                  3,
                  List.of(),
                  List.of(),
                  null,
                  null,
                  ENDED,
                  null,
                  null,
                  null,
                  null,
                  null)),
          new ControlFrame.Refused(
              new ChatError(
                  ErrorCode.INVALID_FIELD, "'topic' is missing.", null, null, false, false)),
          new ControlFrame.Ping(),
          new ControlFrame.Pong(),
          new Welcome(
              "connection",
              20_000,
              new Welcome.Bounds(65_536, 16, 50, 8_000, 4_194_304),
              false,
              null,
              null),
          new DocumentFrame.ConversationExported(
              new ConversationDocument(
                  1,
                  ID,
                  "茶",
                  "Tea?",
                  "tea party",
                  List.of("Ann"),
                  List.of("Ann"),
                  List.of("Ann"),
                  "round_robin",
                  3,
                  1,
                  List.of(
                      new Snapshot.Message(TOPIC, 1, null, null, null, null, null),
                      new Snapshot.Message(
                          new NewMessage("m2", NewMessage.Role.ASSISTANT, "Ann", "Hello", 1),
                          1,
                          TurnFinishReason.STOP,
                          USAGE,
                          null,
                          "Hm",
                          List.of(new Snapshot.ToolUse("c1", "add", "{}", "2", false)))),
                  ENDED,
                  List.of("max_import_bytes"))),
          new DocumentFrame.ImportPart(1),
          new DocumentFrame.ConversationImported(ID, true));

  private ExampleFrames() {}
}
