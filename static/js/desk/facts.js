/* Facts go into the text in which the cursor last stood. */
export const offerFacts = (desk) => {
  let text = null;

  desk.addEventListener("focusin", (event) => {
    if (!event.target.matches("textarea")) return;
    text = event.target;
    const slot = text.closest("form").querySelector("[data-slot]");
    const facts = document.querySelector("[data-offered]");
    if (slot && facts && facts.parentElement !== slot) slot.append(facts);
  });

  desk.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    const form = button.closest("form");
    const target = form?.contains(text) ? text : (form?.querySelector("textarea") ?? text);
    if (!target?.isConnected) return;
    target.setRangeText(button.dataset.insert, target.selectionStart, target.selectionEnd, "end");
    target.dispatchEvent(new Event("input", { bubbles: true }));
    target.focus();
  });
};
