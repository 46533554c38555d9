// localStorage that never throws: private windows and full disks fall back to memory.

const memory = {};

const attempt = (act) => {
  try {
    return act();
  } catch {
    return null;
  }
};

export const storage = {
  get: (key) => memory[key] ?? attempt(() => JSON.parse(localStorage.getItem(key))),
  set(key, value) {
    memory[key] = value;
    attempt(() => localStorage.setItem(key, JSON.stringify(value)));
  },
  remove(key) {
    delete memory[key];
    attempt(() => localStorage.removeItem(key));
  },
};
