/* The form of an activity while somebody fills it in: what the server says of it, ticks that follow numbers, and the
   way to an error. The form does its work without this. Words come from the server. */
(() => {
  const PAUSE = 500;

  const start = () => {
    const form = document.getElementById("activity_form");
    if (!form) return;
    keepTicksWithNumbers(form);
    openPlaces(form);
    saveWithKeys(form);
    const panel = form.querySelector("[data-live]");
    if (panel) follow(form, panel);
  };

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

  /* A link to an error opens what hides its place, and puts the cursor there. */
  const openPlaces = (form) => {
    const open = (id) => {
      const place = document.getElementById(id);
      place?.closest("details")?.setAttribute("open", "");
      place?.focus();
    };
    form.addEventListener("click", (event) => {
      const link = event.target.closest("[data-opens]");
      if (!link) return;
      event.preventDefault();
      open(link.hash.slice(1));
    });
    form.querySelector("[data-opens]")?.focus();
    if (window.location.hash.startsWith("#id_")) open(window.location.hash.slice(1));
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
    const regions = [...panel.querySelectorAll("[data-live-from]")];
    let timer = null;
    let asked = 0;

    const fill = async (region, body, turn) => {
      const response = await fetch(region.dataset.liveFrom, { method: "POST", body, credentials: "same-origin" });
      const html = await response.text();
      if (!response.ok || turn !== asked) return;
      const piece = new DOMParser().parseFromString(html, "text/html");
      const isOpen = region.querySelector("details")?.open;
      region.replaceChildren(...piece.body.childNodes);
      const fold = region.querySelector("details");
      if (fold && isOpen) fold.open = true;
      putUnread(form, region);
      panel.hidden = false;
    };

    const ask = async () => {
      asked += 1;
      const turn = asked;
      const body = new FormData(form);
      body.delete("_popup");
      for (const region of regions) {
        try {
          await fill(region, body, turn);
        } catch {
          return; // no connection: the next keystroke asks again
        }
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
    ask();
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
