package com.example.debate;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class DebateApplication {

  public static void main(String[] args) {
    SpringApplication.run(DebateApplication.class, args);
  }

  @Bean
  Agent optimist(StreamingChatModel model) {
    return Agent.builder("Optimist")
        .systemPrompt("You see the good. Two sentences.")
        .model(model)
        .build();
  }

  @Bean
  Agent skeptic(StreamingChatModel model) {
    return Agent.builder("Skeptic")
        .systemPrompt("You see the catch. Two sentences.")
        .model(model)
        .build();
  }
}
