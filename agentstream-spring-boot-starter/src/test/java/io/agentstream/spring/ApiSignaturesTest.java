package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The signatures that applications can use, of all library modules: this module is the only one
 * that has all of them on its class path.
 */
class ApiSignaturesTest {

  /** A package of each module. */
  static final List<String> MODULES =
      List.of(
          "chat",
          "http",
          "jakarta",
          "jdbc",
          "micrometer",
          "opentelemetry",
          "redis",
          "spring",
          "teams",
          "test");

  private static final Pattern INTERNAL =
      Pattern.compile("io\\.agentstream(\\.\\w+)*\\.internal\\b");

  /** Imported once for all tests, because that takes seconds. */
  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.agentstream");

  @Test
  void no_signature_of_the_api_names_an_internal_type() {
    for (String module : MODULES) {
      assertThat(ALL.stream().filter(type -> isOf(module, type)).filter(ApiSignaturesTest::isApi))
          .as(module)
          .isNotEmpty();
    }
    assertThat(ALL.stream().filter(ApiSignaturesTest::isApi))
        .allSatisfy(type -> assertThat(named(type)).noneMatch(ApiSignaturesTest::isInternal));
  }

  private static boolean isOf(String module, JavaClass type) {
    return (type.getPackageName() + ".").startsWith("io.agentstream." + module + ".");
  }

  private static boolean isInternal(JavaClass type) {
    return INTERNAL.matcher(type.getPackageName()).find();
  }

  /** Returns true if applications can use the type. */
  private static boolean isApi(JavaClass type) {
    return isOpen(type.getModifiers())
        && !isInternal(type)
        && type.getEnclosingClass().map(ApiSignaturesTest::isApi).orElse(true);
  }

  /** Returns the types that the signatures of a type and of its open members name. */
  private static Stream<JavaClass> named(JavaClass type) {
    Stream<JavaType> parents =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaClass> ofMembers =
        type.getMembers().stream()
            .filter(ApiSignaturesTest::isOpen)
            .flatMap(member -> member.getAllInvolvedRawTypes().stream());
    Stream<JavaClass> thrown =
        type.getCodeUnits().stream()
            .filter(ApiSignaturesTest::isOpen)
            .flatMap(unit -> unit.getExceptionTypes().stream());
    return Stream.of(
            parents.flatMap(parent -> parent.getAllInvolvedRawTypes().stream()), ofMembers, thrown)
        .flatMap(types -> types);
  }

  private static boolean isOpen(JavaMember member) {
    return !member.getModifiers().contains(JavaModifier.SYNTHETIC) && isOpen(member.getModifiers());
  }

  private static boolean isOpen(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }
}
