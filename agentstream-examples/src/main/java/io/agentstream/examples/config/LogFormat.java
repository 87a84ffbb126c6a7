package io.agentstream.examples.config;

/** The formats of the log. */
public enum LogFormat {
  /** A line for people. */
  TEXT,
  /** One JSON object on each line. */
  JSON
}
