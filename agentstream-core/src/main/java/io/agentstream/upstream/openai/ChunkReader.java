package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.output.TokenUsage;
import io.agentstream.event.ErrorCause;
import io.agentstream.upstream.LenientJson;
import io.agentstream.upstream.ModelServerException;
import io.agentstream.upstream.ServerComplaint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads any chunk of any server into an {@link Answer}: a delta, a whole message, or a text, with
 * content in the shapes that servers give it. Used by one thread at a time.
 */
final class ChunkReader {

  private static final String[] THINKING_FIELDS = {
    "reasoning_content", "reasoning", "thinking", "reasoning_text", "thinking_content"
  };
  private static final String[] REASON_FIELDS = {"finish_reason", "finishReason", "stop_reason"};

  /** The fields in which proxies wrap a chunk. */
  private static final String[] WRAPPERS = {"data", "result", "response", "output", "chunk"};

  private final Answer answer;
  private @Nullable ServerComplaint note;
  private int piecesAtNote;
  private int choiceIndex = -1;
  private boolean inMessages;

  ChunkReader(Answer answer) {
    this.answer = answer;
  }

  /**
   * Reads a chunk.
   *
   * @return whether there was anything in it
   * @throws ModelServerException if it says that the call has failed, or passes a limit
   */
  boolean read(JsonNode chunk) {
    if (chunk.isTextual()) {
      JsonNode within = LenientJson.read(chunk.textValue());
      return within != null && within.isObject() && read(within);
    }
    if (chunk.isArray()) {
      boolean any = false;
      for (JsonNode element : chunk) {
        any |= read(element);
      }
      return any;
    }
    ServerComplaint complaint = ServerComplaint.in(chunk);
    if (complaint != null && complaint.isVague()) {
      note = complaint;
      piecesAtNote = answer.pieces();
      return false;
    }
    if (complaint != null) {
      throw new ComplaintException(complaint);
    }
    answer.named(text(chunk.path("id")), text(chunk.path("model")));
    boolean any = usage(Usages.in(chunk));
    any |= choices(chunk);
    boolean ends = answer.hasBegun() && !answer.isFinished();
    return (ends && finish(outerReason(chunk))) || any;
  }

  /** Returns a finish reason that stands outside of the choices. */
  private static String outerReason(JsonNode chunk) {
    String otherwise = chunk.path("done").asBoolean() ? "stop" : "";
    String ollama = chunk.path("done_reason").asText(otherwise);
    return chunk.path("finish_reason").asText(ollama);
  }

  private boolean choices(JsonNode chunk) {
    JsonNode choices = chunk.path("choices");
    boolean any = false;
    for (JsonNode choice : choices.isArray() ? choices : ContentParts.alone(choices)) {
      any |= choice(choice);
    }
    if (choices.isContainerNode()) {
      return any;
    }
    for (String wrapper : WRAPPERS) {
      JsonNode within = unwrapped(chunk.path(wrapper));
      if (within.path("choices").isArray()) {
        return read(within);
      }
    }
    // The only choice, without the list around it; with a type, it is another protocol's event.
    boolean alone = chunk.path("delta").isObject() || chunk.path("message").isObject();
    return alone && !chunk.path("type").isTextual() && choiceText(chunk);
  }

  /**
   * Returns the message that came last, if it may be a failure and no part of the answer and no end
   * followed; null if there is none.
   */
  @Nullable ServerComplaint lastNote() {
    return answer.pieces() == piecesAtNote && !answer.isFinished() ? note : null;
  }

  /**
   * Returns true if the choice with this index is the answer, which is the one that came first. The
   * others of several alternatives are dropped.
   */
  boolean isAnswer(int index) {
    choiceIndex = choiceIndex < 0 ? index : choiceIndex;
    return index == choiceIndex;
  }

  private boolean choice(JsonNode choice) {
    int index = choice.path("index").asInt(0);
    if (!isAnswer(index)) {
      return false;
    }
    boolean any = choiceText(choice);
    any |= usage(Usages.in(choice)) || usage(Usages.in(choice.path("delta")));
    return finish(reason(choice)) || any;
  }

  /** Returns the finish reason, which some servers put into the delta or give another name. */
  private static String reason(JsonNode choice) {
    for (JsonNode holder : List.of(choice, choice.path("delta"))) {
      for (String field : REASON_FIELDS) {
        JsonNode value = holder.path(field);
        String reason = value.isObject() ? value.path("type").asText("") : value.asText("");
        if (FinishReasons.isEnd(reason)) {
          return reason;
        }
      }
    }
    return "";
  }

