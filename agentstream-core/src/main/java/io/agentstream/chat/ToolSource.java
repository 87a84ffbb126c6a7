package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolExecutor;
import io.agentstream.chat.context.Utterance;
import io.agentstream.internal.ToolMethod;
import io.agentstream.settings.Timeouts;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Provides an agent's tools for one turn, such as those that the conversation's owner may use.
 * Thread-safe.
 *
 * <pre>{@code
 * ToolSource calendars =
 *     turn -> completedFuture(turn.ownerId() == null ? List.of() : calendarOf(turn.ownerId()));
 * Agent.builder("Ann").model(model).toolSource(calendars).build();
 * }</pre>
 */
@FunctionalInterface
public interface ToolSource {

  /** The name under which a langchain4j tool provider finds {@link Turn#ownerId}. */
  String OWNER_ID = "owner_id";

  /** The name under which a langchain4j tool provider finds {@link Turn#agentName}. */
  String AGENT_NAME = "agent_name";

  /**
   * Returns the tools for a turn, which stay the same until the turn ends. Called on the chat's
   * executor before the turn's first call to its model, and again by a process that continues the
   * turn. It may block; its thread is interrupted if the turn ends meanwhile.
   *
   * <p>The turn fails if this method throws, if the stage fails, if a result is null, or if the
   * tools take longer than {@link Timeouts#toolCall}. Complete with an empty list to let the agent
   * speak without tools. Of several tools with one name, the first is used; those of {@link
   * Agent.Builder#tools} come first.
   */
  CompletionStage<List<Tool>> tools(Turn turn);

  /**
   * Describes the turn.
   *
   * @param conversationId the conversation
   * @param ownerId the id of the user to whom the conversation belongs; null if nobody is known.
   *     Other people may steer the conversation too
   * @param agentName the agent that takes the turn
   * @param messages the messages before the turn, oldest first
   * @param ended completes when the turn has ended in any way, on the chat's executor. A source
   *     that keeps something open for the turn, such as a session, can close it then
   */
  record Turn(
      String conversationId,
      @Nullable String ownerId,
      String agentName,
      List<Utterance> messages,
      CompletionStage<Void> ended) {

    /** Creates a turn that does not end. */
    public Turn(
        String conversationId,
        @Nullable String ownerId,
        String agentName,
        List<Utterance> messages) {
      this(conversationId, ownerId, agentName, messages, new CompletableFuture<>());
    }

    /** Returns a text without the messages. */
    @Override
    public String toString() {
      return "Turn[" + conversationId + ", " + agentName + "]";
    }
  }

  /**
   * A tool of a source.
   *
   * @param specification its description for the model
   * @param executor its code, which runs on the chat's executor and may block
   * @param needsApproval true if a person must approve each call, even if {@link
   *     Agent.Builder#needsApproval} says otherwise
   * @param interruptedCalls the fate of a call whose process ended; null for {@link
   *     Agent.Builder#interruptedCalls}
   * @param ownerDecides true if the tool acts with the credentials of the conversation's owner: a
   *     question about one of its calls, to approve it or after an interruption, then takes an
   *     answer of the owner alone. Without effect in a conversation without a known owner
   */
  record Tool(
      ToolSpecification specification,
      ToolExecutor executor,
      boolean needsApproval,
      @Nullable InterruptedCallPolicy interruptedCalls,
      boolean ownerDecides) {

    /** Rejects null for the specification and the executor. */
    public Tool {
      Objects.requireNonNull(specification, "specification");
      Objects.requireNonNull(executor, "executor");
    }

    /** Creates a tool about whose calls everybody decides who steers the conversation. */
    public Tool(
        ToolSpecification specification,
        ToolExecutor executor,
        boolean needsApproval,
        @Nullable InterruptedCallPolicy interruptedCalls) {
      this(specification, executor, needsApproval, interruptedCalls, false);
    }

    /**
     * Returns the same tool, each call of which waits for the approval of the conversation's owner.
     * Use it for a tool that acts with the owner's credentials.
     */
    public Tool approvedByOwner() {
      return new Tool(specification, executor, true, interruptedCalls, true);
    }

    /** Returns a tool for which only the agent's own rules hold. */
    public static Tool of(ToolSpecification specification, ToolExecutor executor) {
      return new Tool(specification, executor, false, null);
    }

    /**
     * Returns a tool for each method of an object with {@link dev.langchain4j.agent.tool.Tool}.
     *
     * @throws IllegalArgumentException as in {@link Agent.Builder#tools}
     */
    public static List<Tool> allOf(Object object) {
      return ToolMethod.of(object).stream()
          .map(method -> of(method.specification(), method.executor()))
          .toList();
    }
  }
}
