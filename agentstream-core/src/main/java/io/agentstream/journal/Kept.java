package io.agentstream.journal;

import io.agentstream.journal.internal.EventText;

/** An element of a journal's older entries: a single entry, or a run of tokens. */
interface Kept {

  JournalEntry entry(long seq);

  long millis(long seq);

  /** Returns the length of its text, in UTF-16 code units. */
  int chars(long seq);

  /** An entry other than a token. */
  record Single(JournalEntry only) implements Kept {

    @Override
    public JournalEntry entry(long seq) {
      return only;
    }

    @Override
    public long millis(long seq) {
      return only.millis();
    }

    @Override
    public int chars(long seq) {
      return EventText.chars(only.event());
    }
  }
}
