/* What the page does in the browser: sends what is pressed, and after each change of the page puts back focus and scroll.
   It decides nothing. What is sent, and how it waits, is in sending.js. */

const still = matchMedia("(prefers-reduced-motion: reduce)");
const root = document.documentElement;

/* pressing, sliding, choosing, sending */

document.addEventListener("click", (event) => {
  const skip = event.target.closest("[data-skip]");
  if (skip) {
    event.preventDefault();
    document.getElementById(skip.dataset.skip)?.focus();
  }
  if (event.target.closest("[data-whole]")) unfold("whole");
  if (event.target.closest("[data-rest]")) unfold("rest");
  const button = event.target.closest("button[data-act]");
  if (button && !button.disabled) {
    close(button);
    judge(button);
    send(act(button));
  }
});

/* what is folded: the conversation on a small screen, and wishes beyond two lines */

function unfold(name, on = !(name in root.dataset)) {
  if (on) root.dataset[name] = "";
  else delete root.dataset[name];
  settle();
}

/* a card that was judged shows it at once; the server's answer then has what is in its place */

const ANSWER = 8_000;

function judge(button) {
  const card = button.dataset.said && button.closest(".pn-card");
  if (!card) return;
  card.classList.add("pn-judged");
  card.dataset.said = button.dataset.said;
  setTimeout(unjudge, ANSWER, [card]);
}

function unjudge(cards) {
  cards.forEach((card) => {
    card.classList.remove("pn-judged");
    delete card.dataset.said;
  });
}

document.addEventListener("change", async (event) => {
  const field = event.target.closest("[data-field]");
  if (!field) return;
  const news = act(field);
  if (field.type === "file") {
    if (!field.files.length) return;
    const [file] = field.files;
    if (field.dataset.field === "data") Object.assign(news, { file: file.name, data: await coded(file) });
    else news[field.dataset.field] = (await file.text()).slice(0, 5_000_001);
    field.value = "";
  } else if (field.type === "range") {
    return;
  } else {
    news[field.dataset.field] = field.value;
  }
  close(field);
  send(news);
});

/* a slider is sent when it rests; until its answer comes, what the server says of it is old */
let slid = null;

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.type === "range") {
    clearTimeout(slid?.timer);
    fill(field);
    const moved = { ...act(field), strength: Number(field.value) / 100 };
    slid = { key: field.dataset.key, value: field.value, sent: false };
    slid.timer = setTimeout(() => { slid.sent = true; send(moved); }, 120);
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
    send({ ...act(form), ...values });
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
  } else if (event.key === "Escape" && !document.querySelector(":popover-open")) {
    escape();
  }
});

/* popovers close by themselves; then what lies in the page itself */

function escape() {
  const path = document.querySelector(".pn-path [data-act]");
  if (path) path.click();
  else if ("whole" in root.dataset) unfold("whole", false);
  else if ("rest" in root.dataset) unfold("rest", false);
}

function fill(slider) {
  slider.style.setProperty("--at", (slider.value - slider.min) / (slider.max - slider.min));
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 160)}px`;
}

/* the event of a button: what it is about is on what it lies in, a chip or a card, and the button says what becomes of it */

function act(button) {
  const around = button.parentElement.closest("[data-subject]");
  return { ...(around && subject(around)), ...JSON.parse(button.dataset.act) };
}

function subject(part) {
  const around = part.parentElement.closest("[data-subject]");
  return { ...(around && subject(around)), ...JSON.parse(part.dataset.subject) };
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
  if (popover.matches(".pn-drawer, .pn-bring")) return;
  const opener = document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`)?.getBoundingClientRect();
  if (!opener?.width || innerWidth < 640) return;
  const edge = Math.min(innerWidth - 8, document.querySelector(".pn-columns")?.getBoundingClientRect().right ?? innerWidth);
  const left = Math.max(8, Math.min(opener.left, edge - popover.offsetWidth));
  const below = opener.bottom + 6;
  const above = Math.max(8, opener.top - 6 - popover.offsetHeight);
  popover.style.left = `${left}px`;
  popover.style.top = `${below + popover.offsetHeight > innerHeight ? above : below}px`;
}

addEventListener("resize", fit);
addEventListener("scroll", () => document.querySelectorAll(":popover-open").forEach(stand), { passive: true });

/* a picture that cannot be had leaves the drawn cover */

document.addEventListener("error", (event) => {
  if (event.target.matches?.("img.pn-picture")) event.target.remove();
}, true);

/* the page speaks the language of whoever is before it: the server says which, and until then the browser does */

function relabel(language) {
  words = props.t[language] ?? words;
  if (labels.words === words) return;
  root.lang = words.lang;
  labels.set(words);
  document.querySelectorAll("[data-label]").forEach((one) => { one.textContent = words[one.dataset.label]; });
  document.querySelectorAll("[data-hint]").forEach((one) => { one.placeholder = words[one.dataset.hint]; });
}

/* after each change of the page */

