const words = {
  UP: "All services are up",
  DEGRADED: "Some services are away",
  DOWN: "The services are down",
};

function show(health) {
  const overall = document.getElementById("overall");
  overall.textContent = words[health.status];
  overall.dataset.status = health.status;
  document.getElementById("services").replaceChildren(
    ...Object.entries(health.services).map(([name, status]) => {
      const row = document.createElement("li");
      row.dataset.status = status;
      const label = document.createElement("span");
      label.textContent = name;
      const state = document.createElement("span");
      state.className = "state";
      state.textContent = status.toLowerCase();
      row.append(label, state);
      return row;
    }),
  );
}

async function refresh() {
  try {
    // A suite that is down says so with 503 and the same body.
    show(await (await fetch("/api/health", { cache: "no-store" })).json());
  } catch {
    show({ status: "DOWN", services: {} });
  }
}

document.getElementById("address").textContent = location.origin;
document.getElementById("example").textContent =
  `curl ${location.origin}/api/auth/register -H 'Content-Type: application/json' \\\n` +
  `  -d '{"email": "me@example.org", "password": "a long pass phrase", "name": "Me"}'`;
refresh();
setInterval(() => document.hidden || refresh(), 3000);
