package io.agentstream.examples.it;

import io.agentstream.examples.demo.CompletionRequest;
import io.agentstream.examples.demo.DemoScript;
import io.agentstream.examples.demo.Script;
import io.agentstream.examples.demo.TimedToken;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The demo model's texts without its reading speed. The last one halts in its middle for good. */
final class HaltingDemo implements Script {

  private static final int FAST_MS = 1;
  private static final int NEVER_MS = 3_600_000;

  private final DemoScript demo = new DemoScript();
  private final AtomicInteger answers = new AtomicInteger();
  private final CompletableFuture<String> half = new CompletableFuture<>();
  private final int whole;

  /**
   * @param whole how many answers there are before the one that halts
   */
  HaltingDemo(int whole) {
    this.whole = whole;
  }

  /** Returns what is said of the last, once the model has been asked for it. */
  String half() {
    return half.join();
  }

  @Override
  public List<TimedToken> answer(CompletionRequest request) {
    List<String> texts = demo.answer(request).stream().map(TimedToken::text).toList();
    if (answers.getAndIncrement() < whole) {
      return texts.stream().map(text -> new TimedToken(text, FAST_MS)).toList();
    }
    List<String> shown = texts.subList(0, texts.size() / 2);
    half.complete(String.join("", shown));
    return Stream.concat(
            shown.stream().map(text -> new TimedToken(text, FAST_MS)),
            Stream.of(new TimedToken("…", NEVER_MS)))
        .toList();
  }
}
