package dev.autopilot.gateway.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The routes as a tree of path segments. Immutable; finding a route allocates nothing.
 *
 * <p>Nothing below {@code /internal} or {@code /q} can be put into it: those are for the services
 * among themselves.
 */
public final class RouteTable {
  private static final Set<String> NEVER_ROUTED = Set.of("internal", "q");
  private static final String WILDCARD = "*";

  private final Node root = new Node("");
  private final Route nowhere;
  private final List<Route> routes = new ArrayList<>();

  /**
   * @param services the names that routes may lead to
   * @param nowhere what holds for paths that no route leads to; the gateway itself answers there
   * @throws IllegalArgumentException with one sentence that says what is wrong with a route
   */
  public RouteTable(
      Map<String, ? extends RoutesSettings.RouteSettings> settings,
      Set<String> services,
      Route nowhere) {
    this.nowhere = nowhere;
    settings.forEach((name, route) -> {
      if (!services.contains(route.service())) {
        throw new IllegalArgumentException(
            "gateway.routes.%s.service is \"%s\", which has no autopilot.services.%s.url; there are %s."
                .formatted(name, route.service(), route.service(), new TreeSet<>(services)));
      }
      if (route.timeout().isNegative() || route.timeout().isZero()) {
        throw new IllegalArgumentException(
            "gateway.routes.%s.timeout must be more than nothing.".formatted(name));
      }
      route.paths().forEach(path -> add(name, path, route));
    });
  }

  /** The most specific route for a normalised path; every path has one. */
  public Route find(String path) {
    Route found = path.length() == 1 ? root.route : find(root, path, 1);
    return found == null ? nowhere : found;
  }

  /** All of them, and last the one that leads nowhere. */
  public List<Route> routes() {
    List<Route> all = new ArrayList<>(routes);
    all.add(nowhere);
    return all;
  }

  private void add(String name, String path, RoutesSettings.RouteSettings settings) {
    if (!path.startsWith("/") || path.contains("//") || (path.length() > 1 && path.endsWith("/"))) {
      throw new IllegalArgumentException(
          "gateway.routes.%s.paths: \"%s\" is not a path such as /api/records."
              .formatted(name, path));
    }
    String[] segments = path.length() == 1 ? new String[0] : path.substring(1).split("/");
    if (segments.length > 0
        && (NEVER_ROUTED.contains(segments[0]) || segments[0].equals(WILDCARD))) {
      throw new IllegalArgumentException(
          "gateway.routes.%s.paths: \"%s\" is never routed.".formatted(name, path));
    }
    Node node = root;
    for (String segment : segments) {
      node = node.child(segment);
    }
    if (node.route != null) {
      throw new IllegalArgumentException(
          "gateway.routes.%s.paths: \"%s\" belongs to gateway.routes.%s already."
              .formatted(name, path, node.route.name()));
    }
    node.route = Route.of(name, path, segments.length, settings);
    routes.add(node.route);
  }

  private static @Nullable Route find(Node node, String path, int from) {
    Route best = node.segment.isEmpty() ? null : node.route;
    if (from >= path.length()) {
      return best;
    }
    int slash = path.indexOf('/', from);
    int end = slash < 0 ? path.length() : slash;
    for (Node child : node.children) {
      if (child.matches(path, from, end)) {
        best = moreSpecific(find(child, path, end + 1), best);
      }
    }
    return best;
  }

  /** Literal segments come before wildcards among the children, and so win when equally long. */
  private static @Nullable Route moreSpecific(@Nullable Route found, @Nullable Route best) {
    if (found == null) {
      return best;
    }
    return best == null || found.segments() > best.segments() ? found : best;
  }

  private static final class Node {
    final String segment;
    final boolean wildcard;
    Node[] children = {};
    @Nullable Route route;

    Node(String segment) {
      this.segment = segment;
      this.wildcard = segment.equals(WILDCARD);
    }

    boolean matches(String path, int from, int end) {
      return wildcard
          ? end > from
          : end - from == segment.length() && path.startsWith(segment, from);
    }

    Node child(String name) {
      for (Node child : children) {
        if (child.segment.equals(name)) {
          return child;
        }
      }
      Node added = new Node(name);
      Node[] more = new Node[children.length + 1];
      int at = added.wildcard ? children.length : 0;
      System.arraycopy(children, 0, more, at == 0 ? 1 : 0, children.length);
      more[at] = added;
      children = more;
      return added;
    }
  }
}
