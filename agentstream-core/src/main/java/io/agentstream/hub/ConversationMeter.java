package io.agentstream.hub;

import io.agentstream.chat.Allowance;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.Usage;
import io.agentstream.journal.internal.EventText;
import io.agentstream.settings.Limits;
import io.agentstream.viewer.internal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one conversation uses of the models and takes up of the heap, for the account of
 * whoever started it. Its events come one at a time; the rest is safe from any thread.
 */
final class ConversationMeter implements Allowance {

  /** A conversation without events: its objects, its place in the journal and in the directory. */
  static final int BASE_BYTES = 16 * 1024;

  /** An event that is no token, in the journal and in the transcript. */
  static final int EVENT_BYTES = 512;

  /** A token in the journal, beside its text. */
  static final int TOKEN_BYTES = 32;

  /** A character: Java takes two bytes for it unless the text is all Latin. */
  static final int CHAR_BYTES = 2;

  /** How often the text of an answer is held while it grows, without the journal. */
  private static final int COPIES = 2;

  /** How often a prompt is in memory during a call: as messages, as JSON text and as bytes. */
  private static final int PROMPT_COPIES = 4;

  /** So much is added up before the others are told, so that a token costs an addition. */
  private static final int UNTOLD_BYTES = 16 * 1024;

  private final Meters meters;
  private final Account account;
  private volatile boolean running;
  private volatile @Nullable Runnable forget;
  private volatile @Nullable Conversation conversation;

  // Touched by the conversation's events only.
  private long untold;
  private long journalChars;
  private long journalEvents;

  // Touched in the conversation's serial order only.
  private int calls;
  private long lent;

  // Guarded by KeptConversations.
  long bytes;
  long endedAt;
  boolean leaving;

  ConversationMeter(Meters meters, Account account) {
    this.meters = meters;
    this.account = account;
  }

  Account account() {
    return account;
  }

  /** Returns true if an anonymous viewer started it. */
  boolean isOfStranger() {
    return account.party.isStranger();
  }

  boolean isRunning() {
    return running;
  }

  /**
   * Begins the first run.
   *
   * @return why it may not begin; null if it has
   */
  @Nullable Refusal begin() {
    Refusal refusal = meters.accounts().begin(account);
    running = refusal == null;
    return refusal;
  }

  /** Begins a run that another node was at. */
  void resume() {
    meters.accounts().resume(account);
    running = true;
  }

  /** Sets what can be done if it takes up too much: it is forgotten, or its run is ended. */
  void bind(Conversation conversation, Runnable forget) {
    this.conversation = conversation;
    this.forget = forget;
  }

  /** Ends the conversation if it runs, else has it forgotten. */
  void makeRoom() {
    Conversation running = conversation;
    Runnable forgetting = forget;
    if (isRunning() && running != null) {
      running.exceed("The server has no more memory for it.");
    } else if (forgetting != null) {
      forgetting.run();
    }
  }

  /** The conversation is no longer here. */
  void close() {
    endRun();
    meters.kept().closed(this);
  }

  private void endRun() {
    if (running) {
      running = false;
      meters.accounts().end(account);
      meters.kept().ended(this, meters.clock().nanoTime());
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
      meters.kept().grew(this, more);
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

  /** The length of the text that no event before had. */
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
    long more = promptChars * CHAR_BYTES * PROMPT_COPIES;
    if (!meters.kept().lend(this, more)) {
      return false;
    }
    if (!meters.accounts().call(account)) {
      meters.kept().grew(this, -more);
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
      meters.kept().grew(this, -lent);
      lent = 0;
    }
  }
}
