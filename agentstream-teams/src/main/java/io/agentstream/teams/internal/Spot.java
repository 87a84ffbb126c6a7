package io.agentstream.teams.internal;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A node of the file and its path from the root. */
record Spot(Node node, String path, Report report) {

  private static final int LONGEST_NUMBER = 6;

  Spot {
    report.place(path, lineOf(node));
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  Spot key(String key, Node value) {
    return new Spot(value, pathOf(key), report);
  }

  Spot item(int index, Node value) {
    return new Spot(value, path + "[" + index + "]", report);
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean isNull() {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  boolean isText() {
    return node instanceof ScalarNode && node.getTag().equals(Tag.STR);
  }

  boolean isNumber() {
    return node instanceof ScalarNode
        && (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT));
  }

  String scalar() {
    return ((ScalarNode) node).getValue();
  }

  /** Reports a mistake here; the caller throws the result. */
  UnreadableException wrong(String reason) {
    report.add(path, reason);
    return new UnreadableException();
  }

  /** Reports another type than the expected one; never quotes a text, which may be a secret. */
  UnreadableException mustBe(String expected) {
    return wrong("must be " + expected + ", and is " + found());
  }

  private String found() {
    if (node instanceof MappingNode) {
      return "an object";
    }
    if (node instanceof SequenceNode) {
      return "a list";
    }
    if (isNull()) {
      return "empty";
    }
    return isText() ? "a text" : isNumber() ? "a number" : scalar();
  }

  /** Reports a number that is out of range; a long one may be a secret, and is not quoted. */
  UnreadableException mustLie(String range) {
    String text = scalar();
    String found = text.length() > LONGEST_NUMBER ? "a long number" : "the number " + text;
    return wrong("must be " + range + ", and is " + found);
  }
}
