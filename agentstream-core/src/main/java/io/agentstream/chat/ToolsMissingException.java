package io.agentstream.chat;

/** Says why a source gives no tools, without any text of the source. */
final class ToolsMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ToolsMissingException(String what) {
    super(what, null, false, false);
  }
}
