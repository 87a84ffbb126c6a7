package io.agentstream.jdbc;

/** The servers that may use the database at the same time. */
enum Sharing {
  ONE_SERVER("pg_try_advisory_lock", "pg_advisory_unlock", "Another server"),
  NODES(
      "pg_try_advisory_lock_shared",
      "pg_advisory_unlock_shared",
      "A server that is no node of these");

  final String lock;
  final String unlock;
  final String other;

  Sharing(String lock, String unlock, String other) {
    this.lock = lock;
    this.unlock = unlock;
    this.other = other;
  }
}
