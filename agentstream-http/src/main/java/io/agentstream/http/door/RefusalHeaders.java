package io.agentstream.http.door;

import jakarta.servlet.http.HttpServletResponse;

/** The headers that tell a refused client how to go on. */
final class RefusalHeaders {

  private static final int SOON_SECONDS = 2;
  private static final int BUDGET_SECONDS = 600;

  private RefusalHeaders() {}

  static void set(HttpProblem problem, HttpServletResponse response) {
    if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    if (problem.isTemporary()) {
      boolean budget = problem.code().equals("budget_exceeded");
      response.setIntHeader("Retry-After", budget ? BUDGET_SECONDS : SOON_SECONDS);
    }
  }
}
