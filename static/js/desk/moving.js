/* Rows are dragged by their grip, or moved with Alt and an arrow key. */
const STEPS = { ArrowUp: "up", ArrowDown: "down" };

/* Rows become small, or as they were, around one that stays where the eye has it. */
const setInMotion = (row, isMoving) => {
  const { top } = row.getBoundingClientRect();
  row.parentElement.classList.toggle("rows-in-motion", isMoving);
  window.scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" });
};

const placeOf = (row) => [...row.parentElement.children].indexOf(row);

export const makeMovable = (desk, send) => {
  let dragged = null;
  let home = null;

  const move = (row, to) => {
    const form = row.querySelector("[data-move]");
    const body = new FormData(form);
    body.set("to", to);
    return send(form.getAttribute("action"), body, row.id);
  };

  desk.addEventListener("keydown", async (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || !event.altKey || !(event.key in STEPS) || event.target.matches("textarea, input, select")) return;
    event.preventDefault();
    const button = row.querySelector(`[data-move] [value="${STEPS[event.key]}"]`);
    button.focus();
    if (button.getAttribute("aria-disabled") !== "true") await move(row, STEPS[event.key]);
  });

  desk.addEventListener("dragstart", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (!grip) return;
    dragged = grip.closest("[data-row]");
    home = { place: placeOf(dragged), next: dragged.nextElementSibling };
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
    event.dataTransfer.setDragImage(dragged.querySelector(".row-head"), 0, 0);
    const row = dragged;
    setTimeout(() => row === dragged && setInMotion(row, true)); // a page that changes at once ends the dragging
  });

  desk.addEventListener("dragover", (event) => {
    const over = event.target.closest?.("[data-row]");
    if (!dragged || !over || over.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    const { top, height } = over.getBoundingClientRect();
    const isBelow = event.clientY > top + height / 2;
    if (over !== dragged) over[isBelow ? "after" : "before"](dragged);
  });

  desk.addEventListener("drop", (event) => {
    if (dragged) event.preventDefault();
  });

  desk.addEventListener("dragend", async (event) => {
    if (!dragged) return;
    const row = dragged;
    dragged = null;
    row.classList.remove("dragged");
    if (event.dataTransfer.dropEffect === "none") row.parentElement.insertBefore(row, home.next);
    setInMotion(row, false);
    if (placeOf(row) !== home.place) await move(row, String(placeOf(row)));
  });
};
