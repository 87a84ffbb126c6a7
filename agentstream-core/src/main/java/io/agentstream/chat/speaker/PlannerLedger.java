package io.agentstream.chat.speaker;

import io.agentstream.event.NewMessage;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a planner knows: AutoGen's task ledger and how far it has come. Its text form is a field a
 * line, with a backslash before what would break a line.
 *
 * @param phase what is going on
 * @param stalls how many more rounds went without progress than with
 * @param seen how many messages of the conversation are taken into account
 * @param planFrom how many messages there were when the plan was made
 * @param task what the user wants
 * @param facts what is known, to be looked up, and guessed
 * @param plan what to do
 */
record PlannerLedger(
    Phase phase, int stalls, int seen, int planFrom, String task, String facts, String plan) {

  enum Phase {
    /** Nothing is planned yet. */
    NEW,
    /** The team is at it. */
    WORKING,
    /** The task is done, and somebody has the floor for the final answer. */
    ANSWERING,
    /** The rounds are used up, and somebody has the floor for the answer that there is. */
    GIVING_UP
  }

  private static final PlannerLedger EMPTY = new PlannerLedger(Phase.NEW, 0, 0, 0, "", "", "");
  private static final int FIELDS = 7;

  static PlannerLedger parse(String state) {
    if (state.isEmpty()) {
      return EMPTY;
    }
    String[] fields = state.split("\n", -1);
    if (fields.length != FIELDS) {
      throw new IllegalStateException("This is not the state of a planner");
    }
    return new PlannerLedger(
        Phase.valueOf(fields[0]),
        Integer.parseInt(fields[1]),
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]),
        unescape(fields[4]),
        unescape(fields[5]),
        unescape(fields[6]));
  }

  String toState() {
    return String.join(
        "\n",
        phase.name(),
        String.valueOf(stalls),
        String.valueOf(seen),
        String.valueOf(planFrom),
        escape(task),
        escape(facts),
        escape(plan));
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String unescape(String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && ++i < line.length()) {
        text.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** What the user said that is not taken into account yet. */
  String news(List<NewMessage> messages) {
    return messages.stream()
        .skip(seen)
        .filter(message -> message.role() == NewMessage.Role.USER)
        .map(NewMessage::content)
        .collect(Collectors.joining("\n\n"));
  }

  PlannerLedger in(Phase phase) {
    return new PlannerLedger(phase, stalls, seen, planFrom, task, facts, plan);
  }

  PlannerLedger stalled(int stalls) {
    return new PlannerLedger(phase, stalls, seen, planFrom, task, facts, plan);
  }

  PlannerLedger seen(int messages) {
    return new PlannerLedger(phase, stalls, messages, planFrom, task, facts, plan);
  }

  /** With more that the user wants. */
  PlannerLedger asked(String more) {
    return more.isEmpty()
        ? this
        : new PlannerLedger(phase, stalls, seen, planFrom, task + "\n\n" + more, facts, plan);
  }

  PlannerLedger planned(String facts, String plan, int planFrom) {
    return new PlannerLedger(Phase.WORKING, 0, seen, planFrom, task, facts, plan);
  }

  static PlannerLedger of(String task) {
    return new PlannerLedger(Phase.NEW, 0, 0, 0, task, "", "");
  }
}
