package io.agentstream.http.rest;

import io.agentstream.http.door.HttpCall;

/** Answers the calls of a row of {@link Routes}. */
interface Action {
  void serve(HttpCall call, PathIds ids) throws Exception;
}
