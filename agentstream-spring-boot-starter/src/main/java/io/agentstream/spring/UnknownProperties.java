package io.agentstream.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses to start with properties that begin with {@code agentstream} and do not exist, because a
 * limit that is misspelt limits nothing. Boot's own check would print their values, which may be
 * keys, and accepts all system properties.
 *
 * <p>A property is accepted below the prefix of another bean with {@code @ConfigurationProperties}.
 * A system property is refused only if it is similar to an existing one with as many parts, because
 * other programs' names may begin in the same way. A variable of the environment is never refused,
 * because orchestrators set variables named after services; a similar one is logged.
 */
final class UnknownProperties implements BeanFactoryPostProcessor {

  private static final Logger log = LoggerFactory.getLogger(UnknownProperties.class);
  private static final ConfigurationPropertyName PREFIX =
      ConfigurationPropertyName.of("agentstream");

  private final Environment environment;
  private final PropertyNames known = new PropertyNames();

  UnknownProperties(Environment environment) {
    this.environment = environment;
  }

  /**
   * @throws StartFailure if there is such a property, unless {@code agentstream.strict} is false
   */
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    List<ConfigurationPropertyName> others = prefixesOfOthers(beans);
    Map<ConfigurationPropertyName, String> mistakes = new LinkedHashMap<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource listed) {
        listed.stream()
            .filter(PREFIX::isAncestorOf)
            .filter(name -> others.stream().noneMatch(other -> isIn(other, name)))
            .forEach(name -> check(listed, name, mistakes));
      }
    }
    if (mistakes.isEmpty()) {
      return;
    }
    String all = String.join("; ", mistakes.values());
    if (environment.getProperty("agentstream.strict", Boolean.class, true)) {
      throw new StartFailure(all);
    }
    log.warn("{}", all);
  }

  private static boolean isIn(
      ConfigurationPropertyName prefix, ConfigurationPropertyName property) {
    return prefix.equals(property) || prefix.isAncestorOf(property);
  }

  private static List<ConfigurationPropertyName> prefixesOfOthers(
      ConfigurableListableBeanFactory beans) {
    List<ConfigurationPropertyName> prefixes = new ArrayList<>();
    for (String bean : beans.getBeanDefinitionNames()) {
      ConfigurationProperties bound =
          beans.findAnnotationOnBean(bean, ConfigurationProperties.class, false);
      if (bound != null && beans.getType(bean, false) != AgentstreamProperties.class) {
        ConfigurationPropertyName prefix = ConfigurationPropertyName.ofIfValid(bound.prefix());
        if (prefix != null && isIn(PREFIX, prefix)) {
          prefixes.add(prefix);
        }
      }
    }
    return prefixes;
  }

  private void check(
      IterableConfigurationPropertySource source,
      ConfigurationPropertyName name,
      Map<ConfigurationPropertyName, String> mistakes) {
    ConfigurationPropertyName property = name;
    while (property.isLastElementIndexed()) {
      property = property.getParent();
    }
    String relative = property.subName(1).toString();
    PropertySource<?> underlying = (PropertySource<?>) source.getUnderlyingSource();
    if (underlying instanceof SystemEnvironmentPropertySource) {
      checkVariable(relative);
    } else if (!known.contains(relative)) {
      String meant = known.meant(relative);
      boolean ofTheSystem =
          underlying.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
      if (!ofTheSystem || (meant != null && depth(meant) == depth(relative))) {
        mistakes.putIfAbsent(property, mistake(source, name, relative, meant));
      }
    }
  }

  private static int depth(String name) {
    return ConfigurationPropertyName.of(name).getNumberOfElements();
  }

  private String mistake(
      IterableConfigurationPropertySource source,
      ConfigurationPropertyName name,
      String relative,
      @Nullable String meant) {
    ConfigurationProperty property = source.getConfigurationProperty(name);
    return PREFIX
        + "."
        + relative
        + " is no property"
        + (property == null || property.getOrigin() == null
            ? ""
            : " (" + property.getOrigin() + ")")
        + (meant != null
            ? "; did you mean " + PREFIX + "." + meant + "?"
            : "; known here: " + String.join(", ", known.beside(relative)));
  }

  private void checkVariable(String relative) {
    boolean ofAnOrchestrator = relative.startsWith("port") || relative.startsWith("service.");
    if (ofAnOrchestrator || known.containsVariable(relative)) {
      return;
    }
    String meant = known.meant(relative);
    if (meant != null) {
      log.warn(
          "A variable of the environment sets {}.{}, which is no property; did you mean {}.{}?",
          PREFIX,
          relative,
          PREFIX,
          meant);
    }
  }
}
