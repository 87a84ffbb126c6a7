package io.agentstream.tests.journal;

import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.test.JournalContract;
import io.agentstream.test.ManualClock;

class InMemoryJournalTest extends JournalContract {

  private final Journal journal = new InMemoryJournal(LIMITS, new ManualClock());

  @Override
  protected Journal journal() {
    return journal;
  }
}
