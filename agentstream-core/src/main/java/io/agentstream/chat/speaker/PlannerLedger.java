package io.agentstream.chat.speaker;

import io.agentstream.event.NewMessage;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A planner's memory: AutoGen's task ledger, and the progress. Its text form has one field on each
 * line, with a backslash before characters that would break a line.
 *
 * @param phase the current phase
 * @param stalls the number of rounds without progress, less those with progress
 * @param seen the number of messages that are taken into account
 * @param planFrom the number of messages when the plan was made
 * @param task the user's request
 * @param facts known facts, facts to look up, and guesses
 * @param plan the plan
 */
record PlannerLedger(
    Phase phase, int stalls, int seen, int planFrom, String task, String facts, String plan) {

  enum Phase {
    /** There is no plan yet. */
    NEW,
    /** The team is working. */
    WORKING,
    /** The task is done, and a participant gives the final answer. */
    ANSWERING,
    /** The rounds are used up, and a participant gives the best answer so far. */
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

  /** Returns the user's messages that are not taken into account yet. */
  String news(List<NewMessage> messages) {
    return messages.stream()
        .skip(seen)
        .filter(Transcript::isRequest)
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

  /** Returns a ledger with an additional request of the user. */
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
