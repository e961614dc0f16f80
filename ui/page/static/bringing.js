/* A file that is to become a catalogue goes to the server piece after piece: the server says how much of it has come. */

const PIECE = 3_000_000;
let carried = null;

function bring(file) {
  carried = file;
  piece(0);
}

function piece(at) {
  if (!carried) return;
  const { name, size } = carried;
  const reader = new FileReader();
  reader.addEventListener("load", () => send({ act: "piece", file: name, size, at, data: reader.result.split(",")[1] ?? "" }));
  reader.addEventListener("error", () => send({ act: "leave" }));
  reader.readAsDataURL(carried.slice(at, at + PIECE));
}

/* a history or a taste goes whole; of one that is too large the server is told the name alone, and says what to do */

const HISTORY = 5_000_000;

function coded(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("loadend", () => resolve(reader.result?.split(",")[1] ?? ""));
    reader.readAsDataURL(file.size > HISTORY ? new Blob() : file);
  });
}

async function handed(file) {
  send({ act: "history", file: file.name, data: await coded(file) });
}

/* what the server says of it */

function brought(told) {
  if (told.read) {
    carried = null;
    send({ act: "keys" });
  } else if (typeof told.come === "number") {
    piece(told.come);
  }
}

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-bring]");
  if (field?.files.length) bring(field.files[0]);
  if (field) field.value = "";
});

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const zone = event.target.closest?.("[data-drop], .pn-panel");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("pn-over", name === "dragenter" || name === "dragover");
    if (name !== "drop" || !event.dataTransfer.files.length) return;
    (zone.matches("[data-drop]") ? bring : handed)(event.dataTransfer.files[0]);
  });
}

/* a dialog whose catalogue has been made closes: there is something to talk about */

let making = false;

function finished() {
  const dialog = document.getElementById("pn-bring");
  if (!making || !dialog || dialog.querySelector("progress, .pn-build")) return;
  making = false;
  if (!dialog.matches(":popover-open")) return;
  dialog.hidePopover();
  document.getElementById("pn-say")?.focus();
}

document.addEventListener("submit", (event) => {
  if (event.target.matches(".pn-build")) making = true;
});

document.addEventListener("click", (event) => {
  if (event.target.closest('[data-key="bring-leave"]')) making = false;
}, true);
