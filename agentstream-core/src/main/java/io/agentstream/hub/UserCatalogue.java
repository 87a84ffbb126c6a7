package io.agentstream.hub;

import io.agentstream.backplane.KeptDefinitions;
import io.agentstream.backplane.KeptDefinitions.Kept;
import io.agentstream.event.ErrorCode;
import io.agentstream.hub.CatalogueEditor.Definitions;
import io.agentstream.identity.User;
import io.agentstream.wire.Agents;
import io.agentstream.wire.Agents.Editing;
import io.agentstream.wire.CatalogueCommand;
import io.agentstream.wire.CatalogueCommand.DeleteAgent;
import io.agentstream.wire.CatalogueCommand.DeleteTeam;
import io.agentstream.wire.CatalogueCommand.SaveAgent;
import io.agentstream.wire.CatalogueCommand.SaveTeam;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.RosterCommand.AddAgent;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue as one user sees it: the server's agents and teams and the user's own. Nobody sees
 * or starts those of another user. Thread-safe; no method blocks.
 */
final class UserCatalogue {

  private static final Logger log = LoggerFactory.getLogger(UserCatalogue.class);

  /** How often a change is made again because another one came in between. */
  private static final int ATTEMPTS = 5;

  private final Catalogue catalogue;
  private final Editors editors;
  private final @Nullable KeptDefinitions kept;

  UserCatalogue(Catalogue catalogue, Editors editors, @Nullable KeptDefinitions kept) {
    this.catalogue = catalogue;
    this.editors = editors;
    this.kept = kept;
  }

  /** Uses a command whose names are resolved. */
  @FunctionalInterface
  interface Start<T> {
    CompletionStage<T> with(StartConversation command) throws ProtocolException;
  }

  CompletionStage<Agents> of(User user) {
    Offer offer = catalogue.offer();
    if (!keepsFor(user, offer)) {
      return CompletableFuture.completedStage(frame(user, offer, null));
    }
    return load(user).thenApply(known -> frame(user, offer, readable(offer, known)));
  }

  CompletionStage<Agents> edit(CatalogueCommand command, User user) {
    Offer offer = catalogue.offer();
    if (!mayEdit(user, offer)) {
      return refused(ErrorCode.UNKNOWN_TYPE, "This server lets you make no agents and teams.");
    }
    if (!keepsFor(user, offer)) {
      return refused(
          ErrorCode.UNKNOWN_TYPE,
          "This server keeps no agents and teams for you: send them as 'definitions' of a start.");
    }
    return edit(command, user, offer, ATTEMPTS);
  }

  private CompletionStage<Agents> edit(
      CatalogueCommand command, User user, Offer offer, int attempts) {
    if (attempts == 0) {
      return refused(ErrorCode.UNAVAILABLE, "Other changes came in between; try again.");
    }
    return load(user)
        .thenCompose(
            known ->
                attempt(() -> changed(command, read(offer, known)))
                    .thenCompose(own -> keep(user, known, own))
                    .thenCompose(
                        own ->
                            own.isPresent()
                                ? attempt(() -> frame(user, offer, own.get()))
                                : edit(command, user, offer, attempts - 1)));
  }

  /** Returns what is kept now, or nothing if another change came in between. */
  private CompletionStage<Optional<Definitions>> keep(
      User user, Optional<Kept> known, Definitions own) {
    long version = known.map(Kept::version).orElse(0L);
    return keeper()
        .keep(user.id(), version, own.document())
        .thenApply(done -> done ? Optional.of(own) : Optional.empty());
  }

  private static Definitions changed(CatalogueCommand command, Definitions own)
      throws ProtocolException, InvalidDefinitionException {
    if (command instanceof SaveAgent save) {
      return own.withAgent(save.agent());
    }
    if (command instanceof SaveTeam save) {
      return own.withTeam(save.team());
    }
    boolean there;
    String name;
    if (command instanceof DeleteAgent agent) {
      name = agent.name();
      there = own.agents().stream().anyMatch(made -> made.name().equals(name));
    } else {
      name = ((DeleteTeam) command).name();
      there = own.teams().stream().anyMatch(made -> made.outline().name().equals(name));
    }
    if (!there) {
      throw new ProtocolException(ErrorCode.NOT_FOUND, "You have made nothing of this name.", null);
    }
    return own.without(name);
  }

