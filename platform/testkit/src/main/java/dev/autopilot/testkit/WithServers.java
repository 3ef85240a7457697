package dev.autopilot.testkit;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Beside {@code @QuarkusTest}: the application under test gets a real PostgreSQL with a schema and
 * role of its own, a real Kafka, and the address of the test key's JWKS. The servers start once in
 * a test run; {@code -Dtestkit.servers=containers|embedded|auto} chooses where they come from.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@WithTestResource(value = ServersForTests.class, scope = TestResourceScope.GLOBAL)
public @interface WithServers {}
