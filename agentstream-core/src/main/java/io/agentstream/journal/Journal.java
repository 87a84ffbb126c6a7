package io.agentstream.journal;

import io.agentstream.wire.ControlFrame.Snapshot;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where the events of conversations are kept in their order. Implementations are safe from any
 * thread, and no method blocks; {@code JournalContract} of agentstream-test tells what else they
 * must keep.
 */
public interface Journal {

  /**
   * Opens an incarnation of a conversation for writing. Readers see it from its first event on.
   *
   * @param conversationId which conversation
   * @param epoch which incarnation, from 1
   * @throws StaleEpochException if this or a later incarnation is known to have been opened before;
   *     where that turns out only later, the writer throws it
   */
  JournalWriter open(String conversationId, long epoch);

  /**
   * The conversation to read; empty if there is none or it is no longer kept. The reader stays good
   * over later incarnations.
   *
   * @return fails with {@link UnavailableException} if the journal cannot be reached
   */
  CompletionStage<Optional<JournalReader>> read(String conversationId);

  /**
   * How conversations stand, by id; without those of which there is nothing to read. Costs little
   * and has no effect, so that lists may ask for many and often.
   *
   * @return fails with {@link UnavailableException} if the journal cannot be reached
   */
  CompletionStage<Map<String, Snapshot.State>> states(Collection<String> conversationIds);

  /** Forgets a conversation. Does nothing if there is none. */
  void remove(String conversationId);
}
