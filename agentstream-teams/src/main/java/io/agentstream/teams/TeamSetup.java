package io.agentstream.teams;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The settings of {@link Teams} that no file holds. Immutable. */
public final class TeamSetup {

  private final ModelFactory factory;
  private final Map<String, StreamingChatModel> models;
  private final TeamExtensions extensions;
  private final Map<String, String> environment;
  private final Timeouts timeouts;
  private final Limits limits;
  private final @Nullable ChatClock clock;
  private final @Nullable Executor executor;

  private TeamSetup(Builder builder) {
    this.factory = builder.factory;
    this.models = Map.copyOf(builder.models);
    this.extensions = builder.extensions;
    this.environment = Map.copyOf(builder.environment);
    this.timeouts = builder.timeouts;
    this.limits = builder.limits;
    this.clock = builder.clock;
    this.executor = builder.executor;
  }

  /** Returns the setup with all defaults. */
  public static TeamSetup defaults() {
    return builder().build();
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  ModelFactory factory() {
    return factory;
  }

  Map<String, StreamingChatModel> models() {
    return models;
  }

  TeamExtensions extensions() {
    return extensions;
  }

  Map<String, String> environment() {
    return environment;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  Limits limits() {
    return limits;
  }

  @Nullable ChatClock clock() {
    return clock;
  }

  @Nullable Executor executor() {
    return executor;
  }

  /** Builds a {@link TeamSetup}. Not thread-safe. */
  public static final class Builder {
    private ModelFactory factory = ModelFactory.openAiCompatible();
    private final Map<String, StreamingChatModel> models = new LinkedHashMap<>();
    private TeamExtensions extensions = TeamExtensions.installed();
    private Map<String, String> environment = System.getenv();
    private Timeouts timeouts = Timeouts.defaults();
    private Limits limits = Limits.defaults();
    private @Nullable ChatClock clock;
    private @Nullable Executor executor;

    private Builder() {}

    /** Sets the factory for models; default {@link ModelFactory#openAiCompatible}. */
    public Builder modelFactory(ModelFactory factory) {
      this.factory = Objects.requireNonNull(factory, "factory");
      return this;
    }

    /** Sets a model of the program in place of the file's model of this name. */
    public Builder model(String name, StreamingChatModel model) {
      models.put(name, Objects.requireNonNull(model, "model"));
      return this;
    }

    /** Sets the extensions; default {@link TeamExtensions#installed}. */
    public Builder extensions(TeamExtensions extensions) {
      this.extensions = Objects.requireNonNull(extensions, "extensions");
      return this;
    }

    /** Sets the variables that hold keys, headers and values; default: the process's. */
    public Builder environment(Map<String, String> environment) {
      this.environment = Objects.requireNonNull(environment, "environment");
      return this;
    }

    /** Sets the timeouts of teams that set none; default {@link Timeouts#defaults}. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
      return this;
    }

    /** Sets the limits of teams that set none; default {@link Limits#defaults}. */
    public Builder limits(Limits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /** Sets the clock; default: the machine's. */
    public Builder clock(ChatClock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Sets the executor of all chats; default: core's. */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /** Returns the setup. */
    public TeamSetup build() {
      return new TeamSetup(this);
    }
  }
}
