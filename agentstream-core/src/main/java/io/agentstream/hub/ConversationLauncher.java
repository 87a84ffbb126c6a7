package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.Handover;
import io.agentstream.backplane.StartRequest;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ErrorCode;
import io.agentstream.hub.LocalStart.Identity;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.internal.UserCode;
import io.agentstream.journal.SavedConversation;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.viewer.internal.Party;
import io.agentstream.viewer.internal.Refusal;
import io.agentstream.viewer.internal.RefusedException;
import io.agentstream.wire.Beginning;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts conversations: claims each for this node, adds it to the directory, and begins it here.
 * Thread-safe; no method blocks.
 */
final class ConversationLauncher {

  private static final Logger log = LoggerFactory.getLogger(ConversationLauncher.class);

  private final Catalogue catalogue;
  private final LocalConversations conversations;
  private final Backplane backplane;
  private final Directory directory;
  private final HubSettings settings;
  private final Meters meters;
  private final Records records;
  private final LocalStart local;
  private final DocumentArchive archive;
  private final InterruptedCalls interrupted;
  private final Map<StartRequest, CompletionStage<String>> starting = new ConcurrentHashMap<>();
  private volatile boolean draining;

  ConversationLauncher(
      Catalogue catalogue,
      LocalConversations conversations,
      Shared shared,
      Audience audience,
      HubSettings settings,
      Meters meters) {
    this.catalogue = catalogue;
    this.conversations = conversations;
    this.backplane = shared.backplane();
    this.directory = shared.directory();
    this.settings = settings;
    this.meters = meters;
    this.records = new Records(conversations, shared, settings.clock(), catalogue);
    this.local = new LocalStart(conversations, backplane.journal(), audience, settings, records);
    this.archive = new DocumentArchive(catalogue, conversations, shared, meters, settings);
    this.interrupted = new InterruptedCalls(conversations, audience, backplane, settings.clock());
    conversations.changes(records);
  }

  DocumentArchive archive() {
    return archive;
  }

  Records records() {
    return records;
  }

  /** Refuses viewers' starts and imports from now on. */
  void drain() {
    draining = true;
    archive.drain();
  }