const places = new Map();
let focused = { key: "", part: "", card: -1 };

document.addEventListener("focusin", ({ target }) => {
  focused = {
    key: target.closest("[data-key]")?.dataset.key ?? "",
    part: target.closest(parts.map((id) => `#${id}`).join())?.id ?? "",
    card: cards().indexOf(target.closest(".pn-card")),
  };
});

/* what had the focus may be gone: then whatever is in its place has it, or the heading of its part */

function refocus() {
  if (document.activeElement !== document.body) return;
  const card = cards()[Math.min(focused.card, cards().length - 1)]?.querySelector("[data-key]");
  const part = focused.part && document.querySelector(`#${focused.part} :is(h1, h2)[tabindex], #${focused.part} [data-key]`);
  const next = (focused.key && find(focused.key)) || card || part || (focused.part && document.getElementById("pn-say"));
  next?.focus?.({ preventScroll: true });
}

function cards() {
  return [...document.querySelectorAll(".pn-card")];
}

const observer = new MutationObserver(settle);
const parts = ["pn-top", "pn-bring-part", "pn-chat", "pn-panel", "pn-picks"];

function begin() {
  const found = parts.map((id) => document.getElementById(id));
  const box = document.getElementById("pn-say");
  if (!box || found.some((part) => !part)) return requestAnimationFrame(begin);
  relabel(navigator.language.split("-")[0]);
  box.value ||= sessionStorage.getItem(DRAFT) ?? "";
  grow(box);
  found.forEach((part) => observer.observe(part, { subtree: true, childList: true, characterData: true, attributes: true }));
  settle();
  greet();
}

function settle() {
  fit();
  document.querySelectorAll("[data-whole]").forEach((one) => one !== root && one.setAttribute("aria-expanded", "whole" in root.dataset));
  document.querySelectorAll("input[type=range][data-act]").forEach((one) => {
    one.value = one.dataset.key === slid?.key ? slid.value : one.getAttribute("value");
    fill(one);
  });
  document.querySelectorAll("select[data-act]").forEach((one) => {
    one.value = [...one.options].find((option) => option.hasAttribute("selected"))?.value ?? one.dataset.now ?? one.value;
  });
  document.querySelectorAll("input[type=text][data-act]").forEach((one) => {
    if (one !== document.activeElement) one.value = one.getAttribute("value");
  });
  document.querySelectorAll(":popover-open").forEach(stand);
  follow();
  arrived();
  finished();
  refocus();
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

/* as many wishes as two lines hold, or one where a question has the other; the rest are behind a button */

function fit() {
  const strip = document.querySelector(".pn-strip");
  const rest = strip?.querySelector("[data-rest]");
  if (!rest) return;
  const chips = [...strip.querySelectorAll(".pn-chip")];
  chips.forEach((chip) => chip.removeAttribute("data-over"));
  rest.hidden = true;
  const { minHeight, rowGap } = getComputedStyle(strip);
  const one = (parseFloat(minHeight) - parseFloat(rowGap)) / 2;
  const room = strip.querySelector(".pn-question") ? one : parseFloat(minHeight);
  const end = strip.getBoundingClientRect().top + room + 4;
  const below = (part) => part.getBoundingClientRect().bottom > end;
  const all = "rest" in root.dataset;
  if (!chips.slice(1).some(below)) return;
  rest.hidden = false;
  rest.setAttribute("aria-expanded", all);
  rest.textContent = words.fewer;
  for (let n = chips.length - 1; n > 0 && !all && (below(chips[n]) || below(rest)); n -= 1) {
    chips[n].setAttribute("data-over", "");
    rest.textContent = filled(words.rest, { n: chips.length - n });
  }
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
  const found = [...document.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === key);
  return found.find((one) => !one.disabled && one.getClientRects().length);
}

/* what the server tells the browser itself */

watch("value", () => {
  const told = props.value ?? {};
  if (slid?.sent) slid = null;
  unjudge(document.querySelectorAll(".pn-judged"));
  relabel(told.language);
  requestAnimationFrame(() => { // a part that has not changed is not sent, and what was chosen on it may not hold
    settle();
    arrived(Boolean(told.keep));
    outstanding();
  });
  if (told.again) {
    if (known) greet();
    early.push(told.again);
    return;
  }
  if (!told.told) return;
  welcomed();
  seen = told.told;
  arrived(Boolean(told.keep));
  const text = joined(told);
  early.splice(0).forEach(send);
  if (told.forget) {
    forget();
  } else if (text !== null) {
    keep(text);
  }
  brought(told);
  if (told.download) download(told.download);
  if (told.focus) requestAnimationFrame(() => {
    const target = find(told.focus);
    target?.focus();
    target?.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
  });
});

/* forgotten in one tab is forgotten in all */
addEventListener("storage", (event) => {
  if (event.key === KEY && event.newValue === null && event.oldValue !== null) send({ act: "forget" });
});

function download({ name, text, type = "application/json" }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

begin();
