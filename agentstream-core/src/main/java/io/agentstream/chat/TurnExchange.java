package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentstream.chat.speaker.ControlTool;
import io.agentstream.event.ToolCall;
import io.agentstream.upstream.ToolArguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the messages that a turn sends to its model: the prompt, and the tool calls and results of
 * this turn. Used in the conversation's serial order only.
 */
final class TurnExchange {

  private final Agent agent;
  private final String messageId;
  private final Map<String, ControlTool> controlTools = new LinkedHashMap<>();
  private final List<ChatMessage> prompt = new ArrayList<>();
  private final List<ChatMessage> exchange = new ArrayList<>();
  // The exchange with what people have said between its parts.
  private final List<ChatMessage> sent = new ArrayList<>();
  private final List<ToolCall> toolCalls = new ArrayList<>();
  private final List<ToolRound> rounds = new ArrayList<>();
  private Set<String> offered = Set.of();
  private int heardUpTo;

  TurnExchange(Agent agent, String messageId, Floor floor) {
    this.agent = agent;
    this.messageId = messageId;
    this.heardUpTo = floor.heardUpTo();
    floor.turn().tools().forEach(tool -> controlTools.put(tool.specification().name(), tool));
  }

  void begin(List<ChatMessage> view) {
    prompt.addAll(view);
  }

  List<ChatMessage> messages() {
    List<ChatMessage> messages = new ArrayList<>(prompt);
    messages.addAll(sent);
    return messages;
  }

  ChatRequest request(List<ChatMessage> messages, Collection<AgentTool> tools) {
    ChatRequest.Builder request = ChatRequest.builder().messages(messages);
    if (agent.temperature() != null) {
      request.temperature(agent.temperature());
    }
    if (agent.maxTokens() != null) {
      request.maxOutputTokens(agent.maxTokens());
    }
    List<ToolSpecification> specifications = new ArrayList<>();
    tools.stream()
        .map(AgentTool::specification)
        .filter(own -> !controlTools.containsKey(own.name()))
        .forEach(specifications::add);
    controlTools.values().forEach(tool -> specifications.add(tool.specification()));
    offered = specifications.stream().map(ToolSpecification::name).collect(Collectors.toSet());
    if (!specifications.isEmpty()) {
      request.toolSpecifications(specifications);
    }
    return request.build();
  }

  boolean hasCalledTools() {
    return !exchange.isEmpty();
  }

  /** Adds what people have said since the turn began or since the last call. */
  void hear(History history) {
    String said = history.saidByPeople(heardUpTo);
    heardUpTo = history.size();
    if (!said.isEmpty()) {
      sent.add(UserMessage.from(said));
    }
  }

  /** Returns whether the agent's limit allows one more round of tool calls. */
  boolean mayUseTools() {
    return rounds.size() < agent.tools().maxRounds();
  }

  Map<String, ControlTool> controlTools() {
    return controlTools;
  }

  /** Returns the tool calls of this turn, oldest first. */
  List<ToolCall> toolCalls() {
    return toolCalls;
  }

  /** Returns an answer with tool calls in a form that can be sent back. */
  AiMessage replayable(AiMessage answer, String said) {
    return ToolExchange.replayable(answer, said, messageId, toolCalls.size());
  }

  /** Adds a round of tool calls. */
  void begins(ToolRound round) {
    rounds.add(round);
  }

  /** Returns the answers with tool calls, oldest first. */
  List<BegunTurn.ToolAnswer> toState() {
    return rounds.stream().map(ToolRound::toState).toList();
  }

  /**
   * Returns the arguments as the tool gets them; those that are no JSON as the model wrote them.
   */
  private static String shown(@Nullable String arguments) {
    String read = ToolArguments.read(arguments);
    return read == null ? String.valueOf(arguments) : read;
  }

  /** Adds tool calls. Returns an event for each. */
  List<ToolCall> asked(List<ToolExecutionRequest> requests) {
    List<ToolCall> events = new ArrayList<>();
    for (ToolExecutionRequest request : requests) {
      events.add(
          new ToolCall(
              messageId,
              "c" + (toolCalls.size() + events.size() + 1),
              request.name(),
              shown(request.arguments())));
    }
    toolCalls.addAll(events);
    return events;
  }

  /** Adds the results of tool calls. Returns whether they end the turn. */
  boolean answered(AiMessage asked, List<ToolExecutionResultMessage> results) {
    List<ChatMessage> round = new ArrayList<>();
    round.add(ToolExchange.named(ToolExchange.repaired(asked), offered));
    results.forEach(result -> round.add(ToolExchange.named(result, offered)));
    exchange.addAll(round);
    sent.addAll(round);
    return results.stream().anyMatch(result -> controlTools.containsKey(result.toolName()));
  }

  /**
   * Returns the messages that the agent remembers after the turn.
   *
   * @param said whether the turn has any text
   */
  List<ChatMessage> remembered(boolean said) {
    return said ? exchange : ToolExchange.worthKnowing(exchange);
  }
}
