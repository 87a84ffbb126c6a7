package io.agentstream.http.agui;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.NewMessage;
import io.agentstream.http.agui.RunInput.Said;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.Snapshot.ToolUse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation's messages as AG-UI has them: tool calls inside the message, results and thinking
 * as messages of their own. A message that the client has sent keeps the client's id.
 */
final class ThreadMessages {

  private final List<Said> clients;
  private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();
  private int matched;

  private ThreadMessages(List<Said> clients) {
    this.clients = clients;
  }

  /**
   * Returns all messages, complete or not.
   *
   * @param clients the messages of the client's request
   */
  static ArrayNode of(Snapshot.Content content, List<Said> clients) {
    ThreadMessages all = new ThreadMessages(clients);
    content.messages().forEach(all::add);
    content
        .open()
        .forEach(
            open ->
                all.addAnswer(
                    open.messageId(),
                    open.agentName(),
                    open.content(),
                    open.thinking(),
                    open.tools()));
    return all.messages;
  }

  /** Returns the id of a message's thinking. */
  static String thinkingId(String messageId) {
    return messageId + "-thinking";
  }

  /** Returns a tool call's id, which is unique in the thread. */
  static String callId(String messageId, String callId) {
    return messageId + "-" + callId;
  }

  /** Returns the id of the message with a tool's result. */
  static String resultId(String messageId, String callId) {
    return callId(messageId, callId) + "-result";
  }

  private void add(Snapshot.Message message) {
    NewMessage said = message.message();
    if (said.role() == NewMessage.Role.USER) {
      boolean systems = said.sender().equals(NewMessage.SYSTEM);
      ObjectNode json = messages.addObject();
      json.put("id", clientsId(said));
      json.put("role", systems ? said.sender() : Said.USER);
      if (said.seat() != null) {
        json.put("name", said.seat());
      }
      json.put("content", said.content());
    } else {
      // A client may have answers of the past under ids of its own.
      String id = said.round() == 0 ? clientsId(said) : said.messageId();
      addAnswer(id, said.sender(), said.content(), message.thinking(), message.tools());
    }
  }

  private void addAnswer(
      String id,
      String name,
      String content,
      @Nullable String thinking,
      @Nullable List<ToolUse> tools) {
    if (thinking != null && !thinking.isEmpty()) {
      messages
          .addObject()
          .put("id", thinkingId(id))
          .put("role", "reasoning")
          .put("content", thinking);
    }
    boolean calls = tools != null && !tools.isEmpty();
    if (content.isEmpty() && !calls) {
      return;
    }
    ObjectNode message = messages.addObject();
    message.put("id", id).put("role", Said.ASSISTANT).put("name", name).put("content", content);
    if (calls) {
      ArrayNode list = message.putArray("toolCalls");
      Objects.requireNonNull(tools).forEach(use -> addCall(id, use, list));
      tools.forEach(use -> addResult(id, use));
    }
  }

  private static void addCall(String id, ToolUse use, ArrayNode list) {
    ObjectNode call = list.addObject();
    call.put("id", callId(id, use.callId())).put("type", "function");
    call.putObject("function").put("name", use.name()).put("arguments", use.arguments());
  }

  private void addResult(String id, ToolUse use) {
    if (use.result() != null) {
      messages
          .addObject()
          .put("id", resultId(id, use.callId()))
          .put("role", "tool")
          .put("toolCallId", callId(id, use.callId()))
          .put("content", use.result());
    }
  }

  /** Finds the client's message with the same content, in the order of both. */
  private String clientsId(NewMessage said) {
    boolean user = said.role() == NewMessage.Role.USER;
    for (int i = matched; i < clients.size(); i++) {
      Said client = clients.get(i);
      if (client.role().equals(Said.ASSISTANT) != user && client.text().equals(said.content())) {
        matched = i + 1;
        return client.id().isEmpty() ? said.messageId() : client.id();
      }
    }
    return said.messageId();
  }
}
