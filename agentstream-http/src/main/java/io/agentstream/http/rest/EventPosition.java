package io.agentstream.http.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.ErrorCode;
import io.agentstream.wire.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a server-sent event: its place in the journal.
 *
 * @param epoch from 1
 * @param seq from 0, which stands before the first event
 */
record EventPosition(long epoch, long seq) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  static EventPosition parse(String text) throws ProtocolException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new ProtocolException(
          ErrorCode.INVALID_FIELD,
          "'after' and Last-Event-ID must be the id of an event, such as 1-42.",
          null);
    }
    return new EventPosition(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
  }

  /** Adds it to the data of a join. */
  void addTo(ObjectNode data) {
    data.put("epoch", epoch);
    data.put("after_seq", seq);
  }
}
