// The socket: opened again whenever it breaks, with growing and scattered pauses, and watched, since a cut
// network does not always say so. It knows nothing of what the frames mean.

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 12_000;
const SILENCE = 35_000; // the server beats every 15 s
const PROBE = 5_000;
const SIGNED_OUT = 4401;
const NO_SUCH_SESSION = 4404;
const WORDS = { [SIGNED_OUT]: "signed_out", [NO_SUCH_SESSION]: "gone" };

export class Connection {
  /**
   * `address()` gives the socket's address with the newest `after`; `onFrame(frame)` takes each frame;
   * `onState(word)` is told connecting, connected, reconnecting, offline, signed_out or gone.
   */
  constructor({ address, onFrame, onState }) {
    Object.assign(this, { address, onFrame, onState });
    this.tries = 0;
    this.ready = false;
    this.ended = false;
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.drop("offline"));
    addEventListener("pageshow", (event) => event.persisted && this.hurry());
    document.addEventListener("visibilitychange", () => this.probe());
  }

  open() {
    if (this.ended) return;
    clearTimeout(this.timer);
    const socket = new WebSocket(this.address());
    this.socket = socket;
    socket.onmessage = (event) => socket === this.socket && this.hear(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.broke(event.code);
    this.watch(SILENCE);
  }

  /** Send a frame; return whether it went out. */
  send(frame) {
    if (!this.ready || this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
    return true;
  }

  hear(frame) {
    this.watch(SILENCE);
    if (frame.type === "resumed" && !this.ready) {
      this.ready = true;
      this.tries = 0;
      this.onFrame(frame);
      this.onState("connected");
    } else {
      this.onFrame(frame);
    }
  }

  broke(code) {
    const word = WORDS[code] ?? (navigator.onLine && this.tries < 4 ? "reconnecting" : "offline");
    this.drop(word);
  }

  /** Give the socket up and try again after a pause: longer each time, and never for everybody at once. */
  drop(word) {
    clearTimeout(this.silence);
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = undefined;
    this.ready = false;
    socket?.close();
    if (this.ended) return;
    this.onState(word);
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.tries);
    this.tries += 1;
    const slow = word === "signed_out" || word === "gone" ? LONGEST_PAUSE : pause;
    this.timer = setTimeout(() => this.open(), slow * (0.5 + Math.random() / 2));
  }

  /** Try at once, if there is no connection. */
  hurry() {
    if (this.ready || this.ended) return;
    this.tries = 0;
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
    this.open();
  }

  /** Whoever comes back to the page finds out soon whether the connection is still alive. */
  probe() {
    if (document.visibilityState !== "visible") return;
    if (this.send({ type: "ping" })) this.watch(PROBE);
    else this.hurry();
  }

  watch(milliseconds) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.drop("reconnecting"), milliseconds);
  }

  /** Close for good. */
  end() {
    this.ended = true;
    this.drop("");
  }
}
