/* The dossier: questions kept in this browser only, to be taken along together as one file. */
(() => {
  "use strict";
  const LIST = "bronvast:dossier";
  const MOST = 50;
  const place = document.getElementById("dossier");
  const [heading, list, template] = ["h2", "ol", "template"].map((name) => place.querySelector(name));

  function kept() {
    const asks = (one) => typeof one?.query === "string" && new URLSearchParams(one.query).get("q");
    const written = localStorage.getItem(LIST) ?? "[]";
    try {
      return JSON.parse(written).filter(asks);
    } catch {
      return []; // something else was written there
    }
  }

  function keep(asked) {
    localStorage.setItem(LIST, JSON.stringify(asked.slice(0, MOST)));
    show();
  }

  function moved(asked, from, to) {
    const others = asked.filter((_, at) => at !== from);
    return [...others.slice(0, to), asked[from], ...others.slice(to)];
  }

  function entry({ query, words }, at, asked) {
    const item = template.content.firstElementChild.cloneNode(true);
    const link = item.querySelector("a");
    link.textContent = words;
    link.href = location.pathname + query;
    for (const button of item.querySelectorAll("button")) button.ariaLabel = `${button.textContent}: ${link.textContent}`;
    for (const [name, to] of [["up", at - 1], ["down", at + 1]]) {
      const button = item.querySelector(`.${name}`);
      button.hidden = asked.length === 1;
      button.ariaDisabled = String(to < 0 || to >= asked.length);
      button.addEventListener("click", () => {
        if (button.ariaDisabled === "true") return;
        keep(moved(kept(), at, to));
        list.children[to].querySelector(`.${name}`).focus();
      });
    }
    item.querySelector(".remove").addEventListener("click", (event) => {
      if (event.detail > 1) return; // the second of two clicks would remove the next one, which has come under it
      keep(kept().filter((_, other) => other !== at));
      const next = list.children[Math.min(at, list.children.length - 1)];
      (next?.querySelector(".remove") ?? document.querySelector("#question textarea"))?.focus();
    });
    return item;
  }

  function show() {
    const asked = kept();
    place.hidden = asked.length === 0;
    heading.querySelector(".count").textContent = ` (${asked.length})`;
    list.replaceChildren(...asked.map(entry));
    const together = asked.map(({ query }) => query.replace(/^\?/, "")).join("&");
    for (const link of place.querySelectorAll("a[data-files]")) link.href = link.dataset.files.replace("?", `?${together}&`);
    sayAdded();
  }

  /* The button under an answer says whether it is in the dossier. */
  function sayAdded() {
    for (const button of document.querySelectorAll("[data-to-dossier]")) {
      const pressed = String(kept().some(({ query }) => query === button.dataset.toDossier));
      if (button.ariaPressed === pressed && !button.hidden) continue;
      button.hidden = false;
      button.ariaPressed = pressed;
    }
  }

  function begin() {
    show();
    place.querySelector(".clear").addEventListener("click", () => {
      keep([]);
      document.querySelector("#question textarea")?.focus();
    });
    window.addEventListener("storage", show); // another tab
    document.addEventListener("click", ({ target }) => {
      const button = target.closest?.("[data-to-dossier]");
      if (!button) return;
      const { toDossier: query, words } = button.dataset;
      const others = kept().filter((one) => one.query !== query);
      keep(button.ariaPressed === "true" ? others : [...others, { query, words }]);
    });
    new MutationObserver(sayAdded).observe(document.body, { subtree: true, childList: true });
  }

  try {
    begin();
  } catch {
    place.hidden = true; // the browser keeps nothing for this page
  }
})();
