package io.agentstream.examples.demo;

import io.agentstream.examples.demo.CompletionRequest.Message;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the demo model makes of a prompt. agentstream writes what others said as {@code Name: text},
 * with an empty line between two of them, and the topic as the first, by {@code user}.
 *
 * @param topic what the talk is about
 * @param previous the agent who spoke last; null if none has yet
 * @param round which of its answers is asked for, from 1
 */
record Talk(String topic, @Nullable String previous, int round) {

  private static final Pattern SPEAKER =
      Pattern.compile("(?:^|\\n\\n)([^:\\n]{1,64}): ", Pattern.DOTALL);
  private static final String USER = "user";

  static Talk of(List<Message> prompt) {
    int own = (int) prompt.stream().filter(message -> message.isBy("assistant")).count();
    List<String> others =
        prompt.stream().filter(message -> message.isBy("user")).map(Message::content).toList();
    if (others.isEmpty()) {
      return new Talk("", null, own + 1);
    }
    return new Talk(topic(others.get(0)), lastAgent(others.get(others.size() - 1)), own + 1);
  }

  private static String topic(String first) {
    Matcher speaker = SPEAKER.matcher(first);
    if (!speaker.lookingAt()) {
      return first.strip();
    }
    int start = speaker.end();
    return first.substring(start, speaker.find() ? speaker.start() : first.length()).strip();
  }

  private static @Nullable String lastAgent(String others) {
    String last = null;
    Matcher speaker = SPEAKER.matcher(others);
    while (speaker.find()) {
      last = speaker.group(1);
    }
    return USER.equals(last) ? null : last;
  }
}
