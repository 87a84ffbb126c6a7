package io.agentstream.journal;

/** Counts the conversations that a journal keeps, for tests of other packages. */
public final class JournalSize {

  private JournalSize() {}

  public static int of(InMemoryJournal journal) {
    return journal.size();
  }
}
