package dev.autopilot.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tells the application under test where its surroundings are. */
public class ServersForTests implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    String service = ConfigProvider.getConfig().getValue("autopilot.service", String.class);
    Map<String, String> settings = new LinkedHashMap<>(Servers.running().settingsFor(service));
    settings.put("autopilot.jwks-url", TestKey.jwksUrl());
    settings.put("autopilot.public-url", TestKey.ISSUER);
    settings.put("SECRET_KEY", "the master key of tests, long enough to be accepted");
    return settings;
  }

  /** The servers outlive the application: the next test class uses them too. */
  @Override
  public void stop() {}
}