  private boolean choiceText(JsonNode choice) {
    JsonNode delta = choice.path("delta");
    if (delta.isTextual()) {
      return content(delta);
    }
    if (delta.isArray()) {
      boolean any = false;
      for (JsonNode element : delta) {
        any |= delta(element);
      }
      return any;
    }
    if (delta.isObject() && !delta.isEmpty()) {
      boolean any = delta(delta);
      // A text beside a delta with content is the same one again.
      boolean again = !ContentParts.plain(delta.path("content")).isEmpty();
      return (!again && content(choice.path("text"))) || any;
    }
    if (!choice.path("message").isObject() && delta(choice)) {
      return true;
    }
    if (answer.hasBegun() && !inMessages) {
      // After pieces, a message is the whole answer once more, but perhaps with its tool calls.
      return !answer.hasToolCalls() && toolCalls(choice.path("message"));
    }
    boolean any = delta(choice.path("message"));
    any |= content(choice.path("text"));
    inMessages |= any;
    return any;
  }

  private boolean finish(String reason) {
    if (!FinishReasons.isEnd(reason)) {
      return false;
    }
    ErrorCause failure = FinishReasons.failure(reason);
    if (failure != null) {
      throw new ModelServerException(
          failure, "the server ended the answer with a failure (finish_reason)", true);
    }
    answer.finish(FinishReasons.of(reason));
    return true;
  }

  private boolean delta(JsonNode delta) {
    boolean any = thinking(delta);
    any |= content(delta.hasNonNull("content") ? delta.path("content") : delta.path("text"));
    String refusal = ContentParts.plain(delta.path("refusal"));
    if (!refusal.isEmpty()) {
      answer.text(refusal);
      any = true;
    }
    return toolCalls(delta) || any;
  }

  private boolean thinking(JsonNode delta) {
    JsonNode details = delta.path("reasoning_details");
    if (details.isArray()) {
      answer.reasoningDetails(details);
    }
    JsonNode blocks = delta.path("thinking_blocks");
    if (blocks.isArray()) {
      answer.thinkingBlocks(blocks);
    }
    for (String field : THINKING_FIELDS) {
      String piece = ContentParts.plain(delta.path(field));
      if (!piece.isEmpty()) {
        answer.thinking(piece, field);
        return true;
      }
    }
    String piece = ContentParts.plain(details.isArray() ? details : blocks);
    answer.thinking(piece, null);
    return !piece.isEmpty();
  }

  private boolean content(JsonNode content) {
    if (content.isTextual() || content.isNumber() || content.isBoolean()) {
      answer.text(content.asText());
      return !content.asText().isEmpty();
    }
    boolean any = false;
    for (JsonNode part : content.isArray() ? content : ContentParts.alone(content)) {
      String piece = ContentParts.plain(part);
      if ("tool_use".equals(part.path("type").textValue())) {
        answer.toolCall(part, -1);
        any = true;
      } else if (ContentParts.isThinking(part)) {
        answer.thinking(piece, null);
      } else {
        answer.text(piece);
      }
      any |= !piece.isEmpty();
    }
    return any;
  }

  private boolean toolCalls(JsonNode delta) {
    JsonNode calls =
        unwrapped(delta.path(delta.hasNonNull("toolCalls") ? "toolCalls" : "tool_calls"));
    if (calls.isObject()) {
      answer.toolCall(calls, -1);
      return true;
    }
    int position = 0;
    for (JsonNode element : calls) {
      JsonNode call = unwrapped(element);
      if (call.isObject()) {
        answer.toolCall(call, calls.size() > 1 ? position : -1);
        position++;
      }
    }
    JsonNode legacy = delta.path("function_call");
    if (position == 0 && legacy.isObject() && !legacy.isEmpty()) {
      answer.toolCall(legacy, 0);
      return true;
    }
    return position > 0;
  }

  /** Returns the JSON that a proxy may have written into a string. */
  private static JsonNode unwrapped(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : "";
    JsonNode within = text.startsWith("{") || text.startsWith("[") ? LenientJson.read(text) : null;
    return within == null ? value : within;
  }

  private boolean usage(JsonNode usage) {
    TokenUsage counted = Usages.read(usage, answer.usage());
    answer.usage(counted);
    return counted != null && usage.isObject();
  }

  private static @Nullable String text(JsonNode value) {
    return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
  }
}
