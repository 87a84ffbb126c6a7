package io.agentstream.examples.it;

import io.agentstream.examples.demo.CompletionRequest;
import io.agentstream.examples.demo.Script;
import io.agentstream.examples.demo.TimedToken;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers with numbered tokens at an even pace: whose a token is and which, can be seen from it.
 */
final class PacedScript implements Script {

  private final int tokens;
  private final int everyMillis;
  private final AtomicInteger answers = new AtomicInteger();
  private int slowAnswer;
  private int slowMillis;
  private final List<CompletionRequest> requests = new CopyOnWriteArrayList<>();

  PacedScript(int tokens, int everyMillis) {
    this.tokens = tokens;
    this.everyMillis = everyMillis;
  }

  /**
   * Gives one answer more slowly: a test that is to meet this answer may itself be late by seconds.
   *
   * @param answer counted from 1
   */
  PacedScript slow(int answer, int millis) {
    slowAnswer = answer;
    slowMillis = millis;
    return this;
  }

  @Override
  public List<TimedToken> answer(CompletionRequest request) {
    requests.add(request);
    int answer = answers.incrementAndGet();
    int pause = answer == slowAnswer ? slowMillis : everyMillis;
    return IntStream.range(0, tokens)
        .mapToObj(i -> new TimedToken(token(answer, i), pause))
        .toList();
  }

  /** The text of an answer, counted from 1. */
  String text(int answer) {
    return IntStream.range(0, tokens).mapToObj(i -> token(answer, i)).collect(Collectors.joining());
  }

  /** The requests, in order. */
  List<CompletionRequest> requests() {
    return List.copyOf(requests);
  }

  private static String token(int answer, int index) {
    return answer + ":" + index + " ";
  }
}
