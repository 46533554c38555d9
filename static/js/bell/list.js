// What the bell knows, as a pure value. Those with an id are kept by the service; others are here until the page is left.

export const emptyBell = { items: [], kept: 0, next: null, status: "loading" };

const isUnread = ({ read_at: readAt }) => readAt == null;
const newestFirst = (one, other) => other.timestamp - one.timestamp;
const passing = (state) => state.items.filter(({ id }) => id == null);

/** How many are unread, with those that the list does not show yet. */
export const unreadOf = (state) => state.kept + passing(state).filter(isUnread).length;

/** The first page, asked for anew. */
export function listed(state, { notifications, unread, next }) {
  const items = [...notifications.map(keyed), ...passing(state)].sort(newestFirst);
  return { items, kept: unread, next, status: "ready" };
}

/** The page after the last one. */
export function continued(state, { notifications, unread, next }) {
  const known = new Set(state.items.map(({ key }) => key));
  const fresh = notifications.map(keyed).filter(({ key }) => !known.has(key));
  return { ...state, items: [...state.items, ...fresh].sort(newestFirst), kept: unread, next };
}

/** The params of a notification.new. `key` stands for an id where there is none. */
export function came(state, params, key) {
  const item = { read_at: null, ...params, key: params.id ?? key };
  if (state.items.some((known) => known.key === item.key)) return state;
  return { ...state, items: [item, ...state.items].sort(newestFirst), kept: state.kept + (params.id == null ? 0 : 1) };
}

/** The params of a notifications.read. */
export function read(state, { ids, unread }, now) {
  return { ...marked(state, new Set(ids), now), kept: unread };
}

/** Here alone, without asking anybody: for those that nobody keeps, and before the service has answered. */
export function marked(state, keys, now) {
  return { ...state, items: state.items.map((item) => (isUnread(item) && keys.has(item.key) ? { ...item, read_at: now } : item)) };
}

const keyed = (notification) => ({ ...notification, key: notification.id });
