/* What the page does in the browser: sends what is pressed, keeps what the server says to keep, and after each change of
   the page puts back focus, open details and scroll. It decides nothing. */

const KEY = "penchant";
const SLOW = ["hello", "say", "retry", "catalogue"];
const still = matchMedia("(prefers-reduced-motion: reduce)");

/* what is pressed before the server knows this tab is sent after its greeting; `seen` is the number of the view that the
   server sent last: it sends only what has changed since, and everything if that is not its own last one */

let known = false;
let seen = 0;
const early = [];

function send(act) {
  if (known) trigger(SLOW.includes(act.act) ? "talk" : "act", { ...act, seen });
  else early.push(act);
}

/* an event that comes while the stream of the one before is being closed can be lost in Gradio: a greeting that is not
   answered is said again */

const FIRST_WAIT = 5_000;
let greeting = null;
let wait = FIRST_WAIT;

function greet() {
  known = false;
  seen = 0;
  clearTimeout(greeting);
  greeting = setTimeout(greet, wait);
  wait *= 2;
  trigger("talk", { act: "hello", stored: sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? "", seen });
}

/* one message at a time; what is typed is kept until the server has it, also over a reload; a message of which nothing is
   heard comes back into the box */

const DRAFT = "penchant-draft";
const PATIENCE = 20_000;
let said = "";
let sent = null;

function say(box) {
  const waits = sent && Date.now() - sent.at < PATIENCE;
  if (!box.value.trim() || waits || document.querySelector("[data-busy]")) return;
  said = box.value;
  sent = { at: Date.now(), turns: document.querySelectorAll(".pn-turn").length };
  send({ act: "say", text: said });
  box.value = "";
  grow(box);
  queue();
  const mine = sent;
  setTimeout(() => unheard(mine), PATIENCE);
}

function unheard(mine) {
  if (sent !== mine) return;
  if (!document.querySelector(".pn-queue")?.hidden) return setTimeout(() => unheard(mine), PATIENCE);
  sent = null;
  const box = document.getElementById("pn-say");
  box.value ||= said;
  grow(box);
}

function arrived() {
  const turns = document.querySelectorAll(".pn-turn").length;
  if (sent && (turns > sent.turns || document.querySelector("[data-busy]"))) sent = null;
}

function draft(text) {
  if (text) store(sessionStorage, DRAFT, text);
  else sessionStorage.removeItem(DRAFT);
}

/* pressing, sliding, choosing, sending */

document.addEventListener("click", (event) => {
  const summary = event.target.closest("summary");
  const details = summary?.closest("[data-details]");
  if (details) {
    opened[details.open ? "delete" : "add"](details.dataset.details);
  }
  const button = event.target.closest("button[data-act]");
  if (button && !button.disabled) {
    close(button);
    send(JSON.parse(button.dataset.act));
  }
});

document.addEventListener("change", async (event) => {
  const field = event.target.closest("[data-field]");
  if (!field) return;
  const act = JSON.parse(field.dataset.act);
  if (field.type === "file") {
    if (!field.files.length) return;
    act[field.dataset.field] = (await field.files[0].text()).slice(0, 5_000_001);
    field.value = "";
  } else if (field.type === "range") {
    return;
  } else {
    act[field.dataset.field] = field.value;
  }
  close(field);
  send(act);
});

/* a slider is sent when it rests; until its answer comes, what the server says of it is old */
let slid = null;

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.type === "range") {
    clearTimeout(slid?.timer);
    fill(field);
    const act = { ...JSON.parse(field.dataset.act), strength: Number(field.value) / 100 };
    slid = { key: field.dataset.key, value: field.value, sent: false };
    slid.timer = setTimeout(() => { slid.sent = true; send(act); }, 120);
  }
  if (event.target.id === "pn-say") {
    grow(event.target);
    draft(event.target.value);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-say]")) {
    event.preventDefault();
    say(form.elements.text);
  } else if (form.matches("[data-act]")) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form, event.submitter));
    close(form);
    send({ ...JSON.parse(form.dataset.act), ...values });
    form.reset();
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.target.id === "pn-say" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (!typing && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    event.preventDefault();
    send({ act: event.shiftKey ? "redo" : "undo" });
  }
});

function fill(slider) {
  slider.style.setProperty("--at", (slider.value - slider.min) / (slider.max - slider.min));
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 160)}px`;
}

function close(within) {
  if (within.closest("[data-close]")) within.closest("[popover]")?.hidePopover();
}

/* popovers stand at their buttons */

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("[popover]") && event.newState === "open") {
    stand(event.target);
    event.target.querySelector("h2, h3, button, input")?.scrollIntoView({ block: "nearest" });
  }
}, true);

function stand(popover) {
  const opener = document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`)?.getBoundingClientRect();
  if (!opener?.width || innerWidth < 640) return;
  const edge = Math.min(innerWidth - 8, document.querySelector(".pn-columns")?.getBoundingClientRect().right ?? innerWidth);
  const left = Math.max(8, Math.min(opener.left, edge - popover.offsetWidth));
  const below = opener.bottom + 6;
  const above = Math.max(8, opener.top - 6 - popover.offsetHeight);
  popover.style.left = `${left}px`;
  popover.style.top = `${below + popover.offsetHeight > innerHeight ? above : below}px`;
}

