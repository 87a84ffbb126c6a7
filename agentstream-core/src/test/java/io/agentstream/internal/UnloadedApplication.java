package io.agentstream.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.function.Consumer;

/** An application with a class loader of its own, on a server that has the library once. */
public final class UnloadedApplication extends ClassLoader {

  private UnloadedApplication() {
    super(UnloadedApplication.class.getClassLoader());
  }

  /**
   * Calls the library from the application's code and with the application's context class loader.
   *
   * @return the class loader, to which this class keeps no reference
   */
  public static WeakReference<ClassLoader> call(Runnable library) throws Exception {
    UnloadedApplication application = new UnloadedApplication();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(application);
    try {
      application.code().accept(library);
    } finally {
      thread.setContextClassLoader(before);
    }
    return new WeakReference<>(application);
  }

  /** Collects garbage until the class loader is gone; a test's timeout interrupts it otherwise. */
  public static void awaitUnloaded(WeakReference<ClassLoader> application) {
    while (!application.refersTo(null)) {
      if (Thread.interrupted()) {
        throw new AssertionError("The application is still loaded");
      }
      System.gc();
    }
  }

  @SuppressWarnings("unchecked")
  private Consumer<Runnable> code() throws ReflectiveOperationException, IOException {
    try (InputStream in = Code.class.getResourceAsStream("UnloadedApplication$Code.class")) {
      byte[] bytes = in.readAllBytes();
      Class<?> code = defineClass(Code.class.getName(), bytes, 0, bytes.length);
      return (Consumer<Runnable>) code.getConstructor().newInstance();
    }
  }

  /** Loaded again by each application. */
  public static final class Code implements Consumer<Runnable> {
    @Override
    public void accept(Runnable library) {
      library.run();
    }
  }
}
