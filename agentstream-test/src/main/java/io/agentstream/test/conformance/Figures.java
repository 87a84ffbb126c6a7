package io.agentstream.test.conformance;

import java.util.concurrent.atomic.AtomicInteger;

/** What was tried; what fails ends a check, so all that is counted was survived. */
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
