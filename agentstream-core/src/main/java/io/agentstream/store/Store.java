package io.agentstream.store;

import io.agentstream.backplane.KeptDefinitions.Kept;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.journal.UnavailableException;
import io.agentstream.wire.Snapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations beyond the life of the process, usually in a database. Every method blocks
 * until its work is done, and whatever it has written then survives a crash. {@link
 * StoredBackplane} calls it on threads of its own: one that writes, and a few that read. No thread
 * that streams waits for a store.
 *
 * <p>Each method throws {@link UnavailableException} if the store cannot be reached or does not
 * take anything at the moment; a write is then repeated. Any other exception means that this one
 * conversation cannot be kept, and the call is not repeated. A method either does all of its work
 * or none of it. {@code StoreContract} of agentstream-test checks an implementation.
 */
public interface Store extends AutoCloseable {

  /**
   * Returns true, the default, if several nodes may use it at once, so that a hub may have it
   * beside a backplane.
   */
  default boolean isForNodes() {
    return true;
  }

  /**
   * Returns why this store writes no more until the process is restarted, one short sentence each,
   * in English, without user data; empty, the default, if it does or will.
   */
  default List<String> problems() {
    return List.of();
  }

  /**
   * Adds a conversation in epoch 1, of which nothing else is known yet. Does nothing if the same
   * one was added before: a write is repeated if nobody knows whether it was committed.
   */
  void add(ConversationInfo conversation);

  /** Returns the conversation that this request has started; empty if none is kept. */
  Optional<String> startedBy(StartRequest request);

  /**
   * Records which conversation a request starts, unless another one was recorded before.
   *
   * @param conversationId a conversation that was added
   * @return the conversation that the request means from now on
   */
  String started(StartRequest request, String conversationId);

  /**
   * Writes how conversations have changed, in one transaction. Skips a conversation that is not
   * there or is in another epoch.
   *
   * @param changes at most one for each conversation
   */
  void save(List<ConversationChange> changes);

  /**
   * Raises a conversation's epoch by one, so that whatever an earlier process still writes is
   * skipped.
   *
   * @return the new epoch; 0 if there is no such conversation
   */
  long claim(String conversationId);

  /**
   * Raises a conversation's epoch to one that several nodes have agreed on.
   *
   * @param epoch from 1
   * @return false if there is no such conversation, or it is in a later epoch already
   */
  boolean claim(String conversationId, long epoch);

  /** Returns all that is kept of a conversation; empty if there is none. */
  Optional<StoredConversation> load(String conversationId);

  /** Returns what is known of a conversation without reading it; empty if there is none. */
  Optional<ConversationInfo> find(String conversationId);

  /** Returns how conversations stand, without those that are not there or were never saved. */
  Map<String, Snapshot.State> states(Collection<String> conversationIds);

  /**
   * Returns conversations that have not ended, in the order of their ids.
   *
   * @param after only ids after this one; null to begin
   * @param most the most ids, from 1
   */
  List<String> unfinished(@Nullable String after, int most);

  /** Returns a page of conversations, without those that were never saved. */
  ConversationPage list(ConversationQuery query);

  /**
   * Gives a conversation a title.
   *
   * @return false if there is no such conversation
   */
  boolean rename(String conversationId, String title);

  /**
   * Removes a conversation and all its messages.
   *
   * @return false if there is no such conversation
   */
  boolean remove(String conversationId);

  /**
   * Removes some of the ended conversations that were last written before a time.
   *
   * @param most the most conversations to remove, from 1
   * @return how many were removed; fewer than {@code most} if there are no more
   */
  int removeOlderThan(Instant before, int most);

  /**
   * Does several writes in one transaction: all of them, or none if one of them throws. Commands of
   * many users that arrive at once then cost one commit.
   *
   * @param writes calls methods of this store on the calling thread, and rethrows what they throw
   * @return false, the default, if this store cannot; then {@code writes} has not been called
   */
  default boolean together(Runnable writes) {
    return false;
  }

  /** Returns the agents and teams that a user has made; empty if nothing is kept. */
  Optional<Kept> definitions(String userId);

  /**
   * Keeps the agents and teams that a user has made, in place of those of an earlier version.
   *
   * @param earlier the version that they replace; 0 for none
   * @return false, and nothing is kept, if another version is kept by now
   */
  boolean keepDefinitions(String userId, long earlier, String document);

  /** Returns the links by which a conversation is shared; empty if nothing is kept. */
  Optional<Kept> shares(String conversationId);

  /**
   * Keeps the links of a conversation, in place of those of an earlier version. They are removed
   * with the conversation.
   *
   * @param earlier the version that they replace; 0 for none
   * @return false, and nothing is kept, if another version is kept by now, or if there is no such
   *     conversation
   */
  boolean keepShares(String conversationId, long earlier, String document);

  /** Releases the connections. Does nothing by default. */
  @Override
  default void close() {}
}
