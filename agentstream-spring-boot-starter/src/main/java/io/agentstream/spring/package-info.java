/**
 * Configures agentstream in a Spring Boot application, 3.5 or 4.0, from its beans and from
 * properties that begin with {@code agentstream}. {@link
 * io.agentstream.spring.AgentstreamAutoConfiguration} lists the beans; each of them backs off
 * before one of the application. {@link io.agentstream.spring.HubCustomizer} sets what no property
 * does.
 */
@NullMarked
package io.agentstream.spring;

import org.jspecify.annotations.NullMarked;
