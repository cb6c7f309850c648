/* The rows of the form. A row of partners comes with what it holds; what all rows have alike it takes from the empty
   row, which has it once: the roles to choose from, the search for institutions, the texts nobody has written yet.
   Words come from there. The cursor follows rows that come and go. */
(() => {
  const NOT_SHARED = new Set(["id", "name", "value", "checked"]);

  const start = () => {
    for (const row of document.querySelectorAll("[data-shared]")) {
      const empty = row.parentElement.querySelector(".empty-form");
      if (empty) complete(row, empty);
    }
    document.addEventListener("field:sought", (event) => showTextsFor(event.detail));
    followRows();
  };

  /* The cursor goes into a row that was added, and back to where one adds when a row was taken out. */
  const followRows = () => {
    document.addEventListener("formset:added", (event) => {
      const first = event.target.querySelector("select, textarea, input:not([type=hidden])");
      (first?.parentElement.querySelector(".select2-selection") ?? first)?.focus();
    });
    document.addEventListener("formset:removed", (event) => {
      document.querySelector(`#${event.detail.formsetName}-group .add-row a`)?.focus();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== " " || !event.target.matches("a[role=button]")) return;
      event.preventDefault();
      event.target.click();
    });
  };

  const complete = (row, empty) => {
    for (const field of row.querySelectorAll("select, input, textarea")) {
      const model = modelOf(field.name, empty);
      if (model) takeFrom(model, field, row);
    }
    const more = row.querySelector("details");
    more?.addEventListener("toggle", () => showTexts(row));
    if (more) more.hidden = false;
  };

  const modelOf = (name, empty) => {
    const place = name.search(/-\d+-/);
    return place < 0 ? null : empty.querySelector(`[name="${name.replace(/-\d+-/, "-__prefix__-")}"]`);
  };

  const takeFrom = (model, field, row) => {
    for (const { name, value } of model.attributes) {
      if (!NOT_SHARED.has(name) && !field.hasAttribute(name)) field.setAttribute(name, value);
    }
    if (field.tagName === "SELECT") takeOptions(model, field);
    const links = model.closest(".related-widget-wrapper")?.querySelectorAll("a") ?? [];
    field.parentElement.append(...[...links].map((link) => numbered(link, row)));
  };

  /* The options of the model in their order, with the chosen one in its place, or after them. */
  const takeOptions = (model, field) => {
    const chosen = field.options[0];
    const others = [...model.options].map((option) => {
      return option.value === chosen.value ? chosen : new Option(option.text, option.value);
    });
    field.append(...others);
    if (!others.includes(chosen)) field.append(chosen);
    field.value = chosen.value;
  };

  /* A copy of something of the empty row, as it is called in this one. */
  const numbered = (model, row) => {
    const copy = model.cloneNode(true);
    const number = row.id.slice(row.id.lastIndexOf("-") + 1);
    for (const each of [copy, ...copy.querySelectorAll("*")]) {
      for (const attribute of each.attributes) attribute.value = attribute.value.replaceAll("__prefix__", number);
    }
    return copy;
  };

  /* The texts that a row does not hold yet, below those it does. */
  const showTexts = (row) => {
    const more = row.querySelector("details");
    const empty = row.parentElement.querySelector(".empty-form");
    if (!more || more.querySelector(".form-row")) return;
    for (const model of empty.querySelectorAll("details .form-row")) {
      const texts = numbered(model, row);
      const isThere = [...texts.querySelectorAll("[name]")].some((field) => row.querySelector(`[name="${field.name}"]`));
      if (!isThere) more.append(texts);
    }
  };

  /* Somebody is led to a field that its row has not shown yet. */
  const showTextsFor = (id) => {
    const row = document.getElementById(id.match(/^id_(\w+-\d+)-/)?.[1] ?? "");
    if (row?.matches("[data-shared]") && !document.getElementById(id)) showTexts(row);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
