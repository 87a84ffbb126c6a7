package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.agentstream.upstream.LenientJson;
import io.agentstream.upstream.ToolArguments;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes messages in the form that strict servers accept. */
final class MessageWriter {

  private final boolean sendsThinking;
  private final ArrayNode written = LenientJson.MAPPER.createArrayNode();
  private final boolean systemRole;
  private final boolean contentWithCalls;
  private final boolean plainCallIds;
  private final List<SentBack.CallField> callFields;
  private String instructions = "";
  private boolean inToolLoop;

  /**
   * @param sendsThinking true if an answer's thinking is sent back during its tool rounds
   * @param quirks the parameters that the server is known to refuse
   */
  MessageWriter(boolean sendsThinking, Set<Quirk> quirks) {
    this.sendsThinking = sendsThinking;
    this.systemRole = !quirks.contains(Quirk.NO_SYSTEM_ROLE);
    this.contentWithCalls = quirks.contains(Quirk.CONTENT_WITH_CALLS);
    this.plainCallIds = quirks.contains(Quirk.OWN_CALL_IDS);
    this.callFields = quirks.contains(Quirk.NO_CALL_FIELDS) ? List.of() : SentBack.CALL_FIELDS;
  }

  ArrayNode write(List<ChatMessage> messages) {
    int loop = 0;
    for (int i = 0; i < messages.size(); i++) {
      loop = messages.get(i) instanceof UserMessage ? i : loop;
    }
    for (int i = 0; i < messages.size(); i++) {
      inToolLoop = i > loop;
      write(messages.get(i));
    }
    instruct();
    return written;
  }

  private void write(ChatMessage message) {
    if (message instanceof SystemMessage system) {
      system(system.text());
    } else if (message instanceof UserMessage user) {
      user(user);
    } else if (message instanceof AiMessage answer) {
      answer(answer);
    } else if (message instanceof ToolExecutionResultMessage result) {
      result(result);
    } else if (message instanceof CustomMessage custom) {
      written.add(LenientJson.MAPPER.<JsonNode>valueToTree(custom.attributes()));
    } else {
      throw new UnsupportedFeatureException("A message of the type " + message.type());
    }
  }

  private void system(String text) {
    if (systemRole) {
      written.addObject().put("role", "system").put("content", text);
    } else {
      instructions = joined(instructions, text);
    }
  }

  /** Writes instructions that no message of the user has taken along: roles must alternate. */
  private void instruct() {
    if (instructions.isEmpty()) {
      return;
    }
    JsonNode last = written.path(written.size() - 1);
    boolean follows = last.path("role").asText().equals("user") && last.path("content").isTextual();
    if (last instanceof ObjectNode user && follows) {
      user.put("content", joined(user.path("content").textValue(), instructions));
    } else {
      written.addObject().put("role", "user").put("content", instructions);
    }
    instructions = "";
  }

  private static String joined(String first, String second) {
    return first.isEmpty() ? second : first + "\n\n" + second;
  }

  private void user(UserMessage user) {
    ObjectNode json = written.addObject().put("role", "user");
    if (user.hasSingleText()) {
      json.put("content", joined(instructions, user.singleText()));
      instructions = "";
      return;
    }
    ArrayNode parts = json.putArray("content");
    if (!instructions.isEmpty()) {
      parts.addObject().put("type", "text").put("text", instructions);
      instructions = "";
    }
    user.contents().forEach(content -> part(parts, content));
  }

  private static void part(ArrayNode parts, Content content) {
    if (content instanceof TextContent text) {
      parts.addObject().put("type", "text").put("text", text.text());
    } else if (content instanceof ImageContent image) {
      parts.addObject().put("type", "image_url").putObject("image_url").put("url", url(image));
    } else {
      throw new UnsupportedFeatureException("Content of the type " + content.type());
    }
  }

  private static String url(ImageContent image) {
    return image.image().url() != null
        ? image.image().url().toString()
        : "data:" + image.image().mimeType() + ";base64," + image.image().base64Data();
  }

  private void answer(AiMessage answer) {
    boolean blank = answer.text() == null || answer.text().isBlank();
    if (blank && !answer.hasToolExecutionRequests()) {
      // Strict servers refuse a blank text.
      return;
    }
    instruct();
    ObjectNode json = written.addObject().put("role", "assistant");
    if (!blank) {
      json.put("content", answer.text());
    } else if (contentWithCalls) {
      json.put("content", "");
    }
    if (answer.hasToolExecutionRequests()) {
      thinking(answer, json);
      ArrayNode calls = json.putArray("tool_calls");
      answer.toolExecutionRequests().forEach(call -> call(calls.addObject(), call, answer));
    }
  }

  private void thinking(AiMessage answer, ObjectNode json) {
    if (!sendsThinking || !inToolLoop) {
      return;
    }
    Object field = answer.attributes().get(SentBack.THINKING_FIELD);
    if (field instanceof String name && answer.thinking() != null) {
      json.put(name, answer.thinking());
    }
    setRead(json, "reasoning_details", answer.attributes().get(SentBack.REASONING_DETAILS));
    setRead(json, "thinking_blocks", answer.attributes().get(SentBack.THINKING_BLOCKS));
  }

  private static void setRead(ObjectNode json, String name, @Nullable Object value) {
    JsonNode read = value instanceof String text ? LenientJson.read(text) : null;
    if (read != null) {
      json.set(name, read);
    }
  }

  private void call(ObjectNode json, ToolExecutionRequest call, AiMessage answer) {
    json.put("id", sentId(call.id())).put("type", "function");
    json.putObject("function")
        .put("name", call.name())
        .put("arguments", ToolArguments.asObject(call.arguments()));
    for (SentBack.CallField field : callFields) {
      Object extras = answer.attributes().get(field.attribute());
      if (call.id() != null && extras instanceof Map<?, ?> byId) {
        setRead(json, field.name(), byId.get(call.id()));
      }
    }
  }

  private @Nullable String sentId(@Nullable String id) {
    return id == null || !plainCallIds ? id : ToolCallIds.plain(id);
  }

  private void result(ToolExecutionResultMessage result) {
    String text = result.hasSingleText() ? result.text() : result.contents().toString();
    written
        .addObject()
        .put("role", "tool")
        .put("tool_call_id", sentId(result.id()))
        .put("content", text == null || text.isBlank() ? "(nothing)" : text);
  }
}
