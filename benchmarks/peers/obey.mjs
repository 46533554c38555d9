// What obey.py is for the peers in Python: says the port, broadcasts when told to. hrtime is the clock of all of them.
import { createInterface } from "node:readline";

export const EVENT = "round.opened";
export const PARAMS = { room: "482913", x: "y".repeat(225) };
export const TEXT = JSON.stringify({ jsonrpc: "2.0", method: EVENT, params: PARAMS });
export const SMALL = JSON.stringify({ jsonrpc: "2.0", method: "room.locked", params: { room: "482913", x: "y".repeat(60) } });

const now = () => Number(process.hrtime.bigint()) / 1e9;
const say = (answer) => process.stdout.write(JSON.stringify(answer) + "\n");

export function obey(port, ways) {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    const began = now();
    line === "rest" ? globalThis.gc() : ways[line]();
    say({ began, called: now() });
  });
  lines.on("close", () => process.exit(0));
  say({ port });
}
