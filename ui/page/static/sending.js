/* What is sent to the server, and what of it waits: greetings, messages that nobody has heard yet, and what is kept.
   Nothing that was said is lost: it stays in sight, and in the session's storage, until the server has it. */

const KEY = "penchant";
const DRAFT = "penchant-draft";
const OUTBOX = "penchant-outbox";
const SLOW = ["hello", "say", "retry", "catalogue", "keys", "build"];

/* what is pressed before the server knows this tab is sent after its greeting; `seen` is the number of the view that the
   server sent last: it sends only what has changed since, and everything if that is not its own last one; `kept`, of that
   with which the text came that is kept here */

let known = false;
let seen = 0;
let kept = { number: 0, text: "" };
const early = [];

function send(act) {
  if (known) trigger(SLOW.includes(act.act) ? "talk" : "act", { ...act, seen, kept: kept.number });
  else early.push(act);
}

/* an event that comes while the stream of the one before is being closed can be lost in Gradio, and a stream can be held
   by a server that is gone: a greeting that is not answered is said again, and after the third the page is loaded anew,
   if the server is there at all and this tab does not merely wait for its turn */

const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 20_000;
const GREETINGS = 3;
let greeting = null;
let wait = FIRST_WAIT;
let unanswered = 0;

function greet() {
  known = false;
  seen = 0;
  kept = { number: 0, text: "" };
  clearTimeout(greeting);
  greeting = setTimeout(again, wait);
  wait = Math.min(2 * wait, LONGEST_WAIT);
  trigger("talk", { act: "hello", stored: sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? "", language: navigator.language, seen });
}

async function again() {
  if (place()) {
    greeting = setTimeout(again, FIRST_WAIT);
    return;
  }
  unanswered += 1;
  if (unanswered >= GREETINGS && await there()) location.reload();
  else if (!known) greet();
}

async function there() {
  const root = window.gradio_config?.root ?? location.origin;
  try {
    return (await fetch(`${root}/gradio_api/app_id`, { signal: AbortSignal.timeout(FIRST_WAIT) })).ok;
  } catch {
    return false;
  }
}

function welcomed() {
  clearTimeout(greeting);
  wait = FIRST_WAIT;
  unanswered = 0;
  known = true;
}

/* one message at a time. What was said and is not yet on the page is beside the box, and goes out again when the server
   has answered a greeting without it, also after the page was loaded anew */

const PATIENCE = 20_000;
const SOON = 3_000;
let waiting = sessionStorage.getItem(OUTBOX) ?? "";
let heard = false;
let sent = null;
let patience = null;

function say(box) {
  if (!box.value.trim() || (waiting && !heard) || document.querySelector("[data-busy]")) return;
  waiting = box.value;
  store(sessionStorage, OUTBOX, waiting);
  box.value = "";
  draft("");
  grow(box);
  post();
}

function post() {
  heard = false;
  sent = { at: Date.now(), turns: turns(), lost: false };
  clearTimeout(patience);
  patience = setTimeout(unheard, PATIENCE);
  setTimeout(queue, SOON);
  send({ act: "say", text: waiting });
  queue();
}

function unheard() {
  if (!waiting || heard) return;
  patience = setTimeout(unheard, PATIENCE);
  if (place() || !known) return;
  sent.lost = true;
  greet();
}

/* what the server has sent may have the message in it */

function arrived(whole) {
  if (waiting && sent && turns() > sent.turns) heard = true;
  if (whole && heard && waiting) {
    waiting = "";
    sessionStorage.removeItem(OUTBOX);
  }
}

function outstanding() {
  if (known && waiting && !heard && (!sent || sent.lost)) post();
}

function turns() {
  return document.querySelectorAll(".pn-turn").length;
}

/* Gradio knows the place in the queue; it is told beside the box */

let words = props.t["en"];

function filled(text, parts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
}

function place() {
  return /queue: (\d+)\/(\d+)/.exec(document.querySelector("#pn-chat .progress-text")?.textContent ?? "");
}

function queue() {
  const note = document.querySelector(".pn-queue");
  const text = waiting && !heard ? told() : "";
  if (note && note.textContent !== text) note.textContent = text;
  if (note) note.hidden = !text;
}

function told() {
  const mine = place();
  const said = { words: waiting, n: mine?.[1], count: mine?.[2] };
  if (mine) return filled(words.queued, said);
  if (early.some((act) => act.act === "say") && !unanswered) return filled(words.ready, said);
  return filled(sent && Date.now() - sent.at < SOON ? words.sending : words.silent, said);
}

/* what this browser keeps */

function draft(text) {
  if (text) store(sessionStorage, DRAFT, text);
  else sessionStorage.removeItem(DRAFT);
}

/* what is to be kept comes as new pieces and as stretches of the text before; without that one, everything is asked for */

function joined({ told, keep }) {
  if (!keep || kept.number === told) return keep ? kept.text : null;
  if (keep.of && keep.of !== kept.number) {
    seen = 0;
    return null;
  }
  const text = keep.parts.map((piece) => typeof piece === "string" ? piece : kept.text.slice(...piece)).join("");
  kept = { number: told, text };
  return text;
}

function keep(text) {
  store(sessionStorage, KEY, text);
  store(localStorage, KEY, text);
}

function forget() {
  waiting = "";
  [KEY, DRAFT, OUTBOX].forEach((key) => sessionStorage.removeItem(key));
  localStorage.removeItem(KEY);
}

function store(storage, key, text) {
  try {
    storage.setItem(key, text);
  } catch {
    console.warn("Penchant: this browser keeps nothing; Export keeps a copy.");
  }
}
