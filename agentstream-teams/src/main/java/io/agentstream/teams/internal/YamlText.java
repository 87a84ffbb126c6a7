package io.agentstream.teams.internal;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2, of which JSON is a part, into nodes that know their lines, within bounds. */
final class YamlText {

  static final int MOST_CHARS = 2_000_000;
  private static final int DEEPEST = 40;
  private static final int MOST_NODES = 100_000;
  private static final int MOST_ALIASES = 1_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setAllowRecursiveKeys(false)
          .setAllowNonScalarKeys(true)
          .setMaxAliasesForCollections(MOST_ALIASES)
          .setCodePointLimit(MOST_CHARS)
          .build();

  private YamlText() {}

  /** Returns the root, or null after a report. */
  static @Nullable Node read(String raw, Report report) {
    String text = spacesForTabs(raw.startsWith("\uFEFF") ? raw.substring(1) : raw);
    if (text.length() > MOST_CHARS) {
      report.add("", "the file must have at most " + MOST_CHARS + " characters");
      return null;
    }
    try {
      if (!eventsWithinBounds(text, report)) {
        return null;
      }
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        report.add("", "the file is empty; it needs at least 'version: 1'");
        return null;
      }
      return withinBounds(root.get(), report);
    } catch (MarkedYamlEngineException e) {
      report.add(line(e.getProblemMark()), "", YamlMistake.reason(e.getProblem()));
    } catch (ReaderException e) {
      int end = text.offsetByCodePoints(0, Math.min(e.getPosition(), points(text)));
      int line = 1 + (int) text.substring(0, end).chars().filter(each -> each == '\n').count();
      String reason = "is no YAML: it holds a character that must be escaped, such as \\u0007";
      report.add(line, "", reason);
    } catch (YamlEngineException e) {
      report.add("", YamlMistake.reason(""));
    } catch (RuntimeException e) {
      // The library lets some mistakes, such as a tag with a space, escape as other exceptions.
      report.add("", "is no YAML: a tag or a directive in it is wrong; leave out '!' and '%'");
    }
    return null;
  }

  private static int points(String text) {
    return text.codePointCount(0, text.length());
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(each -> each.getLine() + 1).orElse(1);
  }

  /** JSON may be indented with tabs, YAML may not. */
  private static String spacesForTabs(String text) {
    return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
  }

  /** Looks at the events first, because building nodes takes a stack frame for each level. */
  private static boolean eventsWithinBounds(String text, Report report) {
    int depth = 0;
    int nodes = 0;
    String bound = null;
    Iterator<Event> events = new Parse(SETTINGS).parseString(text).iterator();
    while (bound == null && events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > DEEPEST) {
        bound = "lists and objects must lie in each other at most " + DEEPEST + " deep";
      }
      if (++nodes > MOST_NODES) {
        bound = "the file must have at most " + MOST_NODES + " values";
      }
      if (event instanceof AliasEvent alias && alias.getAlias().getValue().length() > 100) {
        bound = "an anchor must have at most 100 characters";
      }
      if (bound != null) {
        report.add(line(event.getStartMark()), "", bound);
      }
    }
    return bound == null;
  }

  private static @Nullable Node withinBounds(Node root, Report report) {
    if (count(root, 0, 0) > MOST_NODES) {
      report.add(
          "", "aliases make the file larger than " + MOST_NODES + " values, or endless; use fewer");
      return null;
    }
    return root;
  }

  /** Counts nodes once for each alias, and stops soon after there are too many. */
  private static int count(Node node, int depth, int before) {
    int count = before + 1;
    if (depth > DEEPEST) {
      return MOST_NODES + 1;
    }
    if (node instanceof SequenceNode list) {
      for (Node each : list.getValue()) {
        count = count > MOST_NODES ? count : count(each, depth + 1, count);
      }
    } else if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        count = count > MOST_NODES ? count : count(tuple.getKeyNode(), depth + 1, count);
        count = count > MOST_NODES ? count : count(tuple.getValueNode(), depth + 1, count);
      }
    }
    return count;
  }
}
