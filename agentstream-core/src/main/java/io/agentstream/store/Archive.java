package io.agentstream.store;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Gives whole conversations from a store, and takes those that never ran here. Thread-safe. */
public final class Archive {

  private final StoreService service;
  private final Limits limits;

  Archive(StoreService service, Limits limits) {
    this.service = service;
    this.limits = limits;
  }

  /**
   * The parts of a conversation that are in no event of it.
   *
   * @param title the title that a person gave it, or null
   * @param definition the command that started it; null if nothing continues it
   */
  public record Label(@Nullable String title, @Nullable StartConversation definition) {

    /** The label of a conversation that is not in the store. */
    public static final Label NONE = new Label(null, null);
  }

  /** Returns the label of a conversation; {@link Label#NONE} if there is no such conversation. */
  public CompletionStage<Label> label(String conversationId) {
    return service.reads.read(
        () ->
            service
                .store
                .load(conversationId)
                .map(stored -> new Label(stored.title(), Documents.definition(stored, limits)))
                .orElse(Label.NONE));
  }

  /**
   * Keeps a conversation that has ended elsewhere; it is then at rest here.
   *
   * @param title its title, or null
   * @param content what a snapshot holds, in epoch 1
   * @param saved what continues it; null if nothing can
   * @return done when it is in the store
   */
  public CompletionStage<Void> keep(
      ConversationInfo info,
      @Nullable String title,
      Snapshot.Content content,
      @Nullable SavedConversation saved) {
    String id = info.conversationId();
    ConversationChange change =
        new ConversationChange(
            id,
            content.epoch(),
            content.state(),
            info.createdAt(),
            Documents.content(content),
            saved == null ? null : Documents.engine(saved),
            0,
            content.messages().stream().map(Documents::message).toList());
    return service.writer.submitNow(
        () -> {
          Store store = service.store;
          // The work is repeated where the store was away in the middle of it.
          if (store.find(id).isEmpty()) {
            store.add(info);
          }
          if (title != null) {
            store.rename(id, title);
          }
          store.save(List.of(change));
          return null;
        });
  }
}
