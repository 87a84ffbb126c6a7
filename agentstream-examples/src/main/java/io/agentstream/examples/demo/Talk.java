package io.agentstream.examples.demo;

import io.agentstream.examples.demo.CompletionRequest.Message;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The demo model's view of a prompt. agentstream writes other speakers' messages as {@code Name:
 * text}, separated by empty lines, beginning with the topic by {@code user}.
 *
 * @param topic the conversation's topic
 * @param previous the previous speaker; null if nobody has spoken yet
 * @param round the number of the requested answer, from 1
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
