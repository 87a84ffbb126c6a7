package io.agentstream.journal;

import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import java.util.Arrays;

/**
 * Packed tokens of one message: their text in one piece and three numbers for each token, about 20
 * bytes instead of the 150 of an entry with event and text. Other messages' entries may lie between
 * them. Not thread-safe.
 */
final class TokenRun implements Kept {

  /** Small enough that a journal which drops its oldest tokens soon releases a whole run. */
  private static final int MAX_TOKENS = 256;

  private static final int INITIAL_TOKENS = 8;
  private static final int NUMBERS = 3;

  private final JournalEntry first;
  private final StreamedText firstToken;
  private final StringBuilder text = new StringBuilder();

  // For each token its distance from the first one, in sequence numbers and in milliseconds, and
  // its end in the text.
  private int[] numbers = new int[INITIAL_TOKENS * NUMBERS];
  private int count;

  TokenRun(JournalEntry first, StreamedText token) {
    this.first = first;
    this.firstToken = token;
    append(0, 0, token.token());
  }

  /** Adds a token; returns false if the token does not continue the run. */
  boolean add(JournalEntry entry, StreamedText token) {
    if (count == MAX_TOKENS || !goesOn(entry, token)) {
      return false;
    }
    append(entry.seq() - first.seq(), entry.millis() - first.millis(), token.token());
    return true;
  }

  private boolean goesOn(JournalEntry entry, StreamedText token) {
    return token.getClass() == firstToken.getClass()
        && token.messageId().equals(firstToken.messageId())
        && token.offset() == firstToken.offset() + text.length()
        && entry.epoch() == first.epoch()
        && isInt(entry.seq() - first.seq())
        && isInt(entry.millis() - first.millis());
  }

  private static boolean isInt(long number) {
    return number == (int) number;
  }

  private void append(long seqs, long millis, String token) {
    if ((count + 1) * NUMBERS > numbers.length) {
      numbers = Arrays.copyOf(numbers, numbers.length * 2);
    }
    text.append(token);
    int at = count * NUMBERS;
    numbers[at] = (int) seqs;
    numbers[at + 1] = (int) millis;
    numbers[at + 2] = text.length();
    count++;
  }

  /** Trims the arrays, because no more tokens follow. */
  void trim() {
    text.trimToSize();
    numbers = Arrays.copyOf(numbers, count * NUMBERS);
  }

  @Override
  public JournalEntry entry(long seq) {
    int index = index(seq);
    if (index == 0) {
      return first;
    }
    return new JournalEntry(
        first.conversationId(), first.epoch(), seq, millisAt(index), tokenAt(index));
  }

  @Override
  public long millis(long seq) {
    return millisAt(index(seq));
  }

  @Override
  public int chars(long seq) {
    int index = index(seq);
    return end(index) - start(index);
  }

  private StreamedText tokenAt(int index) {
    int offset = firstToken.offset() + start(index);
    String token = text.substring(start(index), end(index));
    return firstToken instanceof StreamingThinking
        ? new StreamingThinking(firstToken.messageId(), offset, token)
        : new StreamingToken(firstToken.messageId(), offset, token);
  }

  private long millisAt(int index) {
    return first.millis() + numbers[index * NUMBERS + 1];
  }

  private int start(int index) {
    return index == 0 ? 0 : end(index - 1);
  }

  private int end(int index) {
    return numbers[index * NUMBERS + 2];
  }

  private int index(long seq) {
    int wanted = (int) (seq - first.seq());
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (numbers[middle * NUMBERS] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
