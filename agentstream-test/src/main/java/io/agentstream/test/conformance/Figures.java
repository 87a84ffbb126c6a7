package io.agentstream.test.conformance;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the trials. A failure ends a check, so every counted trial has succeeded. */
final class Figures {

  final AtomicInteger cuts = new AtomicInteger();
  final AtomicInteger lateJoins = new AtomicInteger();
  final AtomicInteger badInputs = new AtomicInteger();
  final AtomicInteger conversations = new AtomicInteger();

  String line() {
    return cuts
        + " cuts survived, no event lost or doubled; "
        + lateJoins
        + " late joins; "
        + badInputs
        + " distinct bad inputs, no conversation of "
        + conversations
        + " harmed, no stack trace on the wire";
  }
}
