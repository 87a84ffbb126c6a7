package io.agentstream.wire;

import io.agentstream.event.ConversationEnded;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole conversation as a document, which {@code export_conversation} gives and {@code
 * import_conversation} takes. It holds everything that a snapshot has, and neither a prompt nor a
 * definition of an agent.
 *
 * @param version the version of this format, {@value #VERSION}
 * @param conversationId the conversation's id where it was exported; an import gives another one
 * @param title the title that a person gave it, or null
 * @param topic the topic
 * @param team the name of the team that talked; null if it has none, or it is unknown
 * @param agents the participants' names
 * @param speakerSelection how the next speaker was picked
 * @param maxRounds how many rounds a run had at most
 * @param run the number of the last run, from 1
 * @param messages all messages, in order
 * @param ended the end; null if the conversation had not ended
 */
public record ConversationDocument(
    int version,
    String conversationId,
    @Nullable String title,
    String topic,
    @Nullable String team,
    List<String> agents,
    String speakerSelection,
    int maxRounds,
    int run,
    List<Snapshot.Message> messages,
    @Nullable ConversationEnded ended) {

  /** The current version. */
  public static final int VERSION = 1;

  /**
   * Returns the document of a conversation. A message that is still being written is cut off, as a
   * stop of the conversation would cut it, and one that waits follows the others.
   */
  public static ConversationDocument of(
      String conversationId,
      @Nullable String title,
      @Nullable String team,
      Snapshot.Content content) {
    return new ConversationDocument(
        VERSION,
        conversationId,
        title,
        content.topic(),
        team,
        content.agents(),
        content.speakerSelection(),
        content.maxRounds(),
        content.run(),
        messages(content),
        content.ended());
  }

  private static List<Snapshot.Message> messages(Snapshot.Content content) {
    List<Snapshot.Message> messages = new ArrayList<>();
    content.messages().forEach(message -> messages.add(exported(message)));
    content.open().forEach(open -> messages.add(cut(open, content.run())));
    List<MessageQueued> queued = content.queued();
    if (queued != null) {
      int round = messages.isEmpty() ? 0 : messages.get(messages.size() - 1).message().round();
      queued.forEach(waiting -> messages.add(said(waiting, content.run(), round)));
    }
    return messages;
  }

  private static Snapshot.Message exported(Snapshot.Message message) {
    return new Snapshot.Message(
        message.message(),
        message.run(),
        message.finishReason(),
        message.usage(),
        message.agentPath(),
        message.thinking(),
        ExportedTools.of(message.tools()));
  }

  private static Snapshot.Message cut(Snapshot.Open open, int run) {
    return new Snapshot.Message(
        new NewMessage(
            open.messageId(),
            NewMessage.Role.ASSISTANT,
            open.agentName(),
            open.content(),
            open.round()),
        run,
        TurnFinishReason.STOPPED,
        null,
        open.agentPath(),
        open.thinking().isEmpty() ? null : open.thinking(),
        ExportedTools.of(open.tools()));
  }

  private static Snapshot.Message said(MessageQueued waiting, int run, int round) {
    return new Snapshot.Message(
        new NewMessage(
            waiting.queueId(),
            NewMessage.Role.USER,
            NewMessage.USER,
            waiting.content(),
            round,
            waiting.author(),
            waiting.queueId()),
        run,
        null,
        null,
        null,
        null,
        null);
  }

  /** Returns the length of all texts, in UTF-16 code units. */
  public long chars() {
    return messages.stream().mapToLong(ConversationDocument::chars).sum();
  }

  private static long chars(Snapshot.Message message) {
    long chars = message.message().content().length();
    chars += message.thinking() == null ? 0 : message.thinking().length();
    if (message.tools() != null) {
      for (Snapshot.ToolUse tool : message.tools()) {
        chars += tool.arguments().length() + (tool.result() == null ? 0 : tool.result().length());
      }
    }
    return chars;
  }

  /** Returns the command that would start a conversation of the same agents. */
  public ViewingCommand.StartConversation definition() {
    return team == null
        ? new ViewingCommand.StartConversation(topic, agents, maxRounds, speakerSelection, null)
        : new ViewingCommand.StartConversation(topic, null, null, null, null, team);
  }
}
