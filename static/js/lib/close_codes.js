// What a WebSocket close code asks of the browser (docs/protocol.md).

const NAMES = {
  4000: "node_draining", 4001: "slow_connection", 4003: "internal",
  4500: "token_invalid", 4501: "replaced", 4502: "kicked", 4503: "room_over",
  4504: "protocol_error", 4505: "origin_refused", 4506: "rate_limited", 4507: "inactive",
};

/** "retry": come back by itself; "wait": when its person does something; "stop": stay away. */
export function afterClose(code) {
  if (code === 4507) return "wait";
  // Only the server's own refusals keep a browser away; everything else is weather.
  return code >= 4500 && code <= 4999 ? "stop" : "retry";
}

export const closeName = (code) => NAMES[code] ?? "closed";