addEventListener("scroll", () => document.querySelectorAll(":popover-open").forEach(stand), { passive: true });

/* a picture that cannot be had leaves the drawn cover */

document.addEventListener("error", (event) => {
  if (event.target.matches?.("img.pn-picture")) event.target.remove();
}, true);

/* after each change of the page */

const opened = new Set();
const places = new Map();
let focused = "";

document.addEventListener("focusin", (event) => {
  focused = event.target.closest("[data-key]")?.dataset.key ?? "";
});

const observer = new MutationObserver(settle);
const parts = ["pn-top", "pn-chat", "pn-panel", "pn-picks"];

function begin() {
  const found = parts.map((id) => document.getElementById(id));
  const box = document.getElementById("pn-say");
  if (!box || found.some((part) => !part)) return requestAnimationFrame(begin);
  box.value ||= sessionStorage.getItem(DRAFT) ?? "";
  grow(box);
  found.forEach((part) => observer.observe(part, { subtree: true, childList: true, characterData: true, attributes: true }));
  settle();
  greet();
}

function settle() {
  document.querySelectorAll("details[data-details]").forEach((one) => { one.open = opened.has(one.dataset.details); });
  document.querySelectorAll("input[type=range][data-act]").forEach((one) => {
    one.value = one.dataset.key === slid?.key ? slid.value : one.getAttribute("value");
    fill(one);
  });
  document.querySelectorAll("select[data-act]").forEach((one) => {
    one.value = [...one.options].find((option) => option.hasAttribute("selected"))?.value ?? one.value;
  });
  document.querySelectorAll(":popover-open").forEach(stand);
  follow();
  arrived();
  if (document.activeElement === document.body && focused) find(focused)?.focus({ preventScroll: true });
  queue();
  slide();
  observer.takeRecords();
}

/* what is said last is in view, an answer that is longer than that from its beginning; who reads earlier ones is left
   alone until something is said */

let latest = "";

function follow() {
  const log = document.querySelector(".pn-log");
  const last = log?.querySelector(".pn-turn:last-child");
  const now = last ? `${log.children.length} ${last.textContent}` : "";
  if (last && now !== latest) {
    const start = last.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop - 12;
    log.scrollTop = Math.min(start, log.scrollHeight);
  }
  latest = now;
}

/* Gradio knows the place in the queue; it is told beside the box */

function queue() {
  const place = /queue: (\d+)\/(\d+)/.exec(document.querySelector("#pn-chat .progress-text")?.textContent ?? "");
  const note = document.querySelector(".pn-queue");
  const text = place ? `Others are being answered; you are number ${place[1]} of ${place[2]} in the queue with “${said}”.`
    : early.some((act) => act.act === "say") ? `Getting ready; “${said}” is next.` : "";
  if (note && note.textContent !== text) note.textContent = text;
  if (note) note.hidden = !text;
}

/* cards glide to where they now are */

function slide() {
  const now = new Map();
  document.querySelectorAll(".pn-card").forEach((card) => {
    const here = { left: card.offsetLeft, top: card.offsetTop };
    const before = places.get(card.dataset.item);
    now.set(card.dataset.item, here);
    if (before && !still.matches && (before.left !== here.left || before.top !== here.top)) {
      const from = `translate(${before.left - here.left}px, ${before.top - here.top}px)`;
      card.animate([{ transform: from }, { transform: "none" }], { duration: 300, easing: "ease-out" });
    }
  });
  places.clear();
  now.forEach((place, item) => places.set(item, place));
}

function find(key) {
  return [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
}

/* what the server tells the browser itself */

watch("value", () => {
  const told = props.value ?? {};
  if (slid?.sent) slid = null;
  requestAnimationFrame(settle); // a part that has not changed is not sent, and what was chosen on it may not hold
  if (told.again) {
    if (known) greet();
    early.push(told.again);
    return;
  }
  if (!told.told) return;
  clearTimeout(greeting);
  wait = FIRST_WAIT;
  known = true;
  seen = told.told;
  if (!early.length) draft(document.getElementById("pn-say").value);
  early.splice(0).forEach(send);
  if (told.forget) {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
    draft("");
  } else if (typeof told.keep === "string") {
    keep(told.keep);
  }
  if (told.download) download(told.download);
  if (told.focus) requestAnimationFrame(() => {
    const target = find(told.focus);
    target?.focus();
    target?.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
  });
});

function keep(text) {
  store(sessionStorage, KEY, text);
  store(localStorage, KEY, text);
}

function store(storage, key, text) {
  try {
    storage.setItem(key, text);
  } catch {
    console.warn("Penchant: this browser keeps nothing; Export keeps a copy.");
  }
}

/* forgotten in one tab is forgotten in all */
addEventListener("storage", (event) => {
  if (event.key === KEY && event.newValue === null && event.oldValue !== null) send({ act: "forget" });
});

function download({ name, text }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

begin();
