package io.agentstream.chat;

import dev.langchain4j.data.message.ChatMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares a turn: asks for the agent's view of the conversation and for its tools. Used in the
 * conversation's serial order.
 */
final class TurnPreparation {

  private static final Logger log = LoggerFactory.getLogger(TurnPreparation.class);

  private final ConversationScope scope;
  private final Agent agent;
  private final TurnView view;
  private final List<ToolInquiry> inquiries;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  // Written once, on any thread, before the turn reads it.
  private volatile Map<String, AgentTool> tools;

  TurnPreparation(ConversationScope scope, Agent agent, Floor floor) {
    this.scope = scope;
    this.agent = agent;
    this.view = new TurnView(scope, agent, floor);
    this.tools = agent.tools().fixed();
    ToolSource.Turn turn =
        new ToolSource.Turn(
            scope.id, scope.ownerId, agent.name(), floor.seen(), ended.minimalCompletionStage());
    this.inquiries =
        agent.tools().sources().stream().map(source -> new ToolInquiry(source, turn)).toList();
  }

  /**
   * Begins. The stage completes on any thread.
   *
   * @param patience how long a tool source may take
   * @return the messages for the model
   */
  CompletionStage<List<ChatMessage>> begin(Duration patience) {
    CompletionStage<List<ChatMessage>> prompt = view.prompt();
    if (inquiries.isEmpty()) {
      return prompt;
    }
    List<CompletableFuture<List<ToolSource.Tool>>> answers =
        inquiries.stream().map(inquiry -> inquiry.begin(scope, patience)).toList();
    return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
        .thenRun(() -> answers.forEach(answer -> add(answer.join())))
        .thenCombine(prompt, (done, messages) -> messages);
  }

  /** Returns the tools of the turn, by name; those of sources once {@link #begin} is done. */
  Map<String, AgentTool> tools() {
    return tools;
  }

  void cancel() {
    inquiries.forEach(ToolInquiry::cancel);
    view.cancel();
  }

  /** Tells the sources that the turn has ended. */
  void end() {
    if (inquiries.stream().anyMatch(ToolInquiry::isBegun)) {
      scope.executor.execute(() -> ended.complete(null), refusal -> ended.complete(null));
    } else {
      // A source that is asked late sees that the turn is over.
      ended.complete(null);
    }
  }

  private void add(List<ToolSource.Tool> sourced) {
    Map<String, AgentTool> all = new LinkedHashMap<>(tools);
    sourced.forEach(tool -> all.putIfAbsent(tool.specification().name(), AgentTool.from(tool)));
    if (all.size() < tools.size() + sourced.size()) {
      log.atWarn()
          .addKeyValue("conversation_id", scope.id)
          .addKeyValue("agent_name", agent.name())
          .log("Agent '{}': several of its tools have one name; the first is used", agent.name());
    }
    tools = all;
  }
}
