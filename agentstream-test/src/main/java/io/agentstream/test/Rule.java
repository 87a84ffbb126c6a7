package io.agentstream.test;

/** The kinds of rules that {@link EventRules} checks. */
enum Rule {
  RUNS,
  TURNS,
  OFFSETS,
  CONTENT,
  TOOLS,
  INPUTS,
  PAUSES,
  ERRORS,
  IDS,
  QUEUE,
  ROSTER,
  USAGE
}
