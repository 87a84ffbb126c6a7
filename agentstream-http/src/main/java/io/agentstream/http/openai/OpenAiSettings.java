package io.agentstream.http.openai;

/**
 * The settings of an {@link OpenAiDoor}.
 *
 * @param maxBodyBytes the longest request, in bytes, from 1; default 4 MiB
 * @param maxMessages the most messages of a request, from 1; default 2,000
 * @param speakerNames true, the default, if each message of a team begins with its speaker's name;
 *     a request may choose otherwise
 * @param keepsConversations true if the conversation of a completion is kept after its end, like
 *     any other; by default it is deleted, unless the request has {@code "store": true}
 */
public record OpenAiSettings(
    int maxBodyBytes, int maxMessages, boolean speakerNames, boolean keepsConversations) {

  private static final OpenAiSettings DEFAULTS =
      new OpenAiSettings(4 * 1024 * 1024, 2_000, true, false);

  /**
   * @throws IllegalArgumentException if a number is below 1
   */
  public OpenAiSettings {
    if (maxBodyBytes < 1 || maxMessages < 1) {
      throw new IllegalArgumentException("maxBodyBytes and maxMessages must be at least 1");
    }
  }

  /** Returns the defaults. */
  public static OpenAiSettings defaults() {
    return DEFAULTS;
  }

  /** Returns these settings with other limits. */
  public OpenAiSettings withLimits(int maxBodyBytes, int maxMessages) {
    return new OpenAiSettings(maxBodyBytes, maxMessages, speakerNames, keepsConversations);
  }

  /** Returns these settings with or without the speakers' names. */
  public OpenAiSettings withSpeakerNames(boolean speakerNames) {
    return new OpenAiSettings(maxBodyBytes, maxMessages, speakerNames, keepsConversations);
  }

  /** Returns these settings with conversations that are kept, or deleted, after a completion. */
  public OpenAiSettings withKeptConversations(boolean keepsConversations) {
    return new OpenAiSettings(maxBodyBytes, maxMessages, speakerNames, keepsConversations);
  }
}
