package io.agentstream.test.stress;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Repeats a {@link Stress} test under pressure that begins before each test instance is made. */
final class StressExtension implements TestTemplateInvocationContextProvider {

  private static final String REPEATS = "agentstream.stress";

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    int repeats = Integer.getInteger(REPEATS, 0);
    if (repeats <= 0) {
      return Stream.of(new Invocation("", Pressure.Kind.NONE));
    }
    Current current = new Current();
    context.getStore(Namespace.create(StressExtension.class)).put(Current.class, current);
    // JUnit requests the next one only when the previous one is over.
    return IntStream.range(0, repeats)
        .mapToObj(repeat -> current.change(repeat, repeats))
        .map(TestTemplateInvocationContext.class::cast);
  }

  /** The pressure of the repeat that runs; JUnit closes the last one. */
  private static final class Current implements AutoCloseable {
    private Pressure pressure = Pressure.of(Pressure.Kind.NONE);

    Invocation change(int repeat, int repeats) {
      Pressure.Kind[] kinds = Pressure.Kind.values();
      Pressure.Kind kind = kinds[repeat % kinds.length];
      pressure.close();
      pressure = Pressure.of(kind);
      return new Invocation(" %d of %d".formatted(repeat + 1, repeats), kind);
    }

    @Override
    public void close() {
      pressure.close();
    }
  }

  private record Invocation(String repeat, Pressure.Kind kind)
      implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocationIndex) {
      return repeat.isEmpty() ? "once" : kind + repeat;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of();
    }
  }
}
