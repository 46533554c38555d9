// socket.io 4: emit to a room, over WebSockets only.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { EVENT, obey, PARAMS } from "./obey.mjs";

const http = createServer();
const options = { transports: ["websocket"], perMessageDeflate: false, pingInterval: 3_600_000, pingTimeout: 3_600_000 };
const io = new Server(http, options);

io.on("connection", (socket) => socket.join("crowd"));
http.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () =>
  obey(http.address().port, { go: () => io.to("crowd").emit(EVENT, PARAMS) }),
);
