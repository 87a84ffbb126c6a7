package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.agentstream.chat.context.Utterance;
import io.agentstream.upstream.ToolArguments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tool calls and their results, in the form in which a model sees them again. */
final class ToolExchange {

  private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9_-]+");

  private static final int MOST_NAME = 64;

  private ToolExchange() {}

  /**
   * Returns the answer with the text that was taken from it, and with an id for every call, since
   * servers refuse a result without one; some models give their calls none, or all the same.
   *
   * @param callsBefore the number of earlier calls in the turn
   */
  static AiMessage replayable(AiMessage answer, String text, String messageId, int callsBefore) {
    Set<String> ids = new HashSet<>();
    List<ToolExecutionRequest> requests = new ArrayList<>();
    for (ToolExecutionRequest request : answer.toolExecutionRequests()) {
      String id = request.id();
      boolean usable = id != null && !id.isBlank() && ids.add(id);
      String given = "call_" + messageId + "_" + (callsBefore + requests.size() + 1);
      requests.add(usable ? request : request.toBuilder().id(given).build());
    }
    return answer.toBuilder()
        .text(text.isBlank() ? null : text)
        .toolExecutionRequests(requests)
        .build();
  }

  /**
   * Returns {@code answer} with arguments that may be sent back: servers refuse a request that
   * repeats arguments which are no JSON object.
   */
  static AiMessage repaired(AiMessage answer) {
    List<ToolExecutionRequest> requests =
        answer.toolExecutionRequests().stream().map(ToolExchange::repaired).toList();
    return requests.equals(answer.toolExecutionRequests())
        ? answer
        : answer.toBuilder().toolExecutionRequests(requests).build();
  }

  /**
   * Returns {@code answer} with the names of its calls as servers take them: a name that the model
   * made up may be anything, and would have each later request refused.
   *
   * @param offered the names of real tools, which stay
   */
  static AiMessage named(AiMessage answer, Set<String> offered) {
    List<ToolExecutionRequest> requests =
        answer.toolExecutionRequests().stream()
            .map(call -> call.toBuilder().name(sendable(call.name(), offered)).build())
            .toList();
    return requests.equals(answer.toolExecutionRequests())
        ? answer
        : answer.toBuilder().toolExecutionRequests(requests).build();
  }

  /** Returns a result with the name of its call, as {@link #named(AiMessage, Set)} gives it. */
  static ToolExecutionResultMessage named(ToolExecutionResultMessage result, Set<String> offered) {
    String name = sendable(result.toolName(), offered);
    return name.equals(result.toolName()) ? result : result.toBuilder().toolName(name).build();
  }

  private static String sendable(@Nullable String name, Set<String> offered) {
    if (name == null || name.isBlank()) {
      return "unnamed";
    }
    if (offered.contains(name)) {
      return name;
    }
    String plain = NO_NAME.matcher(name).replaceAll("_");
    return plain.substring(0, Math.min(plain.length(), MOST_NAME));
  }

  static ToolExecutionRequest repaired(ToolExecutionRequest request) {
    String arguments = ToolArguments.asObject(request.arguments());
    return arguments.equals(request.arguments())
        ? request
        : request.toBuilder().arguments(arguments).build();
  }

  /**
   * Returns the result of a call; a result that only steers the chat is marked, because others do
   * not need it.
   */
  static ToolExecutionResultMessage result(
      ToolExecutionRequest request, @Nullable String text, boolean steers) {
    return ToolExecutionResultMessage.builder()
        .id(request.id())
        .toolName(request.name())
        .text(text == null ? "" : text)
        .attributes(steers ? Map.of(Utterance.STEERS, true) : Map.of())
        .build();
  }

  /**
   * Returns the tool calls of a turn without text that are worth keeping; none if it called no real
   * tool.
   */
  static List<ChatMessage> worthKnowing(List<ChatMessage> exchange) {
    boolean news =
        exchange.stream()
            .anyMatch(
                message ->
                    message instanceof ToolExecutionResultMessage result
                        && !Utterance.steers(result));
    return news ? exchange : List.of();
  }
}