  /** Starts a conversation with what the user has made, as it stands now. */
  <T> CompletionStage<T> start(StartConversation command, User user, Start<T> start)
      throws ProtocolException {
    Offer offer = catalogue.offer();
    checkDefinitions(command.definitions(), user, offer);
    if (command.definitions() != null || isOffered(command, offer) || !keepsFor(user, offer)) {
      return start.with(command);
    }
    return own(user, offer, names(command))
        .thenApply(own -> own.map(command::with).orElse(command))
        .thenCompose(resolved -> UserCatalogue.<T>flat(() -> start.with(resolved)));
  }

  /**
   * Returns the command with the definition of an agent that the user has made, as it stands now.
   */
  CompletionStage<AddAgent> resolved(AddAgent command, User user) {
    Offer offer = catalogue.offer();
    return flat(
        () -> {
          checkDefinitions(command.definitions(), user, offer);
          boolean complete =
              command.definitions() != null
                  || offer.agents().containsKey(command.agentName())
                  || !keepsFor(user, offer);
          return complete
              ? CompletableFuture.completedStage(command)
              : own(user, offer, List.of(command.agentName()))
                  .thenApply(own -> own.map(command::with).orElse(command));
        });
  }

  private void checkDefinitions(@Nullable String definitions, User user, Offer offer)
      throws ProtocolException {
    if (definitions != null && !mayEdit(user, offer)) {
      throw new ProtocolException(
          ErrorCode.INVALID_FIELD,
          "'definitions' is not taken: this server lets you make no agents and teams.",
          null);
    }
  }

  /** Returns these of the user's own definitions, as they stand now; empty if there are none. */
  private CompletionStage<Optional<String>> own(User user, Offer offer, List<String> names) {
    return load(user)
        .thenCompose(
            known ->
                attempt(
                    () ->
                        known.isEmpty()
                            ? Optional.empty()
                            : Optional.of(read(offer, known).part(names))));
  }

  private static boolean isOffered(StartConversation command, Offer offer) {
    String team = command.team();
    if (team != null) {
      return offer.teams().containsKey(team);
    }
    List<String> agents = command.agents();
    return agents == null || offer.agents().keySet().containsAll(agents);
  }

  private static List<String> names(StartConversation command) {
    String team = command.team();
    List<String> agents = command.agents();
    return team != null ? List.of(team) : agents == null ? List.of() : agents;
  }

  private boolean mayEdit(User user, Offer offer) {
    return offer.editor() != null && editors.include(user);
  }

  /** An anonymous viewer is another user with each connection, for whom nothing can be kept. */
  private boolean keepsFor(User user, Offer offer) {
    return kept != null && !user.anonymous() && mayEdit(user, offer);
  }

  private KeptDefinitions keeper() {
    if (kept == null) {
      throw new IllegalStateException("Nothing is kept here");
    }
    return kept;
  }

  private CompletionStage<Optional<Kept>> load(User user) {
    return keeper().of(user.id());
  }

  private static Definitions read(Offer offer, Optional<Kept> known) throws ProtocolException {
    return offer.read(known.map(Kept::document).orElse(null));
  }

  /** The server's agents must be listed whatever is kept. */
  private static @Nullable Definitions readable(Offer offer, Optional<Kept> known) {
    try {
      return read(offer, known);
    } catch (ProtocolException e) {
      log.error("The agents and teams that a user has made cannot be read by this version");
      return null;
    }
  }

  private Agents frame(User user, Offer offer, @Nullable Definitions own) {
    CatalogueFrame frame = new CatalogueFrame(offer);
    if (own != null) {
      frame.add(own);
    }
    Editing editing =
        mayEdit(user, offer)
            ? new Editing(
                keepsFor(user, offer),
                CatalogueEditor.MAX_AGENTS,
                CatalogueEditor.MAX_TEAMS,
                CatalogueEditor.MAX_CHARS)
            : null;
    return frame.frame(catalogue.selections(), editing);
  }

  /** Work that may be refused. */
  private interface Step<T> {
    T run() throws ProtocolException, InvalidDefinitionException;
  }

  private static <T> CompletionStage<T> attempt(Step<T> step) {
    return flat(() -> CompletableFuture.completedStage(step.run()));
  }

  private static <T> CompletionStage<T> flat(Step<CompletionStage<T>> step) {
    try {
      return step.run();
    } catch (InvalidDefinitionException e) {
      return CompletableFuture.failedStage(Offer.refusal(e));
    } catch (ProtocolException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static <T> CompletionStage<T> refused(ErrorCode code, String message) {
    return CompletableFuture.failedStage(new ProtocolException(code, message, null));
  }
}
