// The bell on pages that have no socket of their own.

import { createBell } from "../bell/bell.js";
import { connect } from "../lib/socket.js";

const bell = createBell();
bell.refresh();
connect(`${location.origin.replace("http", "ws")}/ws`, [], { onOpen: bell.refresh, onEvent: bell.heard });
