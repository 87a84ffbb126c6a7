package io.agentstream.http.agui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's request for a run: AG-UI's RunAgentInput.
 *
 * @param threadId the conversation's name with this client
 * @param runId the run's name; the same one asks for the same run again
 * @param agent the name of a team or agent; null if the request names none
 * @param sent the messages that the client has
 * @param context what the client adds for the agents, as texts
 * @param answers answers to questions of the thread
 */
record RunInput(
    String threadId,
    String runId,
    @Nullable String agent,
    Sent sent,
    List<String> context,
    List<InterruptAnswer> answers) {

  /**
   * The messages of a request.
   *
   * @param said those that count, oldest first
   * @param ids the ids of all of them, in the client's order
   */
  record Sent(List<Said> said, List<String> ids) {}

  /**
   * A message of the client.
   *
   * @param role AG-UI's role; only messages of users and assistants, and instructions, count
   * @param name the sender's name, or null
   * @param text the text; not blank
   */
  record Said(String id, String role, @Nullable String name, String text) {

    static final String USER = "user";
    static final String ASSISTANT = "assistant";

    boolean isUsers() {
      return role.equals(USER);
    }
  }

  /**
   * An answer to an interrupt.
   *
   * @param id the interrupt's id
   * @param content what a person has said or chosen; null if the question was cancelled
   */
  record InterruptAnswer(String id, @Nullable String content) {}

  List<Said> messages() {
    return sent.said();
  }

  /** Returns the newest message if it is a user's, else null. */
  @Nullable Said newest() {
    List<Said> said = messages();
    Said last = said.isEmpty() ? null : said.get(said.size() - 1);
    return last != null && last.isUsers() ? last : null;
  }
}
