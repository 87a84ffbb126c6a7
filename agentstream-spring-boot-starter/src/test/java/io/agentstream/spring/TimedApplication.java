package io.agentstream.spring;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application that ends when it has started, and prints what that took. */
public final class TimedApplication {

  private static final String[] SETTINGS = {
    "--server.port=0",
    "--spring.main.banner-mode=off",
    "--agentstream.model.base-url=http://localhost"
  };

  private TimedApplication() {}

  /** Takes whether the starter is on the class path. */
  public static void main(String[] arguments) {
    Class<?> application = Boolean.parseBoolean(arguments[0]) ? Talking.class : Plain.class;
    ConfigurableApplicationContext started = SpringApplication.run(application, SETTINGS);
    long millis = ManagementFactory.getRuntimeMXBean().getUptime();
    long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    System.gc();
    long bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    System.out.println(millis + " " + classes + " " + bytes / 1024);
    started.close();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Plain {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Talking {
    @Bean
    Agent ada(StreamingChatModel model) {
      return Agent.builder("Ada").model(model).build();
    }
  }
}
