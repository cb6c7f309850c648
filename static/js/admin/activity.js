/* The form of an activity while somebody fills it in: what the server says of it, ticks that follow numbers, and the
   way to an error. The form does its work without this. Words come from the server. */
(() => {
  const PAUSE = 500;
  const said = new WeakMap(); // of each part of the panel, the answer that it shows

  const start = () => {
    const form = document.getElementById("activity_form");
    if (!form) return;
    keepTicksWithNumbers(form);
    openPlaces(form);
    saveWithKeys(form);
    askBeforeLeaving(form);
    nameSearches(form);
    const panel = form.querySelector("[data-live]");
    if (panel) follow(form, panel);
  };

  /* The framework makes its searches when jQuery says that the page is ready; whoever asks now comes after them. */
  const whenMade = (then) => (window.django?.jQuery ? window.django.jQuery(then) : then());

  /* A number beside a country says that it took part; a tick that is taken off takes its number along. */
  const keepTicksWithNumbers = (form) => {
    form.addEventListener("input", (event) => {
      const row = event.target.closest(".country");
      if (!row) return;
      const [tick, number] = row.querySelectorAll("input");
      if (event.target === number && number.value.trim()) tick.checked = true;
      if (event.target === tick && !tick.checked) number.value = "";
    });
  };

  /* A link to a field opens what hides it, and puts the cursor there. At first the cursor is at the first error, or in
     the title of a new record. */
  const openPlaces = (form) => {
    const open = (id) => {
      document.dispatchEvent(new CustomEvent("field:sought", { detail: id }));
      const field = document.getElementById(id);
      field?.closest("details")?.setAttribute("open", "");
      const place = field?.matches(".select2-hidden-accessible")
        ? field.parentElement.querySelector(".select2-selection")
        : field;
      place?.focus();
      place?.scrollIntoView({ block: "center" });
    };
    form.addEventListener("click", (event) => {
      const link = event.target.closest("[data-opens]");
      if (!link) return;
      event.preventDefault();
      open(link.hash.slice(1));
    });
    const isNew = form.elements.version?.value === "0";
    const first = isNew ? form.elements[`title_${document.documentElement.lang}`] : null;
    (form.querySelector("[data-opens]") ?? first)?.focus();
    const sought = window.location.hash.slice(1);
    if (sought.startsWith("id_")) whenMade(() => open(sought));
  };

  /* A search among many takes the place of its select, but not its label: an empty one would have no name. */
  const nameSearches = (form) => {
    const name = () => {
      for (const select of form.querySelectorAll("select.select2-hidden-accessible")) {
        const label = select.labels[0];
        const search = select.parentElement.querySelector(".select2-selection");
        const chosen = search?.querySelector(".select2-selection__rendered");
        if (!label || !chosen) continue;
        label.id ||= `${select.id}_label`;
        search.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
        chosen.setAttribute("role", "presentation"); // it is the text of the search, and no field beside it
        chosen.removeAttribute("aria-readonly");
      }
    };
    whenMade(name);
    document.addEventListener("formset:added", name);
  };

  /* What is typed and not saved is not left without a word. */
  const askBeforeLeaving = (form) => {
    let isSaved = true;
    form.addEventListener("input", () => {
      isSaved = false;
    });
    form.addEventListener("submit", () => {
      isSaved = true;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!isSaved) event.preventDefault();
    });
  };

  /* Ctrl and S save and stay. */
  const saveWithKeys = (form) => {
    form.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      const button = form.querySelector("[name=_continue]") ?? form.querySelector("[name=_save]");
      if (!button) return;
      event.preventDefault();
      button.click();
    });
  };

  const follow = (form, panel) => {
    let timer = null;
    let asked = 0;

    const ask = async () => {
      asked += 1;
      const turn = asked;
      const body = new FormData(form);
      body.delete("_popup");
      try {
        const response = await fetch(panel.dataset.live, { method: "POST", body, credentials: "same-origin" });
        const html = await response.text();
        if (response.ok && turn === asked) fill(form, panel, html);
      } catch {
        // no connection: the next keystroke asks again
      }
    };

    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    };

    form.addEventListener("input", wait);
    form.addEventListener("change", wait);
    window.django?.jQuery?.(form).on("change", wait); // choices from long tables tell jQuery alone
    document.addEventListener("formset:added", wait);
    document.addEventListener("formset:removed", wait);
    ask();
  };

  /* Put each part of the answer in its place; one that says what it said before stays, and is not read out again. */
  const fill = (form, panel, html) => {
    const answer = new DOMParser().parseFromString(html, "text/html");
    for (const part of answer.querySelectorAll("[data-live-part]")) {
      const region = panel.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      if (!region || said.get(region) === part.innerHTML) continue;
      said.set(region, part.innerHTML);
      replace(region, part);
      putUnread(form, region);
    }
    panel.hidden = false;
  };

  /* What was open stays open, and who stands at a link stays there. */
  const replace = (region, part) => {
    const isOpen = region.querySelector("details")?.open;
    const at = region.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    region.replaceChildren(...part.childNodes);
    const fold = region.querySelector("details");
    if (fold && isOpen) fold.open = true;
    if (at !== null) [...region.querySelectorAll("a")].find((link) => link.getAttribute("href") === at)?.focus();
  };

  /* What the server could not read of the list stands below the list, unless somebody is choosing there. */
  const putUnread = (form, region) => {
    const fresh = region.querySelector("[data-unread]");
    const place = form.querySelector("[data-countries] [data-unread]");
    if (!fresh) return;
    if (place && !place.contains(document.activeElement) && !place.querySelector(":checked")) place.replaceWith(fresh);
    else fresh.remove();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
