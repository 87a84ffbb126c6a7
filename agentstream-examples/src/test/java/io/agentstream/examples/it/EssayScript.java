package io.agentstream.examples.it;

import io.agentstream.examples.demo.CompletionRequest;
import io.agentstream.examples.demo.Script;
import io.agentstream.examples.demo.TimedToken;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers with Markdown of many short blocks, a word a token: the first answers at once, to fill a
 * page, those after them at an even pace.
 */
final class EssayScript implements Script {

  private static final String BLOCKS =
      """
      The **first** point of it is that a plan which nobody has read is `no plan` at all, so let us \
      *write* it down, ask who will own it, and look at it again in a week or two.

      - one who builds
      - one who asks
      - one who sums it up in the end

      ```java
      int answer = 6 * 7; // and a comment of some words
      ```

      """;

  private static final List<String> WORDS = List.of(BLOCKS.split("(?<= )"));

  private final int first;
  private final int firstTokens;
  private final int tokens;
  private final int everyMillis;
  private int answers;

  /**
   * @param first how many answers come at once
   * @param firstTokens how long each of them is
   * @param tokens how long each of the others is
   * @param everyMillis their pace
   */
  EssayScript(int first, int firstTokens, int tokens, int everyMillis) {
    this.first = first;
    this.firstTokens = firstTokens;
    this.tokens = tokens;
    this.everyMillis = everyMillis;
  }

  @Override
  public synchronized List<TimedToken> answer(CompletionRequest request) {
    return answers++ < first ? essay(firstTokens, 0) : essay(tokens, everyMillis);
  }

  private static List<TimedToken> essay(int tokens, int everyMillis) {
    return IntStream.range(0, tokens)
        .mapToObj(index -> new TimedToken(WORDS.get(index % WORDS.size()), everyMillis))
        .toList();
  }
}
