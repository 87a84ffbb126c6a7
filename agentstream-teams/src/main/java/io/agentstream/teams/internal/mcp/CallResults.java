package io.agentstream.teams.internal.mcp;

import dev.langchain4j.service.tool.ToolExecutionResult;
import io.agentstream.internal.PlainText;

/** The results of calls that are not as the server gave them. */
final class CallResults {

  private static final int MOST_CHARS = 1_000_000;

  private CallResults() {}

  static ToolExecutionResult failed(String reason) {
    return ToolExecutionResult.builder().isError(true).resultText(reason).build();
  }

  static ToolExecutionResult bounded(ToolExecutionResult result) {
    String text = String.valueOf(result.resultText());
    return text.length() <= MOST_CHARS
        ? result
        : ToolExecutionResult.builder()
            .isError(result.isError())
            .resultText(PlainText.cut(text, MOST_CHARS) + "… (cut)")
            .build();
  }
}
