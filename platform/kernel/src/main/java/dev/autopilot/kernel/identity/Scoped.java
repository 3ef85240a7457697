package dev.autopilot.kernel.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a token must allow to use a resource: reading needs the scope or its {@code :read} half,
 * everything else the whole scope. On a method it stands for that of the class.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Scoped {
  /** The scope's name, such as {@code projects}. */
  String value();
}
