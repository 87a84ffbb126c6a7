package io.agentstream.tests.journal;

import io.agentstream.delivery.InMemoryJournal;
import io.agentstream.delivery.Journal;
import io.agentstream.test.JournalContract;
import io.agentstream.test.ManualClock;

class InMemoryJournalTest extends JournalContract {

  private final Journal journal = new InMemoryJournal(LIMITS, new ManualClock());

  @Override
  protected Journal journal() {
    return journal;
  }
}
