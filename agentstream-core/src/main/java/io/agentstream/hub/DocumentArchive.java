package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.Directory;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.internal.UserCode;
import io.agentstream.journal.SavedConversation;
import io.agentstream.store.Archive.Label;
import io.agentstream.store.StoreBackplane;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.viewer.internal.Party;
import io.agentstream.viewer.internal.Refusal;
import io.agentstream.viewer.internal.RefusedException;
import io.agentstream.wire.ConversationDocument;
import io.agentstream.wire.DocumentFrame.ConversationExported;
import io.agentstream.wire.DocumentFrame.ConversationImported;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.ViewingCommand.StartConversation;
import io.agentstream.wire.internal.CommandDecoder;
import io.agentstream.wire.internal.CommandEncoder;
import io.agentstream.wire.internal.DocumentJson;
import io.agentstream.wire.internal.ExportedConversation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Exports conversations as documents, and makes conversations of documents. Thread-safe; no method
 * blocks.
 */
final class DocumentArchive {

  /** About the number of characters in a token; an import counts as tokens for the quota. */
  private static final int CHARS_PER_TOKEN = 4;

  private final Catalogue catalogue;
  private final LocalConversations conversations;
  private final Backplane backplane;
  private final Directory directory;
  private final Meters meters;
  private final HubSettings settings;
  private volatile boolean draining;

  DocumentArchive(
      Catalogue catalogue,
      LocalConversations conversations,
      Shared shared,
      Meters meters,
      HubSettings settings) {
    this.catalogue = catalogue;
    this.conversations = conversations;
    this.backplane = shared.backplane();
    this.directory = shared.directory();
    this.meters = meters;
    this.settings = settings;
  }

  /**
   * The user who imports.
   *
   * @param party the party to which it counts
   * @param choice the agents and teams that the user may start
   */
  record Taker(User user, Party party, UserCatalogue choice) {}

  /** Refuses imports from now on. */
  void drain() {
    draining = true;
  }

  /** Returns true if there is a store, in which a conversation can be that does not run. */
  boolean imports() {
    return backplane instanceof StoreBackplane;
  }

  /** Returns a conversation as a document; empty if there is none. */
  CompletionStage<Optional<ConversationExported>> export(String id) {
    return backplane
        .journal()
        .read(id)
        .thenCombine(
            label(id),
            (reader, label) -> reader.map(found -> exported(id, found.snapshot(), label)));
  }

  private ConversationExported exported(String id, Snapshot snapshot, Label label) {
    StartConversation definition = conversations.definition(id).orElse(label.definition());
    return new ConversationExported(
        ExportedConversation.of(
            id,
            label.title(),
            definition == null ? null : definition.team(),
            snapshot.content(),
            settings.limits()));
  }

  private CompletionStage<Label> label(String id) {
    return backplane instanceof StoreBackplane stored
        ? stored.archive().label(id)
        : directory.title(id).thenApply(title -> new Label(title.orElse(null), null));
  }

  /** Makes a conversation of a document. */
  CompletionStage<ConversationImported> take(String text, Taker taker) {
    if (!(backplane instanceof StoreBackplane stored)) {
      return refused(ErrorCode.UNKNOWN_TYPE, "This server imports no conversations.");
    }
    if (draining) {
      return refused(ErrorCode.UNAVAILABLE, "The server is about to go down; connect again.");
    }
    CompletableFuture<ConversationImported> done = new CompletableFuture<>();
    // A long document takes a while to read.
    settings
        .executor()
        .execute(
            () -> {
              CompletionStage<Void> unused =
                  begun(text, taker, stored)
                      .handle(
                          (imported, failure) -> {
                            if (failure == null) {
                              done.complete(imported);
                            } else {
                              done.completeExceptionally(failure);
                            }
                            return null;
                          });
            });
    return done;
  }

  private CompletionStage<ConversationImported> begun(
      String text, Taker taker, StoreBackplane stored) {
    try {
      ConversationDocument document = DocumentJson.read(text, settings.limits());
      Account account = meters.accounts().of(taker.party());
      if (!meters.accounts().spend(account, Math.max(1, text.length() / CHARS_PER_TOKEN))) {
        return CompletableFuture.failedStage(new RefusedException(Refusal.BUDGET));
      }
      return keep(new ImportedConversation(ConversationBuilder.newId(), document), taker, stored);
    } catch (Throwable e) {
      UserCode.caught(e);
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<ConversationImported> keep(
      ImportedConversation conversation, Taker taker, StoreBackplane stored) {
    ConversationDocument document = conversation.document();
    ConversationInfo info =
        new ConversationInfo(
            conversation.id(),
            taker.user(),
            document.topic(),
            document.agents(),
            settings.clock().now());
    return continuation(conversation, taker)
        .thenCompose(
            saved ->
                stored
                    .archive()
                    .keep(info, document.title(), conversation.content(), saved.orElse(null))
                    .thenApply(
                        done -> new ConversationImported(conversation.id(), saved.isPresent())));
  }

  /** Returns what continues it; empty if its agents or its team are not in the catalogue. */
  private CompletionStage<Optional<SavedConversation>> continuation(
      ImportedConversation conversation, Taker taker) {
    ConversationDocument document = conversation.document();
    if (document.team() == null && document.agents().isEmpty()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    CompletionStage<SavedConversation> saved;
    try {
      saved =
          taker
              .choice()
              .start(
                  document.definition(),
                  taker.user(),
                  resolved -> CompletableFuture.completedStage(saved(conversation, resolved)));
    } catch (ProtocolException | IllegalArgumentException e) {
      saved = CompletableFuture.failedStage(e);
    }
    return saved
        .thenApply(Optional::of)
        .exceptionallyCompose(
            failure ->
                isMissing(failure)
                    ? CompletableFuture.completedStage(Optional.empty())
                    : CompletableFuture.failedStage(failure));
  }

  private SavedConversation saved(ImportedConversation conversation, StartConversation resolved)
      throws ProtocolException {
    // As it will be read from the store one day.
    new CommandDecoder(settings.limits()).decode(CommandEncoder.encode(resolved));
    GroupChat chat = catalogue.chat(resolved);
    SavedConversation saved =
        new SavedConversation(
            Catalogue.definition(chat, resolved), conversation.state(Catalogue.names(chat)));
    // Fails where the chat cannot continue it.
    ConversationBuilder unused = chat.restore(saved.state()).added(catalogue.added(saved.state()));
    return saved;
  }

  private static boolean isMissing(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ProtocolException || cause instanceof IllegalArgumentException;
  }

  private static <T> CompletionStage<T> refused(ErrorCode code, String message) {
    return CompletableFuture.failedStage(new ProtocolException(code, message, null));
  }
}
