// ws 8: an HMAC check of its own in verifyClient (Node has the parts, a library would do the same), JSON in and out.
import { createHmac, timingSafeEqual } from "node:crypto";
import { WebSocketServer } from "ws";

const SECRET = process.env.BENCH_SECRET;

function isWelcome(authorization = "") {
  const [head, claims, signature] = authorization.slice(7).split(".");
  if (!signature) return false;
  const wanted = createHmac("sha256", SECRET).update(`${head}.${claims}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false;
  const { exp, aud, iss } = JSON.parse(Buffer.from(claims, "base64url"));
  const { alg } = JSON.parse(Buffer.from(head, "base64url"));
  return alg === "HS256" && exp * 1000 > Date.now() && aud === "bench" && iss === "quizhall";
}

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: 0,
  path: "/ws",
  backlog: 4096,
  perMessageDeflate: false,
  verifyClient: ({ req }) => isWelcome(req.headers.authorization),
});

server.on("connection", (client) => {
  client.on("message", (text) => {
    const { id, params } = JSON.parse(text);
    client.send(JSON.stringify({ id, result: { status: "stored", id: params.id } }));
  });
});
server.on("listening", () => process.stdout.write(JSON.stringify({ port: server.address().port }) + "\n"));
process.stdin.on("close", () => process.exit(0)).resume();
