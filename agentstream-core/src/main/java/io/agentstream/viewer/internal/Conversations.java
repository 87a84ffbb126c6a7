package io.agentstream.viewer.internal;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.identity.User;
import io.agentstream.journal.JournalReader;
import io.agentstream.presence.Attendee;
import io.agentstream.wire.Agents;
import io.agentstream.wire.Beginning;
import io.agentstream.wire.CatalogueCommand;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.DocumentFrame;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.RosterCommand.AddAgent;
import io.agentstream.wire.SharingCommand;
import io.agentstream.wire.ViewingCommand.ListConversations;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The hub's operations for viewers' commands. Thread-safe; no method blocks. The stages fail with
 * {@link io.agentstream.journal.UnavailableException} if the shared store cannot be reached.
 */
public interface Conversations {

  /** Returns the catalogue that this user chooses from. */
  CompletionStage<Agents> agents(User user);

  /**
   * Changes what this user has made, and returns the changed catalogue. The stage fails with a
   * {@link ProtocolException} if that is refused.
   */
  CompletionStage<Agents> edit(CatalogueCommand command, User user);

  /**
   * Returns a page of the conversations that this user may be shown. The stage fails with a {@link
   * ProtocolException} if the server cannot search or does not know the cursor.
   */
  CompletionStage<ControlFrame.Conversations> list(User user, ListConversations command);

  /** Returns true if documents can be imported. */
  boolean imports();

  /** Returns a conversation as a document; empty if there is none or it is no longer kept. */
  CompletionStage<Optional<DocumentFrame.ConversationExported>> export(String conversationId);

  /**
   * Makes a conversation of a document, for this user. The stage fails with a {@link
   * ProtocolException} or a {@link RefusedException} if that is refused.
   *
   * @param document JSON text of any content
   * @param party the party to which it counts
   */
  CompletionStage<DocumentFrame.ConversationImported> importDocument(
      String document, User user, Party party);

  /** Returns what a visitor may do in a conversation: nothing, too, where there is none. */
  CompletionStage<Right> find(Visitor visitor, String conversationId);

  /**
   * Makes, lists or ends links of a conversation. The stage fails with a {@link ProtocolException}
   * if that is refused.
   */
  CompletionStage<ControlFrame> share(SharingCommand command, Visitor visitor);

  /** Reports that a user has joined a conversation by a link. */
  void came(String conversationId, String shareId, User user);

  /** Returns the events of a conversation; empty if there is none or it is no longer kept. */
  CompletionStage<Optional<JournalReader>> read(String conversationId);

  /**
   * Starts a conversation. The stage fails with a {@link RefusedException} if it may not begin.
   *
   * @param beginning how it begins
   * @param party the party to which it counts
   * @return the id, once it has started
   * @throws ProtocolException if the command names an unknown agent or selection
   */
  CompletionStage<String> start(
      StartConversation command, Beginning beginning, User user, Party party)
      throws ProtocolException;

  /**
   * Returns the conversation that this user's request has started, if it is still kept.
   *
   * @param party the party of the viewer: see {@link #start}
   */
  CompletionStage<Optional<String>> startedBy(User user, Party party, String requestId);

  /** Sends a command to the conversation, on any node. */
  CompletionStage<SteeringOutcome> steer(ConversationCommand command);

  /** Lets a viewer of a conversation take part in presence, until {@link #unattend}. */
  void attend(String conversationId, Attendee attendee);

  /** Takes a viewer out; does nothing if it takes no part. */
  void unattend(String conversationId, Attendee attendee);

  /** Reports that a viewer who takes part has another name. */
  void renamed(String conversationId);

  /** Reports that a user types. */
  void types(String conversationId, User user);

  /** Reports that a user has sent a message. */
  void sent(String conversationId, User user);

  /**
   * Hears from now on what other nodes tell about a conversation, until {@link #unfollow}.
   *
   * @return done when nothing is missed any more
   */
  CompletionStage<Void> follow(String conversationId);

  /** Undoes one {@link #follow}. */
  void unfollow(String conversationId);

  /**
   * Returns the command with all that another node needs to find the agent. The stage fails with a
   * {@link ProtocolException} if the user may not bring it along.
   */
  CompletionStage<AddAgent> resolved(AddAgent command, User user);

  /** Reports one more view of the conversation. */
  void joined(String conversationId);

  /** Reports one view fewer; may be called before its {@link #joined} if two threads race. */
  void left(String conversationId);
}
