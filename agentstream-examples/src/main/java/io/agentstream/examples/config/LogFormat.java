package io.agentstream.examples.config;

/** How the log is written. */
public enum LogFormat {
  /** A line for people. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
