package io.agentstream.wire.internal;

import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.NewMessage;
import io.agentstream.event.Usage;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationDocument;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds a document to the bounds of a conversation, and marks its authors as imported. */
final class DocumentCheck {

  /** No conversation comes near it, and a run more is still a number. */
  private static final int MAX_ROUND = 1_000_000_000;

  private static final int MAX_AGENTS = 1_000;

  /** The most names in an agent's path; an export keeps to it. */
  static final int MAX_PATH = 64;

  /** The longest detail of an end; an export keeps to it. */
  static final int MAX_DETAIL_CHARS = 2_000;

  private static final long MAX_TOKENS = 1_000_000_000_000_000L;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final DocumentLimits limits;
  private final DocumentNames names = new DocumentNames();
  private final ImportedAuthors authors = new ImportedAuthors();
  private final Set<String> messageIds = new HashSet<>();
  private int run = 1;

  /**
   * @param limits those of a conversation that is started here
   */
  DocumentCheck(Limits limits) {
    this.limits = new DocumentLimits(limits);
  }

  /** Returns what may be kept of a document. */
  ConversationDocument checked(ConversationDocument document) throws ProtocolException {
    names.lineIfAny(
        "title", document.title(), ConversationCommand.RenameConversation.MAX_TITLE_CHARS);
    String topic = DocumentNames.present("topic", document.topic());
    if (topic.isBlank()) {
      throw DocumentFault.wrong("topic", "must not be empty");
    }
    if (topic.length() > limits.mostTopicChars()) {
      throw DocumentFault.tooMuch(
          "topic", "may have " + limits.mostTopicChars() + " characters at the most");
    }
    names.lineIfAny("team", document.team(), DocumentNames.MAX_LINE_CHARS);
    names.agents("agents", document.agents(), MAX_AGENTS);
    List<String> muted = participants("muted", document.muted(), document.agents());
    List<String> people = participants("people", document.people(), document.agents());
    names.line("speaker_selection", document.speakerSelection(), DocumentNames.MAX_LINE_CHARS);
    number("max_rounds", document.maxRounds(), 1, Integer.MAX_VALUE);
    number("run", document.run(), 1, MAX_ROUND);
    List<Snapshot.Message> messages = messages(document);
    return new ConversationDocument(
        ConversationDocument.VERSION,
        "",
        document.title(),
        topic,
        document.team(),
        document.agents(),
        muted,
        people,
        document.speakerSelection(),
        document.maxRounds(),
        document.run(),
        messages,
        ended(document.ended()),
        null);
  }

  private @Nullable List<String> participants(
      String place, @Nullable List<String> some, List<String> all) throws ProtocolException {
    if (some == null || some.isEmpty()) {
      return null;
    }
    names.agents(place, some, MAX_AGENTS);
    if (!new HashSet<>(all).containsAll(some)) {
      throw DocumentFault.wrong(place, "must name participants that are in 'agents'");
    }
    return some;
  }

  private List<Snapshot.Message> messages(ConversationDocument document) throws ProtocolException {
    List<Snapshot.Message> given = DocumentNames.present("messages", document.messages());
    if (given.size() > limits.mostMessages()) {
      throw DocumentFault.tooMuch(
          "messages", "may hold " + limits.mostMessages() + " messages at the most");
    }
    List<Snapshot.Message> messages = new ArrayList<>(given.size());
    boolean anybodySpoke = false;
    for (int i = 0; i < given.size(); i++) {
      String place = "messages[" + i + "]";
      Snapshot.Message message =
          message(place, DocumentNames.present(place, given.get(i)), document.run());
      anybodySpoke |= !message.message().content().isEmpty();
      messages.add(message);
    }
    if (!anybodySpoke) {
      throw DocumentFault.wrong("messages", "must hold at least one message with text");
    }
    if (document.chars() > limits.mostChars()) {
      throw DocumentFault.tooMuch(
          "messages", "may hold " + limits.mostChars() + " characters at the most");
    }
    return messages;
  }

  private Snapshot.Message message(String place, Snapshot.Message given, int lastRun)
      throws ProtocolException {
    number(place + ".run", given.run(), run, lastRun);
    run = given.run();
    if (given.usage() != null) {
      usage(place + ".usage", given.usage());
    }
    if (given.agentPath() != null) {
      names.path(place + ".agent_path", given.agentPath(), MAX_PATH);
    }
    if (given.tools() != null) {
      tools(place + ".tools", given.tools());
    }
    return new Snapshot.Message(
        said(place, DocumentNames.present(place, given.message())),
        given.run(),
        given.finishReason(),
        given.usage(),
        given.agentPath(),
        given.thinking(),
        given.tools());
  }

