package io.agentstream.chat.speaker;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the next speaker in a model's answer. Explicit forms have priority: a field of a JSON
 * object, "next: …", a line that is only a name. Otherwise every name in the text counts.
 */
final class NextSpeaker {

  private static final List<String> FIELDS =
      List.of(
          "next_speaker",
          "next_role",
          "next_agent",
          "next",
          "speaker",
          "role",
          "agent",
          "selected",
          "selection",
          "answer",
          "name");

  private static final Pattern CUE =
      Pattern.compile(
          "(?:\\bnext(?:[ _-]?(?:speaker|role|agent|participant|one|up|turn))?"
              + "|\\b(?:speaker|role|selected|selection|choice|answer)"
              + "|下一[位个]?(?:发言者|发言人|发言|角色|讲者)?)"
              + "[\"'`*_”’」]*\\s*(?:[:：=]|->|→|\\bis\\b|\\bshould be\\b|是|应该是)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SENTENCE_END = Pattern.compile("[\\r\\n。！？!?]|\\.(?=\\s|$)");

  private final NameFinder finder;

  NextSpeaker(NameFinder finder) {
    this.finder = finder;
  }

  /**
   * Returns the named participants: several if the answer is ambiguous, none if it names nobody.
   */
  Set<String> in(String answer) {
    Map<String, String> json = JsonFields.of(answer);
    for (String field : FIELDS) {
      Set<String> named = finder.find(json.getOrDefault(field, ""));
      if (named.size() == 1) {
        return named;
      }
    }
    List<String> cues = afterCues(answer);
    // The last one, because a model that weighs several ends with its choice.
    for (int i = cues.size() - 1; i >= 0; i--) {
      Set<String> named = finder.find(cues.get(i));
      if (named.size() == 1) {
        return named;
      }
    }
    Set<String> alone = linesOfTheirOwn(answer);
    return alone.size() == 1 ? alone : finder.find(answer);
  }

  private static List<String> afterCues(String answer) {
    List<String> rests = new ArrayList<>();
    Matcher cue = CUE.matcher(answer);
    while (cue.find()) {
      Matcher end = SENTENCE_END.matcher(answer).region(cue.end(), answer.length());
      rests.add(answer.substring(cue.end(), end.find() ? end.start() : answer.length()));
    }
    return rests;
  }

  private Set<String> linesOfTheirOwn(String answer) {
    Set<String> alone = new LinkedHashSet<>();
    answer.lines().map(finder::nameAlone).forEach(name -> name.ifPresent(alone::add));
    return alone;
  }
}
