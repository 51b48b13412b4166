/* What the page does in the browser beside Gradio: source dialogs, announcements and messages. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;

  /* ---- A source in a dialog: the link's own page, fetched and shown over this one. ---- */
  let opener = null;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function buildDialog() {
    const close = element("button", { type: "button", className: "close", textContent: words.close });
    const text = element("div", { className: "text", tabIndex: 0 }); // it scrolls, so the keyboard must reach it
    const dialog = element("dialog", { id: "source-dialog", className: "ours reading" }, element("header"), close, text);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close(); // the backdrop
    });
    dialog.addEventListener("close", () => opener?.focus());
    document.body.append(dialog);
    return dialog;
  }

  async function fetchSource(address) {
    try {
      const reply = await fetch(address);
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      return page.querySelector("article");
    } catch {
      return element("article", {}, element("header", {}, element("h1", { textContent: words.failed, tabIndex: -1 })));
    }
  }

  function fill(dialog, main) {
    const header = main.querySelector("header");
    const title = header.querySelector("h1");
    const heading = element("h2", { id: "source-dialog-title", tabIndex: -1 }, ...title.childNodes);
    title.replaceWith(heading); // the page under the dialog has its own h1
    header.remove();
    dialog.querySelector("header").replaceWith(header);
    dialog.querySelector(".text").replaceChildren(...main.childNodes);
    dialog.setAttribute("aria-labelledby", heading.id);
    heading.focus();
    dialog.querySelector("mark")?.scrollIntoView({ block: "start" });
  }

  async function openSource(link) {
    opener = link;
    const dialog = document.getElementById("source-dialog") ?? buildDialog();
    const main = await fetchSource(link.href);
    if (!dialog.open) dialog.showModal();
    fill(dialog, main);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-source]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (!link || elsewhere) return;
    event.preventDefault();
    openSource(link);
  });

  /* ---- Gradio does not say whether its fold is open. ---- */
  function sayFold() {
    const fold = document.querySelector("#filters > button");
    const open = fold?.nextElementSibling?.style.display !== "none";
    if (fold && fold.ariaExpanded !== String(open)) fold.ariaExpanded = open;
  }

  /* ---- Gradio's own messages are in English, whatever the language. ---- */
  function inOurWords(message) {
    if (message.startsWith("Connection")) return words.lost;
    return message.startsWith("Queue") ? words.busy : words.wrong;
  }

  function translateMessages() {
    for (const toast of document.querySelectorAll("[data-testid='toast-body']:not([data-translated])")) {
      toast.dataset.translated = "";
      const message = toast.querySelector("[data-testid='toast-text']");
      const ours = inOurWords(message?.textContent ?? "");
      for (const [node, said] of [[toast.querySelector(".toast-title"), words.trouble], [message, ours]]) {
        if (node?.firstChild) node.firstChild.data = said;
      }
      toast.querySelector("[data-testid='toast-close']")?.setAttribute("aria-label", words.close);
      document.body.classList.remove("asking");
    }
  }

  /* ---- For a screen reader: that a question takes long, once, and what it brought. ---- */
  const region = element("p", { className: "for-ears" });
  region.setAttribute("role", "status");
  let waiting = false;

  function sayStage() {
    const stage = document.querySelector("#stage .stage");
    if (stage && !waiting) region.textContent = stage.textContent;
    waiting = stage !== null;
  }

  document.addEventListener("bronvast:answered", () => {
    const shown = document.querySelector("#answer [data-announce]");
    region.replaceChildren(document.createTextNode(shown?.dataset.announce ?? "")); // anew, also when it is the same
  });

  document.body.append(region);
  const watched = { subtree: true, childList: true, attributeFilter: ["style"] };
  new MutationObserver(() => { sayStage(); sayFold(); translateMessages(); }).observe(document.body, watched);
})();
