package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.agentstream.event.Author;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.InputRequested;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.NewMessage;
import io.agentstream.event.PauseReason;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a conversation after event {@code seq}.
 *
 * @param conversationId the conversation's id, in the envelope
 * @param content the rest
 */
public record Snapshot(String conversationId, Content content) implements ControlFrame {
  @Override
  public String type() {
    return "snapshot";
  }

  @Override
  public Content data() {
    return content;
  }

  /**
   * The contents of a snapshot.
   *
   * @param seq the last event that it contains
   * @param messages all complete messages, in order
   * @param open the messages that are still being written
   * @param run the number of the current or last run
   * @param pendingInput the oldest open question, or null
   * @param pendingInputs all open questions, oldest first, or null
   * @param ended the end; null while the conversation continues
   * @param queued the messages of people that wait, oldest first, or null
   * @param pausedBy the person who paused it, or null
   * @param pauseReason the reason why the server paused it, or null
   * @param muted the participants that are muted; null for none
   * @param people the participants that are seats for people, not agents; null for none
   */
  public record Content(
      long seq,
      long epoch,
      int run,
      State state,
      String topic,
      List<String> agents,
      String speakerSelection,
      int maxRounds,
      List<Message> messages,
      List<Open> open,
      @Nullable InputRequested pendingInput,
      @Nullable List<InputRequested> pendingInputs,
      @Nullable ConversationEnded ended,
      @Nullable List<MessageQueued> queued,
      @Nullable Author pausedBy,
      @Nullable PauseReason pauseReason,
      @Nullable List<String> muted,
      @Nullable List<String> people) {

    /** Returns the same contents with other messages and another epoch. */
    public Content with(List<Message> others, long otherEpoch) {
      return new Content(
          seq,
          otherEpoch,
          run,
          state,
          topic,
          agents,
          speakerSelection,
          maxRounds,
          others,
          open,
          pendingInput,
          pendingInputs,
          ended,
          queued,
          pausedBy,
          pauseReason,
          muted,
          people);
    }
  }

  /** The state of a conversation. */
  public enum State {
    RUNNING,
    PAUSED,
    WAITING_FOR_INPUT,
    ENDED
  }

  /**
   * A complete message, with the thinking and tool calls that led to it.
   *
   * @param run the number of its run
   * @param thinking the model's thinking, or null
   * @param tools the tool calls with their results, or null
   */
  public record Message(
      @JsonUnwrapped NewMessage message,
      int run,
      @Nullable TurnFinishReason finishReason,
      @Nullable Usage usage,
      @Nullable List<String> agentPath,
      @Nullable String thinking,
      @Nullable List<ToolUse> tools) {}

  /** A message that is still being written, with its text and thinking so far. */
  public record Open(
      String messageId,
      String agentName,
      int round,
      String content,
      String thinking,
      @Nullable List<String> agentPath,
      @Nullable List<ToolUse> tools) {}

  /**
   * A tool call.
   *
   * @param result its result; null while it runs
   * @param isError true if it failed; null while it runs
   */
  public record ToolUse(
      String callId,
      String name,
      String arguments,
      @Nullable String result,
      @Nullable Boolean isError) {}
}
