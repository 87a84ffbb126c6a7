package io.agentstream.state;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationUnpaused;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.NewMessage;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own: its clock, its model, its chat. Its model's answers depend on all it is
 * sent and on nothing else, so two processes differ only where the prompts do.
 */
final class World {

  final ScriptedModel model = new ScriptedModel();
  final ManualClock clock = new ManualClock();
  final RecordedEvents events = new RecordedEvents();
  final List<String> snapshots = new ArrayList<>();
  private final GroupChat chat;
  private Conversation conversation;

  private World(Function<World, GroupChat.Builder> chat) {
    this.chat = chat.apply(this).clock(clock).executor(Runnable::run).build();
  }

  /** Begins a conversation. */
  static World start(Function<World, GroupChat.Builder> chat) {
    World world = new World(chat);
    world.conversation =
        world.chat.newConversation("Will it rain?").inlineListener(world.events).start();
    world.snap();
    return world;
  }

  /** Goes on with one that another process had. */
  static World restore(Function<World, GroupChat.Builder> chat, String snapshot) {
    World world = new World(chat);
    world.conversation =
        world
            .chat
            .restore(ConversationStateJson.read(snapshot))
            .inlineListener(world.events)
            .start();
    world.snap();
    return world;
  }

  Conversation conversation() {
    return conversation;
  }

  Agent agent(String name) {
    return Agent.builder(name).model(model).build();
  }

  Agent[] agents(String... names) {
    return Arrays.stream(names).map(this::agent).toArray(Agent[]::new);
  }

  String snap() {
    String snapshot = ConversationStateJson.write(conversation.snapshot().join());
    snapshots.add(snapshot);
    return snapshot;
  }

  /** Answers whatever waits, model and people, until nothing does; snaps in between. */
  World play() {
    while (playOnce()) {
      snap();
    }
    return this;
  }

  private boolean playOnce() {
    InputRequested pending = pendingInput();
    if (!model.isIdle()) {
      answer(model.next());
    } else if (pending != null) {
      List<String> choices = pending.choices();
      conversation.input(pending.requestId(), choices == null ? "Perhaps." : choices.get(1)).join();
    } else if (isPaused()) {
      conversation.unpause().join();
    } else {
      return false;
    }
    return true;
  }

  private void answer(ScriptedCall call) {
    String tool = toolToCall(call.request());
    String text = Integer.toHexString(call.messages().toString().hashCode());
    call.tokens("so ");
    snap();
    call.tokens(text);
    snap();
    if (tool != null) {
      call.toolCall(tool, "{\"day\": \"today\"}");
    }
    call.complete();
  }

  /** Each turn calls each tool once. */
  private static @Nullable String toolToCall(ChatRequest request) {
    List<ChatMessage> messages = request.messages();
    boolean called = messages.get(messages.size() - 1) instanceof ToolExecutionResultMessage;
    List<ToolSpecification> tools = request.toolSpecifications();
    return called || tools == null || tools.isEmpty() ? null : tools.get(0).name();
  }

  private @Nullable InputRequested pendingInput() {
    List<InputRequested> open = new ArrayList<>(events.of(InputRequested.class));
    List<String> resolved =
        events.of(InputResolved.class).stream().map(InputResolved::requestId).toList();
    open.removeIf(request -> resolved.contains(request.requestId()));
    return open.isEmpty() ? null : open.get(0);
  }

  private boolean isPaused() {
    return events.of(ConversationPaused.class).size()
        > events.of(ConversationUnpaused.class).size();
  }

  /** Who said what in which round; the ids apart, which may skip. */
  List<String> said() {
    return events.of(NewMessage.class).stream()
        .map(message -> message.round() + " " + message.sender() + ": " + message.content())
        .toList();
  }

  List<String> messageIds() {
    return events.of(NewMessage.class).stream().map(NewMessage::messageId).toList();
  }
}
