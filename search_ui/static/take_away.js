/* Taking an answer along: copying it, rich and plain at once, and each of its statements. */
(() => {
  "use strict";

  const region = Object.assign(document.createElement("p"), { className: "for-ears" });
  region.setAttribute("role", "status");
  document.body.append(region);

  /* ---- The clipboard: the new way, the old way, or by hand. ---- */
  async function write(html, text) {
    try {
      const parts = { "text/html": html, "text/plain": text };
      const blobs = Object.entries(parts).map(([type, part]) => [type, new Blob([part], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch {
      return writeByCommand(html, text);
    }
  }

  function writeByCommand(html, text) {
    let written = false;
    const put = (event) => {
      event.clipboardData.setData("text/html", html);
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      written = true;
    };
    document.addEventListener("copy", put, { capture: true, once: true });
    const allowed = document.execCommand("copy");
    document.removeEventListener("copy", put, { capture: true });
    return written && allowed;
  }

  function offerByHand(text, words, opener) {
    const dialog = Object.assign(document.createElement("dialog"), { className: "ours by-hand" });
    const told = Object.assign(document.createElement("p"), { textContent: words.refused });
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, rows: 12 });
    field.setAttribute("aria-label", words.text);
    const close = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words.close });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dialog.remove(); opener.focus(); });
    dialog.append(told, field, close);
    document.body.append(dialog);
    dialog.showModal();
    field.select();
  }

  async function copy(template, button, words) {
    if (!(await write(template.innerHTML, template.dataset.text))) {
      offerByHand(template.dataset.text, words, button);
      return;
    }
    button.dataset.done = words.copiedShort;
    region.textContent = "";
    requestAnimationFrame(() => { region.textContent = words.copied; }); // said again when copied again
    button.addEventListener("blur", () => delete button.dataset.done, { once: true });
  }

  /* ---- The buttons: one in the bar, one behind each statement. ---- */
  function statementButton(words) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy-one", textContent: words.copyOne });
    button.append(Object.assign(document.createElement("span"), { className: "for-ears", textContent: ` ${words.copyOneMore}` }));
    return button;
  }

  function prepare(bar) {
    bar.dataset.ready = "";
    const words = { ...bar.dataset };
    const whole = bar.querySelector("[data-copy]");
    whole.hidden = false;
    whole.addEventListener("click", () => copy(bar.querySelector("[data-copies=answer]"), whole, words));
    const statements = bar.closest(".answer").querySelectorAll(".statement");
    const templates = bar.querySelectorAll("[data-copies=statement]"); // in the order in which they are shown
    if (statements.length !== templates.length) return;
    statements.forEach((statement, place) => {
      const button = statementButton(words);
      button.addEventListener("click", () => copy(templates[place], button, words));
      (statement.querySelector(":scope > :last-child > li:last-child") ?? statement.lastElementChild).append(button);
    });
  }

  function prepareAll() {
    document.querySelectorAll(".take-away:not([data-ready])").forEach(prepare);
  }
  prepareAll();
  new MutationObserver(prepareAll).observe(document.body, { subtree: true, childList: true });
})();
