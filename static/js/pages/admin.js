// The admin's page: one line of health, then rooms, nodes and plots, once a second.

import { createAlerts } from "../admin/alerts.js";
import { bindAnnounce } from "../admin/announce.js";
import { createAudit } from "../admin/audit.js";
import { createFigures } from "../admin/figures.js";
import { createFreshness } from "../admin/freshness.js";
import { healthOf } from "../admin/health.js";
import { addPoint } from "../admin/history.js";
import { put } from "../admin/keyed.js";
import { createNodes, createShards } from "../admin/nodes.js";
import { createPlot } from "../admin/plot.js";
import { createRooms } from "../admin/rooms.js";
import { createUnits } from "../admin/units.js";
import { createBell } from "../bell/bell.js";
import { api } from "../host/api.js";
import { readWords } from "../lib/dom.js";
import { connect } from "../lib/socket.js";

// A handshake refused with 401 looks like any lost connection; after so many we ask why.
const TRIES_BEFORE_ASKING = 3;

const byId = (id) => document.getElementById(id);
const language = document.documentElement.lang || undefined;
const word = readWords();
const units = createUnits(word, language);
const say = { word, units, language };
const main = byId("main");
const freshness = createFreshness(byId("stale"), { word, units, main });
const SHOWN = {
  connections: { show: units.number, least: 10 },
  events_per_s: { show: units.rate, least: 10 },
  answers_per_s: { show: units.rate, least: 10 },
  delivery_p99_ms: { show: units.ms, least: 10 },
  loop_lag_ms: { show: units.ms, least: 10 },
};
const plots = [...document.querySelectorAll("[data-plot]")].map((figure) =>
  createPlot(figure, { ...SHOWN[figure.dataset.plot], word, units }));
const [showAlerts, showFigures, showRooms, showNodes, showShards] = [
  createAlerts(byId("alerts"), say), createFigures(byId("figures"), say), createRooms(byId("rooms-section"), say),
  createNodes(byId("nodes"), say), createShards(byId("shards-section"), say),
];
const loadAudit = createAudit(byId("audit-section"), say);
const bell = createBell();
let history = [];
let stats = null;
let spoken = "";

function show(next) {
  stats = next;
  history = addPoint(history, stats.point);
  main.dataset.state = "known";
  freshness.heard();
  drawHealth();
  showAlerts(stats);
  showFigures(stats);
  showRooms(stats);
  showNodes(stats.nodes);
  showShards(stats.shards);
  for (const place of document.querySelectorAll("[data-this-node]")) put(place, stats.nodes.length > 1 ? stats.node : "");
  for (const plot of plots) plot.update(history);
}

function drawHealth() {
  const { level, sentence } = healthOf(stats, say);
  byId("health").dataset.level = level;
  put(byId("health-words"), sentence);
  // Numbers that tremble are not read out; what has gone wrong, or is well again, is.
  const news = level === "calm" ? level : sentence;
  if (spoken && news !== spoken) put(byId("spoken"), sentence);
  spoken = news;
}

async function subscribe() {
  try {
    const reply = await socket.request("admin.subscribe");
    history = reply.history;
    show(reply.stats);
  } catch (error) {
    if (error.code === "forbidden") freshness.problem(word("refused"));
    // Any other reason goes with the connection, and the next one asks again.
    else if (socket.isOpen) setTimeout(subscribe, 2000);
  }
}

async function askWhy() {
  try {
    await api("GET", "/api/v1/admin/overview");
  } catch (error) {
    if (error.status === 401 || error.status === 403) freshness.problem(word("signed-out"));
  }
}

const socket = connect(`${location.origin.replace("http", "ws")}/ws`, [], {
  onOpen() {
    subscribe();
    bell.refresh();
  },
  onEvent: (event) => (event.method === "admin.stats" ? show(event.params) : bell.heard(event)),
  onStatus(status, { tries }) {
    if (status === "stopped") freshness.problem(word("signed-out"));
    else if (tries === TRIES_BEFORE_ASKING) askWhy();
  },
});

const form = byId("announce");
// A room is typed for one room only.
function chooseReach() {
  const isRoom = form.elements.reach.value === "room";
  byId("announce-room").hidden = !isRoom;
  form.elements.room.required = isRoom;
}
form.addEventListener("change", chooseReach);
chooseReach();
bindAnnounce(form, {
  word,
  roomOf: () => (form.elements.reach.value === "room" ? form.elements.room.value.replace(/[\s-]/g, "") : null),
  reach(room) {
    if (room === null) return word("to-everyone", { connections: units.count("connections", stats?.totals.connections ?? 0) });
    const title = stats?.rooms.find(({ pin }) => pin === room)?.title;
    return title ? word("to-room-known", { room, title }) : word("to-room", { room });
  },
  onSent: loadAudit,
});
