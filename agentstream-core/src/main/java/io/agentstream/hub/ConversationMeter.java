package io.agentstream.hub;

import io.agentstream.chat.Allowance;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.NewMessage;
import io.agentstream.event.PastMessage;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.Usage;
import io.agentstream.journal.internal.EventText;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.viewer.internal.Party;
import io.agentstream.viewer.internal.Refusal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts one conversation's model usage and heap, for the account of its starter. Its events come
 * one at a time; all other methods are thread-safe.
 */
final class ConversationMeter implements Allowance {

  /**
   * The bytes of a conversation without events: its objects, and its entries in journal and
   * directory.
   */
  static final int BASE_BYTES = 16 * 1024;

  /** The bytes of an event other than a token, in the journal and in the transcript. */
  static final int EVENT_BYTES = 512;

  /** The bytes of a token in the journal, without its text. */
  static final int TOKEN_BYTES = 32;

  /** The bytes of a character: Java needs two, unless the whole text is Latin. */
  static final int CHAR_BYTES = 2;

  /** The bytes of a call to a model in progress: its connection with a buffer, and its turn. */
  static final int CALL_BYTES = 20 * 1024;

  /** How often a growing message's text is in memory, without the journal. */
  private static final int COPIES = 2;

  /** How often a prompt is in memory during a call: as messages, as JSON text and as bytes. */
  private static final int PROMPT_COPIES = 4;

  /**
   * The bytes that are added up locally before they are reported, so that a token costs only an
   * addition.
   */
  private static final int UNTOLD_BYTES = 16 * 1024;

  private final Meters meters;
  private final Account account;
  private final Account.Kept kept;

  // Used only by the conversation's events.
  private long untold;
  private long journalChars;
  private long journalEvents;

  // Used only in the conversation's serial order.
  private int calls;
  private long lent;

  private ConversationMeter(Meters meters, Account account) {
    this.meters = meters;
    this.account = account;
    this.kept = account.newConversation();
  }

  /** Returns the meter of a conversation that is about to start. */
  static ConversationMeter open(Meters meters, Party party) {
    ConversationMeter meter = new ConversationMeter(meters, meters.accounts().of(party));
    meters.kept().opened(meter.kept, BASE_BYTES);
    return meter;
  }

  /** Returns how long it runs without viewers, which depends on who started it. */
  Duration unviewed(Timeouts timeouts) {
    return account.party.isStranger() ? timeouts.unviewedAnonymous() : timeouts.unviewed();
  }

  /**
   * Begins the first run.
   *
   * @return the reason for a refusal; null if it has begun
   */
  @Nullable Refusal begin() {
    Refusal refusal = meters.accounts().begin(account);
    kept.setRunning(refusal == null);
    return refusal;
  }

  /** Begins a run that another node was running. */
  void resume() {
    meters.accounts().resume(account);
    kept.setRunning(true);
  }

  /**
   * Sets the actions for a conversation that takes too much memory: removing it, or ending its run.
   */
  void bind(Conversation conversation, Runnable forget) {
    kept.bind(conversation, forget);
  }

  /** Reports that the conversation is no longer here. */
  void close() {
    endRun();
    meters.kept().closed(kept);
  }

  private void endRun() {
    if (kept.isRunning()) {
      kept.setRunning(false);
      meters.accounts().end(account);
      meters.kept().ended(kept, meters.clock().nanoTime());
    }
  }

  /** Counts a history, whose messages from agents were not streamed here. */
  void add(List<PastMessage> past) {
    for (PastMessage message : past) {
      if (message.role() == NewMessage.Role.ASSISTANT) {
        untold += text(message.content().length(), EVENT_BYTES);
      }
    }
  }

  /** Counts an event. */
  void add(ChatEvent event) {
    untold +=
        event instanceof StreamedText text
            ? text(text.token().length(), TOKEN_BYTES)
            : EVENT_BYTES + text(ownChars(event), 0);
    if (untold >= UNTOLD_BYTES) {
      long more = untold;
      untold = 0;
      meters.kept().grew(kept, more);
    }
    if (event instanceof ConversationEnded) {
      endRun();
    }
  }

  private long text(int chars, int extra) {
    Limits limits = meters.limits();
    long more = (long) chars * CHAR_BYTES * COPIES;
    if (journalChars < limits.journalChars() && journalEvents < limits.journalEvents()) {
      journalChars += chars;
      journalEvents++;
      more += (long) chars * CHAR_BYTES + extra;
    }
    return more;
  }

  /** Returns the length of the event's new text. */
  private static int ownChars(ChatEvent event) {
    boolean streamedBefore =
        event instanceof StreamingComplete
            || (event instanceof NewMessage message && message.role() == NewMessage.Role.ASSISTANT);
    return streamedBefore ? 0 : EventText.chars(event);
  }

  @Override
  public SteeringOutcome beginRun() {
    if (!meters.admission().start(account.party)) {
      return Refusal.TOO_MANY_STARTS.outcome();
    }
    Refusal refusal = begin();
    return refusal == null ? SteeringOutcome.ACCEPTED : refusal.outcome();
  }

  @Override
  public boolean beginCall(long promptChars) {
    long more = CALL_BYTES + promptChars * CHAR_BYTES * PROMPT_COPIES;
    if (!meters.kept().lend(kept, more)) {
      return false;
    }
    if (!meters.accounts().call(account)) {
      meters.kept().grew(kept, -more);
      return false;
    }
    calls++;
    lent += more;
    return true;
  }

  @Override
  public void used(Usage usage) {
    meters.accounts().used(account, usage.totalTokens());
    calls = Math.max(0, calls - 1);
    if (calls == 0) {
      meters.kept().grew(kept, -lent);
      lent = 0;
    }
  }
}
