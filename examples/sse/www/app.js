const byId = (id) => document.getElementById(id);
const target = byId("target");

/** Listens to an event, for good: a browser gives up where it is answered with an error. */
function listen(path, event, show) {
  const source = new EventSource(path);
  source.addEventListener(event, ({ data }) => show(JSON.parse(data)));
  source.onopen = () => (byId("link").textContent = "live");
  source.onerror = () => {
    byId("link").textContent = "reconnecting";
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(path, event, show), 3000);
  };
}

function showTarget(degrees) {
  byId("target-value").textContent = `${degrees.toFixed(1)} °C`;
}

function showRoom(room) {
  byId("temperature").textContent = `${room.temperature.toFixed(1)} °C`;
  byId("heater").textContent = room.boost ? "boosted" : room.heating ? "on" : "off";
  if (target.matches(":active")) return; // someone is moving it
  target.value = room.target;
  showTarget(room.target);
}

async function call(path, options) {
  const note = byId("note");
  note.textContent = "";
  try {
    const response = await fetch(path, options);
    const answer = await response.json();
    if (response.ok) showRoom(answer);
    else note.textContent = answer.error;
  } catch {
    note.textContent = "The server does not answer.";
  }
}

target.addEventListener("input", () => showTarget(target.valueAsNumber));
target.addEventListener("change", () =>
  call("/api/room", { method: "PUT", body: JSON.stringify({ target: target.valueAsNumber }) }),
);
byId("boost").addEventListener("click", () => call("/api/boost", { method: "POST" }));

listen("/api/events", "room", showRoom);
listen("/events", "tick", (seconds) => (byId("ticks").textContent = `${seconds} s`));
