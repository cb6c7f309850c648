/* The catalogue without reloading: the same addresses are fetched, and the parts that changed are put in.
   Every link and the form work without this; words come from the page. */
const PAUSE = 350;
const catalogue = document.querySelector("[data-catalogue]");
const form = document.getElementById("catalogue");
let request = null;
let timer = null;

const parts = (page) => new Map([...page.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));

/* What is open stays open, and what was typed to narrow a long filter stays typed. */
const keepFolds = (from, to) => {
  if (from.matches("details")) to.open = from.open;
  for (const fold of from.querySelectorAll("details[id]")) {
    const after = to.querySelector(`#${CSS.escape(fold.id)}`);
    if (!after) continue;
    after.open ||= fold.open;
    const [typed, field] = [fold, after].map((each) => each.querySelector("[data-narrows] input"));
    if (typed && field) field.value = typed.value;
  }
};

/* How to find an element again after its part of the page was renewed. */
const nameOf = (element) => {
  if (element.matches("[data-narrows] input")) return `#${element.closest("details").id} [data-narrows] input`;
  if (!element.matches("input[type=checkbox]")) return "";
  return `input[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`;
};

/* Somebody who ticks with the keyboard goes on where they were; whoever followed a link hears what it led to. */
const keepFocus = (focused, isLink) => {
  const place = focused && document.querySelector(focused);
  if (place) place.focus({ preventScroll: true });
  else if (isLink) document.querySelector(".found-count").focus({ preventScroll: true });
};

const put = (page, isLink) => {
  const focused = nameOf(document.activeElement);
  const fresh = parts(page);
  for (const [name, part] of parts(document)) {
    const after = fresh.get(name) && document.importNode(fresh.get(name), true);
    if (!after) continue;
    keepFolds(part, after);
    part.replaceWith(after);
  }
  document.title = page.title;
  for (const rel of ["canonical", "alternate"]) {
    const [old, now] = [document, page].map((each) => each.querySelectorAll(`link[rel=${rel}]`));
    old.forEach((link, at) => now[at] && link.replaceWith(document.importNode(now[at], true)));
  }
  const [here, there] = [document, page].map((each) => each.querySelector("a.language"));
  if (here && there) here.href = there.getAttribute("href");
  keepFocus(focused, isLink);
  offerNarrowing();
  document.querySelector("[data-said]").textContent = document.querySelector(".found-count").textContent.trim();
};

const visit = async (address, { isLink = false, isBack = false, isSilent = false } = {}) => {
  request?.abort();
  request = new AbortController();
  catalogue.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: request.signal, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok || !page.querySelector("[data-catalogue]")) throw new Error(response.statusText);
    if (isSilent) window.history.replaceState({}, "", address);
    else if (!isBack) window.history.pushState({}, "", address);
    if (isBack || isLink) form.q.value = page.getElementById("words").value; // what it lists may be other words
    put(page, isLink);
    catalogue.removeAttribute("aria-busy");
  } catch (error) {
    if (error.name !== "AbortError") window.location.assign(address); // let the browser say what is wrong
  }
};

const asked = () => {
  const said = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(said).toString();
  return form.action + (query ? `?${query}` : "");
};

const submit = (pause) => {
  clearTimeout(timer);
  timer = setTimeout(() => visit(asked()), pause);
};

/* A long filter can be narrowed by typing; its field comes with the page, hidden until there is a script. */
const offerNarrowing = () => {
  for (const place of catalogue.querySelectorAll("[data-narrows]")) {
    place.hidden = false;
    narrow(place.querySelector("input"));
  }
};

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();

const narrow = (field) => {
  const wanted = plain(field.value);
  for (const option of field.closest("details").querySelectorAll(".options li")) {
    option.hidden = !plain(option.textContent).includes(wanted);
  }
};

/* Whoever begins to look for a value looks among all of them. */
const showAll = (field) => {
  const all = field.closest("details").querySelector(".facet-all a");
  if (all) visit(all.href, { isSilent: true });
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(0);
});

catalogue.addEventListener("change", (event) => {
  if (event.target.matches("input[type=checkbox]")) submit(PAUSE);
});

catalogue.addEventListener("input", (event) => {
  if (!event.target.matches("[data-narrows] input")) return;
  narrow(event.target);
  showAll(event.target);
});

catalogue.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || new URL(link.href).pathname !== window.location.pathname) return;
  event.preventDefault();
  const isPaging = Boolean(link.closest(".pages"));
  visit(link.href, { isLink: true });
  if (isPaging) catalogue.scrollIntoView();
});

window.addEventListener("popstate", () => visit(window.location.href, { isBack: true }));

offerNarrowing();
