/* What the page does in the browser beside Gradio: announcements and messages. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /* ---- Gradio does not say whether its fold is open. ---- */
  function sayFold() {
    const fold = document.querySelector("#filters > button");
    const open = fold?.nextElementSibling?.style.display !== "none";
    if (fold && fold.ariaExpanded !== String(open)) fold.ariaExpanded = open;
  }

  /* ---- Gradio's own messages are in English, whatever the language. ---- */
  function inOurWords(message) {
    if (message.startsWith("Connection")) return words.lost;
    if (message === words.often) return message;
    return /^(Queue|This application is currently busy)/.test(message) ? words.busy : words.wrong;
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
      const header = toast.querySelector("[role='button']:has(button)"); // a button in a button is none
      for (const attribute of ["role", "tabindex"]) header?.removeAttribute(attribute);
      document.dispatchEvent(new CustomEvent("bronvast:failed", { detail: { message: ours } }));
      logInAgain();
    }
  }

  /* ---- Who is no longer logged in goes to the page for it, and comes back to this question. ---- */
  async function logInAgain() {
    const reply = await fetch("/gezond").catch(() => null);
    if (reply?.status === 401) location.reload();
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
