// ws 8: client.send in a loop, as its README shows it, and one frame made once and written to every socket.
import { WebSocketServer, Sender } from "ws";
import { obey, SMALL, TEXT } from "./obey.mjs";

const topics = new Map();
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 4096 });

server.on("connection", (client, request) => {
  const topic = request.url;
  if (!topics.has(topic)) topics.set(topic, new Set());
  topics.get(topic).add(client);
  client.on("message", () => topics.get(topic).forEach((member) => member.send(SMALL)));
});

function loop() {
  for (const client of topics.get("/crowd")) client.send(TEXT);
}

function prepared() {
  const options = { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: false };
  const frame = Buffer.concat(Sender.frame(Buffer.from(TEXT), options));
  for (const client of topics.get("/crowd")) client._socket.write(frame);
}

server.on("listening", () => obey(server.address().port, { loop, prepared }));
