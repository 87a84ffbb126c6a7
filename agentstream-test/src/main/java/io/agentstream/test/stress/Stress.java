package io.agentstream.test.stress;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test whose outcome must not depend on how busy the machine is, in place of {@code @Test}.
 *
 * <p>The test runs once, without pressure, unless the system property {@code agentstream.stress} is
 * a number. In that case it runs that many times under {@link Pressure}, with a different kind each
 * time. All such tests have the tag {@code stress}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@Tag("stress")
@ExtendWith(StressExtension.class)
public @interface Stress {}
