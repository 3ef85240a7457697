package dev.autopilot.events.envelope;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Lets a native image write every event, whoever tells it: Jackson finds a record's components by
 * reflection, and what an image isn't told of it doesn't have. Named in {@code
 * META-INF/native-image}; a JVM never loads it.
 */
public final class EventsInImages implements Feature {
  private static final String OURS = "dev.autopilot.";

  private final Set<Class<?>> known = ConcurrentHashMap.newKeySet();

  @Override
  public String getDescription() {
    return "Events are written by reflection";
  }

  @Override
  public void beforeAnalysis(BeforeAnalysisAccess image) {
    image.registerSubtypeReachabilityHandler((_, event) -> register(event), DomainEvent.class);
  }

  private void register(Type type) {
    switch (type) {
      case Class<?> shape -> registerShape(shape);
      case ParameterizedType generic -> {
        for (Type argument : generic.getActualTypeArguments()) {
          register(argument);
        }
      }
      case WildcardType bounded -> register(bounded.getUpperBounds()[0]);
      default -> {
        // A type variable is somebody else's, and an array's members are seen by its class.
      }
    }
  }

  private void registerShape(Class<?> shape) {
    if (shape.isArray()) {
      registerShape(shape.componentType());
    }
    if (!shape.getName().startsWith(OURS) || !known.add(shape)) {
      return;
    }
    RuntimeReflection.register(shape);
    RuntimeReflection.register(shape.getDeclaredConstructors());
    RuntimeReflection.register(shape.getDeclaredMethods());
    RuntimeReflection.register(shape.getDeclaredFields());
    if (shape.isRecord()) {
      RuntimeReflection.registerAllRecordComponents(shape);
      for (RecordComponent component : shape.getRecordComponents()) {
        register(component.getGenericType());
      }
    }
  }
}
