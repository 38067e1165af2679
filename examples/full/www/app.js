/** Connects again after a loss, each time a little later. */
function keep(open) {
  const first = 1000;
  const most = 8000;
  let wait = first;
  const lost = () => {
    setTimeout(start, wait);
    wait = Math.min(2 * wait, most);
  };
  const start = () => open({ up: () => (wait = first), lost });
  start();
}

const byId = (id) => document.getElementById(id);

/** Calls the API; throws with a text for people. */
async function call(path, options) {
  const response = await fetch(path, options).catch(() => Promise.reject(new Error("The board does not answer.")));
  if (response.ok) return response;
  const { error } = await response.json().catch(() => ({ error: response.statusText }));
  throw new Error(`The board refused: ${error}.`);
}

// Live values ---------------------------------------------------------------------------------------------------------

const link = byId("link");
const led = byId("led");
const interval = byId("interval");
const controlNote = byId("control-note");

/** Requests under way that change what the board tells: until they are answered it may tell what was. */
let changes = 0;

function showLink(state, text) {
  if (link.dataset.state !== state) {
    link.dataset.state = state;
    link.textContent = text;
  }
  const isLive = state === "live";
  byId("values").classList.toggle("stale", !isLive);
  led.disabled = interval.disabled = !isLive;
}

const unit = (value, unit, digits = 0) =>
  value === null
    ? "–"
    : `${value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${unit}`;

function duration(seconds) {
  const parts = [
    [Math.floor(seconds / 86400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2);
  return shown.map(([count, name]) => `${count} ${name}`).join(" ");
}

function button({ pressed, presses }) {
  if (pressed) return "pressed";
  return presses === 1 ? "pressed once" : `pressed ${presses} times`;
}

function showState(state) {
  byId("temperature").textContent = unit(state.temperature, "°C", 1);
  byId("light").textContent = unit(state.light, "mV");
  byId("button").textContent = button(state);
  byId("memory").textContent = unit(state.freeMemory / 1024, "KiB", 1);
  byId("uptime").textContent = duration(state.uptime);
  byId("clients").textContent = state.clients === 1 ? "1 page" : `${state.clients} pages`;
  if (changes > 0) return;
  led.checked = state.led;
  interval.value = String(state.interval);
}

keep(({ up, lost }) => {
  const source = new EventSource("/api/events");
  let timer;
  const end = () => {
    clearTimeout(timer);
    source.close();
    showLink("lost", "reconnecting");
    lost();
  };
  /** A connection that is cut somewhere on its way says nothing about it. */
  const expect = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(end, (seconds + 5) * 1000);
  };
  expect(10);
  source.onerror = end;
  source.addEventListener("state", ({ data }) => {
    const state = JSON.parse(data);
    expect(state.interval);
    up();
    showState(state);
    showLink("live", "live");
  });
});

async function change(path, options) {
  changes++;
  controlNote.textContent = "";
  try {
    await call(path, options);
  } catch (error) {
    controlNote.textContent = error.message;
  } finally {
    changes--;
  }
}

led.addEventListener("change", () => change("/api/led", { method: "PUT", body: JSON.stringify({ on: led.checked }) }));

interval.addEventListener("change", () =>
  change("/api/interval", { method: "POST", body: new URLSearchParams({ seconds: interval.value }) }),
);

// Echo ----------------------------------------------------------------------------------------------------------------

const echoLog = byId("echo-log");
const echoText = byId("echo-text");
const echoSend = byId("echo-send");
let socket;

function say(text, kind = "") {
  const line = document.createElement("li");
  line.textContent = text;
  line.className = kind;
  echoLog.append(line);
  while (echoLog.children.length > 50) echoLog.firstChild.remove();
  echoLog.scrollTop = echoLog.scrollHeight;
}

keep(({ up, lost }) => {
  socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws/echo`);
  socket.onopen = () => {
    up();
    echoSend.disabled = false;
  };
  socket.onmessage = ({ data }) => say(data);
  socket.onclose = () => {
    if (!echoSend.disabled) say("Connection lost.", "own");
    echoSend.disabled = true;
    lost();
  };
});

byId("echo").addEventListener("submit", (event) => {
  event.preventDefault();
  if (echoSend.disabled) return;
  say(echoText.value, "own");
  socket.send(echoText.value);
  echoText.value = "";
});

// Restart -------------------------------------------------------------------------------------------------------------

byId("restart").addEventListener("submit", async (event) => {
  event.preventDefault();
  const token = byId("token");
  const note = byId("restart-note");
  note.className = "note";
  note.textContent = "";
  try {
    await call("/api/restart", { method: "POST", headers: { Authorization: `Bearer ${token.value}` } });
    note.textContent = "The board restarts.";
    token.value = "";
  } catch (error) {
    note.classList.add("bad");
    note.textContent = error.message;
  }
});
