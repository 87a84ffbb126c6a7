package io.agentstream.http.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a chat completion, with everything that a door uses of it.
 *
 * @param model the name of a team or agent
 * @param messages the messages before the last one of the user
 * @param topic the last message of the user
 * @param streams true if the answer is to be streamed
 * @param withUsage true if a streamed answer is to end with the usage
 * @param speakerNames whether messages begin with their speaker's name; null for the usual
 * @param stores whether the conversation is kept; null for the usual
 * @param conversationId a kept conversation that the last message continues; null for a new one
 */
record CompletionRequest(
    String model,
    List<Said> messages,
    String topic,
    boolean streams,
    boolean withUsage,
    @Nullable Boolean speakerNames,
    @Nullable Boolean stores,
    @Nullable String conversationId) {

  /** The beginning of a completion's id; the rest is the conversation's id. */
  static final String ID = "chatcmpl-";

  /** The sender of a message. */
  enum Role {
    /** Instructions of the client: OpenAI's roles system and developer. */
    SYSTEM,
    USER,
    ASSISTANT
  }

  /**
   * A message.
   *
   * @param name the name that the client gives its sender, or null
   * @param text the text; not blank
   */
  record Said(Role role, @Nullable String name, String text) {}
}
