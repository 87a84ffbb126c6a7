package io.agentstream.wire;

/**
 * A viewer's command to the server. Its values are checked when it is read. Each area has its
 * commands in a type of its own.
 */
public sealed interface ClientCommand
    permits CatalogueCommand,
        ConnectionCommand,
        ConversationCommand,
        DocumentCommand,
        PresenceCommand,
        SharingCommand,
        ViewingCommand {

  /** Calls the method of {@code handler} for this command. */
  void deliverTo(Handler handler);

  /** Handles commands, with one method for each area. */
  interface Handler {
    void onCatalogueCommand(CatalogueCommand command);

    void onConnectionCommand(ConnectionCommand command);

    void onConversationCommand(ConversationCommand command);

    void onDocumentCommand(DocumentCommand command);

    void onPresenceCommand(PresenceCommand command);

    void onSharingCommand(SharingCommand command);

    void onViewingCommand(ViewingCommand command);
  }
}
