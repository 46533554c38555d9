// What a browser knows about a room: pure reduce(state, event), the same for every audience.
// Invariant: `seq` is the last event applied; a gap is never bridged, it sets needsResync.

/** Nothing of the last question may show in the next one. */
const FRESH_ROUND = {
  opensAt: null, openedAt: null, closesAt: null, announcedAt: null, answered: 0, cloud: null,
  key: null, distribution: null, explanation: "", explanation_html: "", transcript: "",
};

export const initialState = Object.freeze({
  isKnown: false, needsResync: false, seq: 0, epoch: null,
  phase: null, title: "", settings: {}, locked: false, participants: 0, names: [], to_check: [], connected: null,
  round: 0, rounds: 0, question: null, ...FRESH_ROUND,
  standings: null, previousStandings: null, podium: null,
  you: null, finished: null, isKicked: false,
});

const NAMES_MAX = 200;

/** What a name.… event changes: host and screen are told all the names that may be seen now. */
const named = (isAsked) => (state, p) => ({
  names: p.names ?? state.names, to_check: p.to_check ?? state.to_check, standings: p.standings ?? state.standings,
  ...(p.participant === state.you?.participant.id && you(state, { asked_to_rename: isAsked })),
});

/** What an event changes; null when it is about another round than the one that is on. */
const CHANGES = {
  "round.announced": (_, p) => ({
    ...FRESH_ROUND, phase: "READ", round: p.round, rounds: p.rounds, question: p.question,
    opensAt: p.opens_at, announcedAt: p.server_time,
  }),
  "round.opened": (_, p) => ({
    ...FRESH_ROUND, phase: "OPEN", round: p.round, rounds: p.rounds, question: p.question,
    openedAt: p.opened_at, closesAt: p.closes_at ?? null,
  }),
  // Most of them come without the cloud: then it is as it was.
  "round.progress": (state, p) => (p.round === state.round
    ? { answered: p.answered, connected: p.connected ?? state.connected, cloud: p.cloud ?? state.cloud } : null),
  "round.extended": (state, p) => (p.round === state.round ? { closesAt: p.closes_at } : null),
  "round.closed": (_, p) => ({
    phase: "REVEAL", round: p.round, key: p.key ?? null, distribution: p.distribution ?? null,
    explanation: p.explanation ?? "", explanation_html: p.explanation_html ?? "", transcript: p.transcript ?? "",
  }),
  "answer.graded": (state, p) => you(state, { graded: p, score: p.score, rank: p.rank, streak: p.streak }),
  "standings.shown": (state, p) => ({ phase: "STANDINGS", standings: p.top, previousStandings: state.standings }),
  "room.locked": (_, p) => ({ locked: p.locked }),
  "room.ended": (_, p) => ({ phase: "FINISHED", podium: p.podium ?? [] }),
  "participant.finished": (state, p) => ({ finished: p, ...you(state, { score: p.score, rank: p.rank }) }),
  "participant.kicked": (state, p) =>
    state.you && (p.participant?.id ?? p.participant) === state.you.participant.id ? { isKicked: true } : null,
  "lobby.changed": (state, p) => ({
    participants: p.participants, names: mergeNames(state, p), to_check: p.to_check ?? state.to_check,
  }),
  "name.kept": named(false),
  "name.refused": named(true),
  "name.changed": named(false),
  // Local, not on the wire: the receipt of answer.submit.
  "answer.stored": (state, p) => you(state, { answer: p }),
};

/** `event` is a notification, or the reply to room.subscribe as {method: "subscribed", params: reply}. */
export function reduce(state, { method, params }) {
  if (method === "subscribed") return subscribed(state, params);
  if (!state.isKnown || params.seq <= state.seq) return state;
  if (params.seq > state.seq + 1) return { ...state, needsResync: true };
  // An event that we do not know still moves seq: newer servers may say more than we understand.
  const changes = CHANGES[method]?.(state, params);
  if (params.seq == null) return changes ? { ...state, ...changes } : state;
  return { ...state, ...changes, seq: params.seq };
}

function subscribed(state, reply) {
  const { snapshot, events = [], seq, epoch } = reply;
  const base = snapshot ? fromSnapshot(state, snapshot, reply.server_time) : events.reduce(reduce, state);
  const next = { ...base, seq, epoch, isKnown: true, needsResync: false };
  return reply.you ? { ...next, ...you(next, { answer: null, graded: null, asked_to_rename: false, ...reply.you }) } : next;
}

function fromSnapshot(state, snapshot, serverTime) {
  const { opens_at: opensAt, opened_at: openedAt, closes_at: closesAt, ...rest } = snapshot;
  const isRead = rest.phase === "READ";
  const isEnd = rest.phase === "FINISHED";
  return {
    ...initialState, ...rest,
    opensAt: opensAt ?? null, openedAt: openedAt ?? null, closesAt: closesAt ?? null,
    announcedAt: isRead ? serverTime : null,
    podium: isEnd ? (rest.standings ?? []).slice(0, 3) : null,
    previousStandings: rest.phase === state.phase ? state.previousStandings : state.standings,
    you: state.you, finished: state.finished, connected: state.connected,
  };
}

const you = (state, changes) => ({ you: { score: 0, rank: null, streak: 0, ...state.you, ...changes } });

/** `recent` holds at most 50 names: all of them in a small room, the newest in a large one. */
function mergeNames(state, { participants, recent }) {
  if (!recent) return state.names;
  const merged = [...new Set([...state.names, ...recent])];
  // More names than seats, or fewer seats than before: somebody was removed, and their name must not stay on a wall.
  if (merged.length > participants || participants < state.participants) return recent;
  return merged.slice(-NAMES_MAX);
}

const ofRound = (state, what) => (what?.round === state.round ? what : null);

/** The answer and the grade of the round that is on, or null: what `you` holds may be from an earlier one. */
export const answerOf = (state) => ofRound(state, state.you?.answer);
export const gradedOf = (state) => ofRound(state, state.you?.graded);
