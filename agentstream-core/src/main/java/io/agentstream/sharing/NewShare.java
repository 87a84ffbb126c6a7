package io.agentstream.sharing;

import io.agentstream.wire.Share;

/**
 * A link that was just made.
 *
 * @param share what is kept of it
 * @param token its secret: whoever has it has the link's rights; it cannot be asked for again
 */
public record NewShare(Share share, String token) {

  /** Returns a text without the token. */
  @Override
  public String toString() {
    return "NewShare[" + share.shareId() + "]";
  }
}
