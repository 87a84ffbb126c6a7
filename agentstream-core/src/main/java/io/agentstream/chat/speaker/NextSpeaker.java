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
 * object, "next: …", "… speaks next", a line that is only a name. Otherwise every name in the text
 * counts.
 */
final class NextSpeaker {

  private static final List<String> FIELDS =
      List.of(
          "next_speaker",
          "next_role",
          "next_agent",
          "nextspeaker",
          "selected_speaker",
          "next",
          "speaker",
          "role",
          "agent",
          "selected",
          "selection",
          "choice",
          "answer",
          "name");

  private static final Pattern CUE =
      Pattern.compile(
          "(?<!</)(?:\\bnext(?:[ _-]?(?:speaker|role|agent|participant|one|up|turn))?"
              + "|\\b(?:speaker|role|selected|selection|choice|answer)"
              + "|下一[位个]?(?:发言者|发言人|发言|角色|讲者)?)"
              + "[\"'`*_”’」]*\\s*(?:[:：=>]|->|→|\\bis\\b|\\b(?:should|would|will) be\\b|是|应该是)"
              + "|\\bI(?:'d|’d|'ll|’ll| would| will)? (?:choose|pick|select|nominate|call on)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Stands behind the name. */
  private static final Pattern LATE_CUE =
      Pattern.compile(
          "\\b(?:(?:should|will|would|must|can|may) )?(?:be|is|speaks?|talks?|goes|go|comes?)"
              + "(?: up)? next\\b|['’]s turn\\b",
          Pattern.CASE_INSENSITIVE);

  /** The longest clause before such a cue, in UTF-16 code units. */
  private static final int MOST_BEFORE = 300;

  private static final Pattern CLAUSE_END = Pattern.compile("[\\r\\n。！？!?；;，,:：]|\\.(?=\\s|$)");

  private static final Pattern SENTENCE_END = Pattern.compile("[\\r\\n。！？!?]|\\.(?=\\s|$)|</");

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
    List<String> cues = new ArrayList<>(beforeCues(answer));
    cues.addAll(afterCues(answer));
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

  private static List<String> beforeCues(String answer) {
    List<String> clauses = new ArrayList<>();
    Matcher cue = LATE_CUE.matcher(answer);
    while (cue.find()) {
      int start = Math.max(0, cue.start() - MOST_BEFORE);
      Matcher end = CLAUSE_END.matcher(answer).region(start, cue.start());
      while (end.find()) {
        start = end.end();
      }
      clauses.add(answer.substring(start, cue.start()));
    }
    return clauses;
  }

  private Set<String> linesOfTheirOwn(String answer) {
    Set<String> alone = new LinkedHashSet<>();
    answer.lines().map(finder::nameAlone).forEach(name -> name.ifPresent(alone::add));
    return alone;
  }
}
