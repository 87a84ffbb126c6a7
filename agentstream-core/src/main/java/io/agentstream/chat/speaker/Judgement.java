package io.agentstream.chat.speaker;

import io.agentstream.chat.speaker.Interview.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A planner's judgement of the progress, like AutoGen's progress ledger. The model answers in lines
 * that begin with a word and a colon, which small models get right more often than nested JSON. The
 * lines may have markup or quotes, may be in any order, and may have text around them. JSON answers
 * with these words or AutoGen's as field names are understood too.
 *
 * @param satisfied true if the request is fully addressed; the other values are then meaningless
 * @param stuck true if the team repeats itself or makes no progress
 * @param next the next speaker
 * @param instruction the instruction for the next speaker
 */
record Judgement(boolean satisfied, boolean stuck, String next, String instruction) {

  private enum Line {
    SATISFIED,
    LOOP,
    PROGRESS,
    NEXT,
    INSTRUCTION
  }

  private static final Pattern LINE =
      Pattern.compile(
          "[\\s>*#`\\d.\"'_-]*(SATISFIED|LOOP|PROGRESS|NEXT|INSTRUCTION)[*`\"'_\\s]*[:：](.*)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LEADING = Pattern.compile("\\A[*`\"'_\\s]+");
  private static final Pattern TRAILING_QUOTE = Pattern.compile("\"\\s*,?\\s*\\z");

  private static final Map<String, Line> FIELDS =
      Map.ofEntries(
          Map.entry("satisfied", Line.SATISFIED),
          Map.entry("is_request_satisfied", Line.SATISFIED),
          Map.entry("loop", Line.LOOP),
          Map.entry("is_in_loop", Line.LOOP),
          Map.entry("progress", Line.PROGRESS),
          Map.entry("is_progress_being_made", Line.PROGRESS),
          Map.entry("next", Line.NEXT),
          Map.entry("next_speaker", Line.NEXT),
          Map.entry("instruction", Line.INSTRUCTION),
          Map.entry("instruction_or_question", Line.INSTRUCTION));

  static Reading<Judgement> read(String answer, List<String> names) {
    Map<Line, String> json = fields(answer);
    Map<Line, String> lines = json.isEmpty() ? lines(answer) : json;
    Boolean satisfied = yesOrNo(lines.get(Line.SATISFIED));
    if (satisfied != null && satisfied) {
      return Reading.of(new Judgement(true, false, "", ""));
    }
    Boolean loop = yesOrNo(lines.get(Line.LOOP));
    Boolean progress = yesOrNo(lines.get(Line.PROGRESS));
    String next = next(lines.getOrDefault(Line.NEXT, ""), names);
    String instruction = lines.getOrDefault(Line.INSTRUCTION, "").strip();
    List<String> problems = new ArrayList<>();
    if (satisfied == null || loop == null || progress == null) {
      problems.add("SATISFIED, LOOP and PROGRESS must each be followed by yes or no.");
    }
    if (next == null) {
      problems.add("NEXT must be followed by exactly one of: " + String.join(", ", names) + ".");
    }
    if (instruction.isEmpty()) {
      problems.add("INSTRUCTION must be followed by what you tell that member.");
    }
    if (loop == null || progress == null || next == null || !problems.isEmpty()) {
      return Reading.unclear(
          "Your answer cannot be read. " + String.join(" ", problems) + " Answer again, in lines.");
    }
    return Reading.of(new Judgement(false, loop || !progress, next, instruction));
  }

  private static @Nullable String next(String line, List<String> names) {
    if (names.size() == 1) {
      return names.get(0);
    }
    Set<String> named = new NameFinder(names).find(line);
    return named.size() == 1 ? named.iterator().next() : null;
  }

  /** Reads the first line of each kind; further lines belong to the instruction. */
  private static Map<Line, String> lines(String answer) {
    Map<Line, String> lines = new EnumMap<>(Line.class);
    boolean inInstruction = false;
    for (String line : answer.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      Line key = matcher.matches() ? Line.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)) : null;
      if (key != null && !lines.containsKey(key)) {
        lines.put(key, undecorated(matcher.group(2)));
        inInstruction = key == Line.INSTRUCTION;
      } else if (inInstruction) {
        lines.merge(Line.INSTRUCTION, line, (before, more) -> before + "\n" + more);
      }
    }
    return lines;
  }

  private static String undecorated(String value) {
    String bare = LEADING.matcher(value).replaceFirst("");
    boolean quoted = value.strip().startsWith("\"");
    return quoted ? TRAILING_QUOTE.matcher(bare).replaceFirst("") : bare;
  }

  /** Returns the judgement of a JSON object in the answer; empty if there is none. */
  private static Map<Line, String> fields(String answer) {
    Map<String, String> json = JsonFields.of(answer);
    Map<Line, String> fields = new EnumMap<>(Line.class);
    FIELDS.forEach(
        (name, line) -> {
          if (json.containsKey(name)) {
            fields.putIfAbsent(line, json.getOrDefault(name, ""));
          }
        });
    return fields;
  }

  private static @Nullable Boolean yesOrNo(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (startsWithAny(lower, "yes", "true", "是")) {
      return true;
    }
    return startsWithAny(lower, "no", "false", "否", "不") ? Boolean.FALSE : null;
  }

  private static boolean startsWithAny(String text, String... beginnings) {
    for (String beginning : beginnings) {
      if (text.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
