package dev.autopilot.gateway.testing;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Beside {@code @QuarkusTest}: a gateway whose services are {@link TestService}s. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@WithTestResource(value = GatewayUnderTest.class, scope = TestResourceScope.GLOBAL)
public @interface WithServices {}
