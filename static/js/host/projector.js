// Opens the projector's window. It must be opened inside the click, before its address is known.

import { api } from "./api.js";

/** Resolves with null, or with the name of the problem. */
export async function openProjector(roomId) {
  const target = window.open("", "quizhall-screen");
  if (!target) return "popup";
  try {
    const { url } = await api("POST", `/api/v1/rooms/${roomId}/screen`);
    target.location.href = url;
    target.focus();
    return null;
  } catch {
    target.close();
    return "failed";
  }
}
