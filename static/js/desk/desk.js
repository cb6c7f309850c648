/* The desk without leaving one's place: forms are sent in the background, and the parts that changed are put in.
   Every form works without this. Words come from the page. */
import { offerFacts } from "./facts.js";
import { makeMovable } from "./moving.js";
import { watchRenderings } from "./renderings.js";

const desk = document.querySelector("[data-desk]");

const parse = (text) => new DOMParser().parseFromString(text, "text/html");

const say = (words) => {
  const line = document.createElement("p");
  line.textContent = words;
  document.querySelector("#said").replaceChildren(line);
};

const isEdited = (field) =>
  field.type === "checkbox" || field.type === "radio"
    ? field.checked !== field.defaultChecked
    : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;

const hasEdits = (part) => [...part.querySelectorAll("textarea, input")].some(isEdited);

/* Folded parts that are open stay open. */
const keepOpen = (from, to) => {
  for (const fold of to.querySelectorAll("details[id]")) {
    const before = from.querySelector(`#${CSS.escape(fold.id)}`);
    if (before) fold.open = before.open;
  }
};

/* A row that is kept for its unsaved text still has to know the order as it is now. */
const renewOrder = (kept, fresh) => {
  const [old, now] = [kept, fresh].map((row) => row.querySelector("[data-move] [name=version]"));
  if (old && now) old.value = now.value;
};

const isKept = (part, sent) => part.id !== sent && hasEdits(part);

const refreshRows = (rows, fresh, sent) => {
  const present = new Map([...rows.children].map((row) => [row.id, row]));
  const next = [...fresh.children].map((row) => {
    const old = present.get(row.id);
    if (old && isKept(old, sent)) {
      renewOrder(old, row);
      return old;
    }
    const put = document.importNode(row, true);
    if (old && old.id !== sent) keepOpen(old, put);
    return put;
  });
  rows.replaceChildren(...next);
};

const refresh = (page, sent) => {
  const facts = document.querySelector("[data-offered]");
  for (const fresh of page.querySelectorAll("[data-rows]")) {
    const rows = document.getElementById(fresh.id);
    if (rows) refreshRows(rows, fresh, sent);
  }
  for (const fresh of page.querySelectorAll("[data-part]:not([data-row])")) {
    const part = document.getElementById(fresh.id);
    if (part && !isKept(part, sent)) {
      const put = document.importNode(fresh, true);
      keepOpen(part, put);
      part.replaceWith(put);
    }
  }
  if (facts && !facts.isConnected) document.querySelector("#section-rows")?.before(facts);
  desk.dispatchEvent(new CustomEvent("desk:refreshed"));
};

/* A question that the portal asks back stands at the row it is about. */
const ask = (question, sent) => {
  document.querySelector("[data-ask]")?.remove();
  const place = document.getElementById(sent) ?? document.getElementById(question.dataset.ask);
  if (!place) return false;
  const put = document.importNode(question, true);
  place.prepend(put);
  put.querySelector("[tabindex]").focus();
  return true;
};

/* Whoever has signed in again meanwhile has another token than the page. */
const renewToken = async (body) => {
  const page = parse(await (await fetch(window.location.pathname, { credentials: "same-origin" })).text());
  const token = page.querySelector("[data-desk] [name=csrfmiddlewaretoken]")?.value;
  if (token) body.set("csrfmiddlewaretoken", token);
  return Boolean(token);
};

const post = async (address, body) => {
  const options = { method: body ? "POST" : "GET", body, credentials: "same-origin" };
  const response = await fetch(address, options);
  return response.status === 403 && (await renewToken(body)) ? fetch(address, options) : response;
};

const receive = async (response, sent) => {
  const page = parse(await response.text());
  if (!page.querySelector("[data-desk]")) {
    say(response.redirected || response.status === 403 ? desk.dataset.signedOut : desk.dataset.failed);
    return;
  }
  const question = page.querySelector("[data-ask]");
  if (question) {
    document.querySelector("#said").replaceChildren();
    if (!ask(question, sent)) say(desk.dataset.failed);
    return;
  }
  const focused = document.activeElement?.id;
  refresh(page, sent);
  const target = document.getElementById(focused) ?? document.getElementById(sent)?.querySelector("button, summary");
  target?.focus({ preventScroll: true });
};

/* A move is sent with the order as the page knows it by then, unless it answers a question about two orders. */
const renewVersion = (body, sent) => {
  const order = document.getElementById(sent)?.querySelector("[data-move] [name=version]");
  if (body.has("to") && order && !body.has("asked")) body.set("version", order.value);
};

/* One after the other, so that each is sent with the versions that the one before has left. */
let line = Promise.resolve();
const send = (address, body, sent) => {
  line = line
    .then(async () => {
      if (body) {
        say(desk.dataset.saving);
        renewVersion(body, sent);
      }
      await receive(await post(address, body), sent);
    })
    .catch(() => say(desk.dataset.failed));
  return line;
};

if (desk) {
  desk.dataset.ready = "";

  desk.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("method") !== "post" || form.hasAttribute("data-plain")) return;
    event.preventDefault();
    if (event.submitter?.getAttribute("aria-disabled") === "true") return;
    const body = new FormData(form, event.submitter);
    if (form.closest("[data-ask]")) body.set("asked", "1");
    send(form.getAttribute("action"), body, form.closest("[data-part]")?.id);
  });

  desk.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reload]");
    const part = link?.closest("[data-part]");
    if (!part) return;
    event.preventDefault();
    send(window.location.pathname, undefined, part.id);
  });

  window.addEventListener("beforeunload", (event) => {
    if (hasEdits(desk)) event.preventDefault();
  });

  const open = () => {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target?.scrollIntoView();
  };
  window.addEventListener("hashchange", open);
  if (window.location.hash) open();

  /* What was rendered may have been an edition, which other parts tell of. */
  desk.addEventListener("desk:rendered", () => send(window.location.pathname));

  offerFacts(desk);
  makeMovable(desk, send);
  watchRenderings(desk);
}
