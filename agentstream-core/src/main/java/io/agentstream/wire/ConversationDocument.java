package io.agentstream.wire;

import io.agentstream.event.ConversationEnded;
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
 * @param muted those of the participants that are muted; null for none
 * @param people those of the participants that are people; null for none
 * @param speakerSelection how the next speaker was picked
 * @param maxRounds how many rounds a run had at most
 * @param run the number of the last run, from 1
 * @param messages all messages, in order
 * @param ended the end; null if the conversation had not ended
 * @param limitsExceeded the limits of the server that exported it, by their names in its settings,
 *     for which its own import would refuse it; null for none. An import does not look at it
 */
public record ConversationDocument(
    int version,
    String conversationId,
    @Nullable String title,
    String topic,
    @Nullable String team,
    List<String> agents,
    @Nullable List<String> muted,
    @Nullable List<String> people,
    String speakerSelection,
    int maxRounds,
    int run,
    List<Snapshot.Message> messages,
    @Nullable ConversationEnded ended,
    @Nullable List<String> limitsExceeded) {

  /** The current version. */
  public static final int VERSION = 1;

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
