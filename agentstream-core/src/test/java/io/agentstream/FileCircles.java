package io.agentstream;

import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds files of one package that use each other in a circle: the strongly connected components of
 * their graph, by Tarjan's algorithm. Nested classes count for the file they are in. Tests of other
 * modules use it too.
 */
public final class FileCircles {

  private final Map<String, Set<String>> uses = new TreeMap<>();
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final Set<Set<String>> circles = new HashSet<>();

  private FileCircles(JavaClasses classes) {
    for (JavaClass one : classes) {
      Set<String> used = uses.computeIfAbsent(file(one), name -> new TreeSet<>());
      Set<Integer> loggers = linesOfLoggers(one);
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().equals(one.getPackageName())
            && !isFamily(one, target)
            && !loggers.contains(dependency.getSourceCodeLocation().getLineNumber())) {
          used.add(file(target));
        }
      }
    }
  }

  /** Returns each set of files that form a circle, by their names after {@code io.agentstream.}. */
  public static Set<Set<String>> in(JavaClasses classes) {
    FileCircles search = new FileCircles(classes);
    for (String file : search.uses.keySet()) {
      if (!search.index.containsKey(file)) {
        search.visit(file);
      }
    }
    return search.circles;
  }

  private void visit(String file) {
    index.put(file, index.size());
    low.put(file, index.get(file));
    path.push(file);
    for (String used : uses.getOrDefault(file, Set.of())) {
      if (!index.containsKey(used)) {
        visit(used);
        low.merge(file, low.get(used), Math::min);
      } else if (path.contains(used)) {
        low.merge(file, index.get(used), Math::min);
      }
    }
    if (low.get(file).equals(index.get(file))) {
      Set<String> component = new TreeSet<>();
      String member;
      do {
        member = path.pop();
        component.add(member.substring("io.agentstream.".length()));
      } while (!member.equals(file));
      if (component.size() > 1) {
        circles.add(component);
      }
    }
  }

  /** A type may name its own subtypes: what it permits, and what its factories make. */
  private static boolean isFamily(JavaClass one, JavaClass target) {
    return target.isAssignableTo(one.getName());
  }

  /** Lines on which a class literal may only name a logger: nothing there counts as a use. */
  private static Set<Integer> linesOfLoggers(JavaClass one) {
    return one.getMethodCallsFromSelf().stream()
        .filter(call -> call.getTargetOwner().getName().equals("org.slf4j.LoggerFactory"))
        .map(JavaMethodCall::getLineNumber)
        .collect(toSet());
  }

  private static String file(JavaClass one) {
    String name = one.getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }
}