  private NewMessage said(String place, NewMessage given) throws ProtocolException {
    id(place + ".message_id", given.messageId());
    if (!messageIds.add(given.messageId())) {
      throw DocumentFault.wrong(place + ".message_id", "is the id of an earlier message");
    }
    NewMessage.Role role = DocumentNames.present(place + ".role", given.role());
    String content = DocumentNames.present(place + ".content", given.content());
    number(place + ".round", given.round(), 0, MAX_ROUND);
    if (given.queueId() != null) {
      id(place + ".queue_id", given.queueId());
    }
    if (role == NewMessage.Role.ASSISTANT) {
      names.agent(place + ".sender", given.sender());
      if (given.author() != null) {
        throw DocumentFault.wrong(place + ".author", "must be left out: an agent says this");
      }
    } else if (content.isBlank()) {
      throw DocumentFault.wrong(place + ".content", "must not be empty where the role is user");
    } else if (!NewMessage.USER.equals(given.sender())) {
      // A person's seat.
      names.agent(place + ".sender", given.sender());
    }
    return new NewMessage(
        given.messageId(),
        role,
        given.sender(),
        content,
        given.round(),
        authors.imported(given.author()),
        given.queueId());
  }

  private void tools(String place, List<Snapshot.ToolUse> tools) throws ProtocolException {
    if (tools.isEmpty() || tools.size() > ExportedTools.MOST) {
      throw DocumentFault.wrong(place, "must hold 1 to " + ExportedTools.MOST + " calls");
    }
    Set<String> callIds = new HashSet<>();
    for (int i = 0; i < tools.size(); i++) {
      String call = place + "[" + i + "]";
      Snapshot.ToolUse tool = DocumentNames.present(call, tools.get(i));
      names.line(call + ".call_id", tool.callId(), DocumentNames.MAX_LINE_CHARS);
      if (!callIds.add(tool.callId())) {
        throw DocumentFault.wrong(call + ".call_id", "is the id of an earlier call");
      }
      names.line(call + ".name", tool.name(), DocumentNames.MAX_LINE_CHARS);
      DocumentNames.present(call + ".arguments", tool.arguments());
      if ((tool.result() == null) != (tool.isError() == null)) {
        throw DocumentFault.wrong(call, "must have both of 'result' and 'is_error', or none");
      }
    }
  }

  private @Nullable ConversationEnded ended(@Nullable ConversationEnded ended)
      throws ProtocolException {
    if (ended == null) {
      return null;
    }
    DocumentNames.present("ended.reason", ended.reason());
    if (ended.detail() != null && ended.detail().length() > MAX_DETAIL_CHARS) {
      throw DocumentFault.tooMuch(
          "ended.detail", "may have " + MAX_DETAIL_CHARS + " characters at the most");
    }
    usage(DocumentNames.present("ended.usage", ended.usage()));
    return new ConversationEnded(
        ended.reason(), ended.detail(), ended.usage(), authors.imported(ended.author()));
  }

  private void usage(ConversationUsage usage) throws ProtocolException {
    usage(
        "ended.usage",
        new Usage(
            usage.inputTokens(), usage.outputTokens(), usage.totalTokens(), usage.estimated()));
    if (usage.byAgent().size() > MAX_AGENTS) {
      throw DocumentFault.wrong("ended.usage.by_agent", "may hold " + MAX_AGENTS + " at the most");
    }
    for (Map.Entry<String, Usage> part : usage.byAgent().entrySet()) {
      names.agent("ended.usage.by_agent", part.getKey());
      usage("ended.usage.by_agent", DocumentNames.present("ended.usage.by_agent", part.getValue()));
    }
    if (usage.overhead() != null) {
      usage("ended.usage.overhead", usage.overhead());
    }
  }

  private static void usage(String place, Usage usage) throws ProtocolException {
    number(place + ".input_tokens", usage.inputTokens(), 0, MAX_TOKENS);
    number(place + ".output_tokens", usage.outputTokens(), 0, MAX_TOKENS);
    number(place + ".total_tokens", usage.totalTokens(), 0, MAX_TOKENS);
  }

  private static void id(String place, @Nullable String id) throws ProtocolException {
    if (id == null || !ID.matcher(id).matches()) {
      throw DocumentFault.wrong(place, "must be 1 to 64 letters, digits, '-' or '_'");
    }
  }

  private static void number(String place, long value, long min, long max)
      throws ProtocolException {
    if (value < min || value > max) {
      throw DocumentFault.wrong(place, "must be a whole number from " + min + " to " + max);
    }
  }
}
