package io.agentstream.examples.demo;

import java.util.Arrays;
import java.util.regex.Pattern;

/** The kind of a topic, which decides on the texts that fit it. */
enum TopicKind {
  QUESTION(
      "^\\W*(should|shall|is|are|does|do|did|can|could|will|would|was|were|which|why|who)\\b"
          + "|该不该|要不要|会不会|能不能|好不好|是否|还是|更好|吗|为什么"),
  TRIP("\\b(weekend|trip|travel|holiday|vacation|visit|itinerary)\\b" + "|周末|旅行|旅游|出游|自驾|度假|行程"),
  PLAN(
      "\\b(plan|organi[sz]e|prepare|build|design|launch|migrate|write|how)\\b"
          + "|计划|规划|安排|准备|设计|搭建|怎么|如何|怎样");

  private final Pattern words;

  TopicKind(String words) {
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  /** Returns the first kind whose words occur in the topic; a question if there is none. */
  static TopicKind of(String topic) {
    return Arrays.stream(values())
        .filter(kind -> kind.words.matcher(topic).find())
        .findFirst()
        .orElse(QUESTION);
  }
}
