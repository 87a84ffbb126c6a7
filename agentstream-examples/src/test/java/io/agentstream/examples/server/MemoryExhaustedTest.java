package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.time.ChatClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A process of its own that fills a small heap in one way, and would wait forever after it. */
@Timeout(300)
class MemoryExhaustedTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"thread", "threads", "alarm", "guard", "cause"})
  void the_process_ends_with_3_and_says_why_in_one_line(String where) throws Exception {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryExhaustedTest.class.getName(),
                where)
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor()).isEqualTo(3);
      assertThat(Files.readString(errors)).containsOnlyOnce("agentstream: out of memory");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Not a test: the other process. */
  public static void main(String[] args) throws InterruptedException {
    MemoryExhausted.endsTheProcess();
    switch (args[0]) {
      case "thread" -> new Thread(MemoryExhaustedTest::fill).start();
      case "threads" -> endTogether();
      case "alarm" -> {
        ChatClock.Alarm unused =
            ChatClock.system().schedule(Duration.ZERO, MemoryExhaustedTest::fill);
      }
      case "guard" -> guarded(failure -> failure);
      default -> guarded(failure -> new IllegalStateException(failure));
    }
    new CountDownLatch(1).await();
  }

  /** The heap is full for all threads. */
  private static void endTogether() {
    CountDownLatch full = new CountDownLatch(1);
    for (int i = 0; i < 50; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  full.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                throw new OutOfMemoryError("Java heap space");
              });
      thread.start();
    }
    full.countDown();
  }

  private static void guarded(UnaryOperator<Throwable> seen) {
    try {
      fill();
    } catch (Throwable e) {
      LoggerFactory.getLogger("guard").warn("A listener failed", seen.apply(e));
    }
  }

  private static void fill() {
    Object[] kept = {};
    while (true) {
      kept = new Object[] {kept, new byte[1 << 20]};
    }
  }
}
