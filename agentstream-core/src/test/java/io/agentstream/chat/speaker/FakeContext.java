package io.agentstream.chat.speaker;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolCall;
import io.agentstream.event.TurnFinishReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A conversation as a selector sees it, put together by a test. */
final class FakeContext implements SelectionContext {

  /** Stands for a model; the answers are the context's. */
  static final StreamingChatModel MODEL =
      new StreamingChatModel() {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
          throw new AssertionError("Asked past the context");
        }
      };

  private static final String FAILURE = "\0";

  private final List<Participant> participants;
  private final List<NewMessage> messages = new ArrayList<>();
  private final List<TurnOutcome> lastStep = new ArrayList<>();
  private final Queue<String> answers = new ArrayDeque<>();
  private final List<List<ChatMessage>> asked = new ArrayList<>();
  private String state = "";
  private int turns;
  private int roundsLeft = 10;
  private @Nullable String lastSpeaker;
  private @Nullable String input;

  private FakeContext(List<Participant> participants) {
    this.participants = participants;
    said(NewMessage.USER, "Tea?");
  }

  static FakeContext of(String... names) {
    return new FakeContext(
        Arrays.stream(names).map(name -> new Participant(name, "Knows " + name + ".")).toList());
  }

  FakeContext said(String sender, String text) {
    NewMessage.Role role =
        sender.equals(NewMessage.USER) ? NewMessage.Role.USER : NewMessage.Role.ASSISTANT;
    messages.add(new NewMessage("m" + (messages.size() + 1), role, sender, text, 1));
    return this;
  }

  FakeContext lastSpeaker(@Nullable String name) {
    lastSpeaker = name;
    return this;
  }

  FakeContext state(String state) {
    this.state = state;
    return this;
  }

  FakeContext roundsLeft(int rounds) {
    roundsLeft = rounds;
    return this;
  }

  FakeContext input(@Nullable String input) {
    this.input = input;
    return this;
  }

  FakeContext newRun() {
    turns = 0;
    return this;
  }

  /** The selection is taken, and this becomes of its one turn. */
  FakeContext took(Selection selection, TurnFinishReason reason, String text, String... tools) {
    Selection.Turn turn = ((Selection.Speak) selection).turns().get(0);
    String name = turn.agentName();
    if (!text.isEmpty()) {
      said(name, text);
    }
    lastStep.clear();
    lastStep.add(
        new TurnOutcome(
            new StreamingComplete("m9", name, 1, text, text.length(), reason, null),
            Arrays.stream(tools).map(tool -> new ToolCall("m9", "c1", tool, "{}")).toList()));
    state = selection.state();
    lastSpeaker = name;
    turns++;
    roundsLeft--;
    input = null;
    return this;
  }

  FakeContext answers(String... texts) {
    answers.addAll(List.of(texts));
    return this;
  }

  FakeContext fails() {
    answers.add(FAILURE);
    return this;
  }

  /** The newest text of each request to a model. */
  List<String> questions() {
    return asked.stream().map(question -> text(question.get(question.size() - 1))).toList();
  }

  /** The last question with everything before it. */
  List<String> lastExchange() {
    return asked.get(asked.size() - 1).stream().map(FakeContext::text).toList();
  }

  private static String text(ChatMessage message) {
    return message instanceof UserMessage user ? user.singleText() : ((AiMessage) message).text();
  }

  Selection select(SpeakerSelector selector) {
    return selector.select(this).toCompletableFuture().join();
  }

  /** Returns the next speaker, if there is exactly one. */
  String speaker(SpeakerSelector selector) {
    return ((Selection.Speak) select(selector)).turns().get(0).agentName();
  }

  @Override
  public String conversationId() {
    return "c";
  }

  @Override
  public List<Participant> participants() {
    return participants;
  }

  @Override
  public List<NewMessage> messages() {
    return List.copyOf(messages);
  }

  @Override
  public String state() {
    return state;
  }

  @Override
  public int turns() {
    return turns;
  }

  @Override
  public @Nullable String lastSpeaker() {
    return lastSpeaker;
  }

  @Override
  public List<TurnOutcome> lastStep() {
    return List.copyOf(lastStep);
  }

  @Override
  public int roundsLeft() {
    return roundsLeft;
  }

  @Override
  public @Nullable String input() {
    return input;
  }

  @Override
  public CompletionStage<String> ask(StreamingChatModel model, List<ChatMessage> messages) {
    asked.add(messages);
    String answer = answers.remove();
    // As a dependent stage fails, so that unwrapping is seen to.
    return answer.equals(FAILURE)
        ? CompletableFuture.failedStage(
            new CompletionException(
                new ModelAskException(ErrorCode.UPSTREAM_ERROR, "The model server failed.")))
        : CompletableFuture.completedStage(answer);
  }
}