  /**
   * Starts a conversation that no other node can take over, because its agents need not be in the
   * catalogue.
   */
  Conversation start(GroupChat chat, String topic, @Nullable User owner) {
    String id = ConversationBuilder.newId();
    CompletionStage<Void> entered =
        backplane
            .ownership()
            .claim(id)
            .thenCompose(epoch -> directory.add(info(id, owner, topic, chat)))
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    log.atError()
                        .addKeyValue("conversation_id", id)
                        .setCause(failure)
                        .log("Conversation {}: other nodes will not know of it", id);
                  }
                });
    ConversationMeter meter = ConversationMeter.open(meters, Party.APPLICATION);
    meter.resume();
    try {
      return local.begin(
          chat.newConversation(topic), new Identity(id, 1, owner, false), null, Set.of(), meter);
    } catch (Throwable e) {
      // Afterwards, because events that are still being delivered would otherwise arrive later.
      CompletionStage<Void> unused = entered.whenComplete((done, failure) -> forget(id));
      throw e;
    }
  }

  /**
   * Starts a conversation for a viewer; completes with its id when it has started.
   *
   * @param key by which the start can be repeated; null for none
   * @param beginning how it begins
   * @param party the party to which it counts
   */
  CompletionStage<String> start(
      StartConversation command,
      @Nullable StartKey key,
      Beginning beginning,
      User user,
      Party party)
      throws ProtocolException {
    if (draining) {
      throw new ProtocolException(
          ErrorCode.UNAVAILABLE, "The server is about to go down; connect again.", null);
    }
    Chosen chosen = new Chosen(catalogue.chat(command), command, beginning);
    if (key == null) {
      return enter(ConversationBuilder.newId(), chosen, user, party).thenCompose(Entered::launch);
    }
    StartRequest request = key.request();
    CompletableFuture<String> mine = new CompletableFuture<>();
    CompletionStage<String> earlier = starting.putIfAbsent(request, mine);
    if (earlier != null) {
      return earlier.thenCompose(key::checked);
    }
    tryStartOnce(request, () -> enter(key.newId(), chosen, user, party))
        .whenComplete(
            (id, failure) -> {
              starting.remove(request);
              if (failure == null) {
                mine.complete(id);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine.thenCompose(key::checked);
  }

  /** Continues a conversation that another node has left. */
  void restore(Handover left, SavedConversation saved, Set<String> unfinished) {
    try {
      ConversationBuilder conversation =
          catalogue
              .chat(saved.definition())
              .restore(saved.state())
              .added(catalogue.added(saved.state()));
      conversation.owner(LocalStart.ownerId(left.owner()));
      ConversationMeter meter = ConversationMeter.open(meters, Party.ofHandover(left.owner()));
      meter.resume();
      Identity identity = new Identity(left.conversationId(), left.epoch(), null, false);
      interrupted.watch(identity.id());
      local.begin(conversation, identity, saved.definition(), unfinished, meter);
    } catch (ProtocolException e) {
      throw new IllegalArgumentException("The catalogues of the nodes differ: " + e.reason(), e);
    }
  }

  /**
   * Completes exceptionally if it throws, so that nobody waits for a start that does not happen.
   */
  private CompletionStage<String> tryStartOnce(
      StartRequest request, Supplier<CompletionStage<Entered>> enter) {
    try {
      return startOnce(request, enter);
    } catch (Throwable e) {
      UserCode.caught(e);
      return CompletableFuture.failedStage(e);
    }
  }

  /**
   * Starts the conversation unless the request has already started one, on this or another node.
   */
  private CompletionStage<String> startOnce(
      StartRequest request, Supplier<CompletionStage<Entered>> enter) {
    return directory
        .startedBy(request)
        .thenCompose(
            known ->
                known.isPresent()
                    ? CompletableFuture.completedStage(known.get())
                    : enter.get().thenCompose(entered -> entered.launch(request)));
  }

  private CompletionStage<Entered> enter(String id, Chosen chosen, User user, Party party) {
    ConversationMeter meter = ConversationMeter.open(meters, party);
    Refusal refusal = meter.begin();
    if (refusal != null) {
      meter.close();
      return CompletableFuture.failedStage(new RefusedException(refusal));
    }
    return orForget(
        id,
        meter,
        backplane
            .ownership()
            .claim(id)
            .thenCompose(
                epoch ->
                    directory
                        .add(info(id, user, chosen.command().topic(), chosen.chat()))
                        .thenApply(
                            done ->
                                new Entered(
                                    new Identity(
                                        id, epoch, user, chosen.beginning().endsWithViewer()),
                                    chosen,
                                    meter))));
  }

  /** Undoes a start that fails half way, so that the request can be repeated. */
  private <T> CompletionStage<T> orForget(
      String id, ConversationMeter meter, CompletionStage<T> step) {
    return step.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            meter.close();
            forget(id);
          }
        });
  }

  private ConversationInfo info(String id, @Nullable User owner, String topic, GroupChat chat) {
    return new ConversationInfo(id, owner, topic, Catalogue.names(chat), settings.clock().now());
  }

  private void forget(String id) {
    CompletionStage<Void> unused = records.remove(id);
  }

  /** A conversation that is known to all nodes and has not begun. */
  private final class Entered {
    private final Identity identity;
    private final Chosen chosen;
    private final ConversationMeter meter;

    Entered(Identity identity, Chosen chosen, ConversationMeter meter) {
      this.identity = identity;
      this.chosen = chosen;
      this.meter = meter;
    }

    /** Begins it; the id comes when the conversation is safe in the journal. */
    CompletionStage<String> launch() {
      String id = identity.id();
      try {
        meter.add(chosen.beginning().past());
        local.begin(chosen.conversation(), identity, chosen.definition(), Set.of(), meter);
      } catch (Throwable e) {
        forget(id);
        throw e;
      }
      return conversations.saved(id).thenApply(done -> id);
    }

    /** Returns the request's conversation: this one, or an earlier one. */
    CompletionStage<String> launch(StartRequest request) {
      String id = identity.id();
      return orForget(id, meter, directory.started(request, id))
          .thenCompose(
              first -> {
                if (first.equals(id)) {
                  return launch();
                }
                meter.close();
                forget(id);
                return CompletableFuture.completedStage(first);
              });
    }
  }
}
