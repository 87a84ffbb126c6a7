package io.agentstream.upstream.openai;

import io.agentstream.upstream.ServerComplaint;

/** Reports an error that the server has put into its answer. */
final class ComplaintException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ServerComplaint complaint;

  ComplaintException(ServerComplaint complaint) {
    super(null, null, false, false);
    this.complaint = complaint;
  }

  ServerComplaint complaint() {
    return complaint;
  }
}
