// What a WebSocket close code asks of the browser (docs/protocol.md).

const NAMES = {
  4000: "node_draining", 4001: "slow_connection", 4003: "internal",
  4500: "token_invalid", 4501: "replaced", 4502: "kicked", 4503: "room_over",
  4504: "protocol_error", 4505: "origin_refused", 4506: "rate_limited", 4507: "inactive",
};

export const closeName = (code) => NAMES[code] ?? "closed";

/** "waiting": come back by itself; "asleep": when its person does something; "stopped": stay away. */
export function afterClose(code) {
  if (code === 4507) return "asleep";
  // Only the server's own refusals keep a browser away; everything else is weather.
  return code >= 4500 && code <= 4999 ? "stopped" : "waiting";
}
