package dev.autopilot.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Client} of a whole suite: the gateway, the six services, PostgreSQL and
 * Kafka as real processes with fresh data, started once for all test classes.
 */
public final class WholeSuite implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Client.class || type == Home.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Home home =
        context
            .getRoot()
            .getStore(Namespace.create(WholeSuite.class))
            .computeIfAbsent(Home.class, _ -> Home.start(System.out), Home.class);
    return parameter.getParameter().getType() == Home.class ? home : Client.of(home.gateway());
  }
}
