package io.agentstream.spring;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** A small application as its users write it. */
@SpringBootConfiguration
@EnableAutoConfiguration
class DebateApplication {

  @Bean
  @Order(1)
  Agent optimist(StreamingChatModel model) {
    return Agent.builder("Optimist").systemPrompt("You see the good.").model(model).build();
  }

  @Bean
  @Order(2)
  Agent skeptic(StreamingChatModel model) {
    return Agent.builder("Skeptic").systemPrompt("You see the catch.").model(model).build();
  }

  @Bean
  GroupChat debate(Agent optimist, Agent skeptic) {
    return GroupChat.builder().participants(optimist, skeptic).maxRounds(1).build();
  }

  @Bean
  Weather weather() {
    return new Weather();
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/ws", "/agentstream/**", "/actuator/**")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .formLogin(Customizer.withDefaults())
        .csrf(AbstractHttpConfigurer::disable)
        .build();
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(user("ada"), user("bob"));
  }

  private static UserDetails user(String name) {
    return User.withUsername(name).password("{noop}secret").roles("USER").build();
  }

  /** A bean with a tool, for team files. */
  static class Weather {
    @Tool("The weather in a town")
    String weather(String town) {
      return "Rain in " + town;
    }
  }
}
