package io.agentstream.wire.internal;

import io.agentstream.event.ConversationEnded;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.internal.PlainText;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationDocument;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes documents of conversations, within the bounds that an import keeps. A document that exceeds
 * a limit that the server has set says so.
 */
public final class ExportedConversation {

  /** An id before all that the engine gives out. */
  private static final String FIRST_ID = "m0";

  private static final String NAMELESS = "unnamed";

  private final Snapshot.Content content;

  private ExportedConversation(Snapshot.Content content) {
    this.content = content;
  }

  /**
   * Returns the document of a conversation. A message that is still being written is cut off, as a
   * stop of the conversation would cut it, and one that waits follows the others.
   *
   * @param title null for none
   * @param team the name of its team; null if it has none, or it is unknown
   * @param limits those of the server that exports it
   */
  public static ConversationDocument of(
      String conversationId,
      @Nullable String title,
      @Nullable String team,
      Snapshot.Content content,
      Limits limits) {
    ConversationDocument document =
        new ExportedConversation(content).document(conversationId, title, team);
    return exceeding(document, new DocumentLimits(limits).exceededBy(document));
  }

  private static ConversationDocument exceeding(
      ConversationDocument document, @Nullable List<String> limits) {
    return new ConversationDocument(
        document.version(),
        document.conversationId(),
        document.title(),
        document.topic(),
        document.team(),
        document.agents(),
        document.muted(),
        document.people(),
        document.speakerSelection(),
        document.maxRounds(),
        document.run(),
        document.messages(),
        document.ended(),
        limits);
  }

  private ConversationDocument document(
      String conversationId, @Nullable String title, @Nullable String team) {
    return new ConversationDocument(
        ConversationDocument.VERSION,
        conversationId,
        title,
        content.topic(),
        team,
        content.agents(),
        anyOf(content.muted()),
        anyOf(content.people()),
        DocumentNames.fitting(content.speakerSelection(), NAMELESS),
        content.maxRounds(),
        content.run(),
        messages(),
        ended(content.ended()),
        null);
  }

  private static @Nullable List<String> anyOf(@Nullable List<String> names) {
    return names == null || names.isEmpty() ? null : names;
  }

  private List<Snapshot.Message> messages() {
    List<Snapshot.Message> messages = new ArrayList<>();
    content.messages().forEach(message -> messages.add(finished(message)));
    if (messages.isEmpty()) {
      // The snapshot was taken after the start and before the topic.
      messages.add(said(FIRST_ID, content.topic(), 0));
    }
    content.open().forEach(open -> messages.add(cut(open)));
    List<MessageQueued> queued = content.queued();
    if (queued != null) {
      int round = messages.get(messages.size() - 1).message().round();
      queued.forEach(waiting -> messages.add(waiting(waiting, round)));
    }
    return messages;
  }

  private static Snapshot.Message finished(Snapshot.Message message) {
    return new Snapshot.Message(
        message.message(),
        message.run(),
        message.finishReason(),
        message.usage(),
        path(message.agentPath()),
        message.thinking(),
        ExportedTools.of(message.tools()));
  }

  private Snapshot.Message cut(Snapshot.Open open) {
    return new Snapshot.Message(
        new NewMessage(
            open.messageId(),
            NewMessage.Role.ASSISTANT,
            open.agentName(),
            open.content(),
            open.round()),
        content.run(),
        TurnFinishReason.STOPPED,
        null,
        path(open.agentPath()),
        open.thinking().isEmpty() ? null : open.thinking(),
        ExportedTools.of(open.tools()));
  }

  private Snapshot.Message waiting(MessageQueued waiting, int round) {
    return message(
        new NewMessage(
            waiting.queueId(),
            NewMessage.Role.USER,
            NewMessage.USER,
            waiting.content(),
            round,
            waiting.author(),
            waiting.queueId()));
  }

  private Snapshot.Message said(String messageId, String text, int round) {
    return message(new NewMessage(messageId, NewMessage.Role.USER, NewMessage.USER, text, round));
  }

  private Snapshot.Message message(NewMessage said) {
    return new Snapshot.Message(said, content.run(), null, null, null, null, null);
  }

  /** Leaves out the outermost teams where too many are nested: the speaker stands last. */
  private static @Nullable List<String> path(@Nullable List<String> path) {
    if (path == null || path.isEmpty()) {
      return null;
    }
    int from = Math.max(0, path.size() - DocumentCheck.MAX_PATH);
    return List.copyOf(path.subList(from, path.size()));
  }

  private static @Nullable ConversationEnded ended(@Nullable ConversationEnded ended) {
    return ended == null || ended.detail() == null
        ? ended
        : new ConversationEnded(
            ended.reason(), shortened(ended.detail()), ended.usage(), ended.author());
  }

  private static String shortened(String detail) {
    return detail.length() <= DocumentCheck.MAX_DETAIL_CHARS
        ? detail
        : PlainText.cut(detail, DocumentCheck.MAX_DETAIL_CHARS - 1) + "…";
  }
}
