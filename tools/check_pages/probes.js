/* What the checks ask of a page, from within it. Evaluated once per page; gives an object of functions. */
(() => {
  const SAME_IN_EVERY_LANGUAGE = "script, style, noscript, textarea, code, kbd, samp, bdi, [translate=no]";
  const WORDED = ["title", "aria-label", "aria-description", "alt"];
  const STOPS = "a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";
  const INDICATORS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor"];
  const SIDES = ["Top", "Right", "Bottom", "Left"];

  const named = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const said = (element.getAttribute("aria-label") || element.value || element.textContent || "").trim();
    return `<${element.localName}${id}${element.className && !id ? `.${String(element.className).split(" ")[0]}` : ""}> ${said.replace(/\s+/g, " ").slice(0, 40)}`;
  };
  const languageOf = (element) => element.closest("[lang]")?.lang ?? "";

  /* Texts */

  const texts = () => {
    const found = [];
    const add = (element, text) => {
      if (text?.trim() && !element.closest(SAME_IN_EVERY_LANGUAGE)) found.push([text, languageOf(element), named(element)]);
    };
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) add(walker.currentNode.parentElement, walker.currentNode.data);
    for (const element of document.querySelectorAll("*")) {
      for (const name of WORDED) add(element, element.getAttribute(name));
      // The language of a field is that of what is typed in it; what asks for it speaks the language around it.
      if (element.placeholder && element.translate) add(element.parentElement, element.placeholder);
      if (element.matches("input:is([type=submit], [type=button], [type=reset])")) add(element, element.value);
    }
    return found;
  };

  /* Room */

  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  const scrollsInside = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };

  const hasOwnText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());

  const isForEars = (element) => {
    for (let box = element; box; box = box.parentElement) {
      const { clip, clipPath } = getComputedStyle(box);
      if (clip !== "auto" || clipPath !== "none") return true;
    }
    return false;
  };

  const sideways = () => {
    const width = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > width) {
      found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    }
    for (const element of document.body.querySelectorAll("*")) {
      if (!(hasOwnText(element) || element.matches("input, select, textarea, img, button")) || !isShown(element)) continue;
      const box = element.getBoundingClientRect();
      const isOut = box.width && (box.left < -1 || box.right > width + 1);
      if (isOut && !isForEars(element) && !scrollsInside(element)) {
        found.push(`${named(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
      }
    }
    return found.slice(0, 6);
  };

  /* The keyboard */

  const isStop = (element) =>
    element.tabIndex >= 0 &&
    !element.disabled &&
    !element.closest("[inert]") &&
    !element.matches("input[type=hidden]") &&
    !(element.localName === "summary" && element !== element.parentElement.querySelector(":scope > summary")) &&
    element.checkVisibility({ visibilityProperty: true }) &&
    isChosenOfItsGroup(element);

  const isChosenOfItsGroup = (element) => {
    if (!element.matches("input[type=radio]") || !element.name || element.checked) return true;
    const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)];
    return !group.some((other) => other.checked && other.form === element.form) && group[0] === element;
  };

  const look = (element) => {
    const style = getComputedStyle(element);
    return [...INDICATORS.map((name) => style[name]), ...SIDES.map((side) => style[`border${side}Color`] + style[`border${side}Width`])];
  };
  const around = (element) => [element, ...(element.labels ?? []), element.parentElement, element.nextElementSibling].filter(Boolean);
  const hasOutline = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && (style.outlineStyle === "auto" || parseFloat(style.outlineWidth) >= 2);
  };

  let stops = [];
  const before = new Map();
  const reached = new Set();
  const unseen = new Set();
  const outside = new Set();

  const note = () => {
    const element = document.activeElement;
    if (!element || element === document.body || reached.has(element)) return;
    reached.add(element);
    const changed = around(element).some((one) => before.has(one) && String(before.get(one)) !== String(look(one)));
    if (!hasOutline(element) && !changed) unseen.add(element);
    const box = element.getBoundingClientRect();
    const isInView =
      box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < document.documentElement.clientWidth;
    if (!isInView || isForEars(element)) outside.add(element);
  };

  /* Remember every stop as it looks without focus; gives how many presses of Tab lead through them all. */
  const startWalk = () => {
    document.activeElement?.blur();
    stops = [...document.querySelectorAll(STOPS)].filter(isStop);
    for (const element of stops) for (const one of around(element)) if (!before.has(one)) before.set(one, look(one));
    document.addEventListener("keydown", note, { capture: true });
    const parts = { date: 4, time: 4, "datetime-local": 7, month: 3 };
    return stops.reduce((sum, element) => sum + (parts[element.type] ?? 1), 0);
  };

  const isDone = () => {
    note();
    return stops.every((element) => reached.has(element) || !isStop(element));
  };

  const walked = () => [
    ...stops.filter((element) => isStop(element) && !reached.has(element)).map((one) => `Tab never reaches ${named(one)}`),
    ...[...unseen].map((one) => `the focus does not show on ${named(one)}`),
    ...[...outside].map((one) => `the focus is out of sight on ${named(one)}`),
  ];

  return { texts, sideways, startWalk, isDone, walked, stops: () => stops.length };
})();
