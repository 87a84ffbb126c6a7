package io.agentstream.wire.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.wire.ProtocolException;

/** Makes the refusals of documents, each of which names a place and never what is there. */
final class DocumentFault {

  private DocumentFault() {}

  static ProtocolException wrong(String place, String problem) {
    return new ProtocolException(ErrorCode.INVALID_FIELD, "'" + place + "' " + problem + ".", null);
  }

  static ProtocolException tooMuch(String place, String problem) {
    return new ProtocolException(
        ErrorCode.LIMIT_EXCEEDED, "'" + place + "' " + problem + ".", null);
  }
}
