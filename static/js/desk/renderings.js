/* While something is rendered, its state is looked at every three seconds. */
const PAUSE = 3000;

export const watchRenderings = (desk) => {
  let timer = null;

  const look = async () => {
    const panel = document.getElementById("renderings");
    try {
      const response = await fetch(panel.dataset.again, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById("renderings");
      if (fresh && fresh.outerHTML !== panel.outerHTML) {
        const focused = document.activeElement?.id;
        panel.replaceWith(document.importNode(fresh, true));
        if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
        if (!fresh.dataset.again) desk.dispatchEvent(new CustomEvent("desk:rendered"));
      }
    } finally {
      wait();
    }
  };

  const wait = () => {
    clearTimeout(timer);
    if (document.getElementById("renderings")?.dataset.again) timer = setTimeout(look, PAUSE);
  };

  desk.addEventListener("desk:refreshed", wait);
  wait();
};
