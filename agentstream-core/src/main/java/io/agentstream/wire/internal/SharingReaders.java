package io.agentstream.wire.internal;

import static io.agentstream.wire.internal.CommandReader.MAX_ID_CHARS;
import static io.agentstream.wire.internal.CommandReader.conversationId;

import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.ShareAccess;
import io.agentstream.wire.SharingCommand.ListShares;
import io.agentstream.wire.SharingCommand.RevokeShare;
import io.agentstream.wire.SharingCommand.ShareConversation;
import java.util.Map;

/** Reads the commands about links. */
final class SharingReaders {

  private SharingReaders() {}

  static Map<String, CommandReader> all() {
    return Map.of(
        "share_conversation", SharingReaders::share,
        "list_shares", data -> new ListShares(conversationId(data)),
        "revoke_share",
            data -> new RevokeShare(conversationId(data), data.text("share_id", MAX_ID_CHARS)));
  }

  private static ClientCommand share(CommandFields data) throws ProtocolException {
    return new ShareConversation(
        conversationId(data),
        data.value("access", ShareAccess.class),
        data.optionalInt("expires_in_seconds", 1, ShareConversation.MAX_SECONDS));
  }
}
