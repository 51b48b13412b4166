/* What was asked before: kept in this browser only, never sent anywhere, to be asked again and erased. */
(() => {
  "use strict";
  const LIST = "bronvast:history";
  const OFF = "bronvast:history-off";
  const LONGEST = 50;

  const section = () => document.querySelector("#history section");
  const kept = () => localStorage.getItem(OFF) === null;

  function list() {
    const written = localStorage.getItem(LIST) ?? "[]";
    try {
      return JSON.parse(written).filter((one) => typeof one?.query === "string");
    } catch {
      return []; // something else was written there
    }
  }

  function save(asked) {
    if (asked.length) localStorage.setItem(LIST, JSON.stringify(asked.slice(0, LONGEST)));
    else localStorage.removeItem(LIST);
    show();
  }

  const without = (query) => list().filter((one) => one.query !== query);

  function entry({ query, words }) {
    const item = section().querySelector("template").content.firstElementChild.cloneNode(true);
    const [again, erase] = item.children;
    again.textContent = words;
    again.dataset.ask = query;
    again.addEventListener("click", () => { section().querySelector("details").open = false; });
    erase.ariaLabel = `${erase.textContent}: ${again.textContent}`;
    erase.addEventListener("click", (event) => {
      if (event.detail > 1) return; // the second of two clicks would erase the next one, which has come under it
      const place = [...item.parentElement.children].indexOf(item);
      save(without(query));
      const left = section().querySelectorAll(".erase");
      (left[Math.min(place, left.length - 1)] ?? section().querySelector("summary")).focus();
    });
    return item;
  }

  function show() {
    if (!section()) return;
    const asked = list();
    section().querySelector("ul").replaceChildren(...asked.map(entry));
    section().querySelector(".count").textContent = asked.length ? ` (${asked.length})` : "";
    section().querySelector(".empty").hidden = asked.length > 0;
    section().querySelector(".erase-all").hidden = asked.length === 0;
    section().querySelector(".keep").checked = kept();
  }

  function begin() {
    section().querySelector(".erase-all").addEventListener("click", () => {
      save([]);
      section().querySelector("summary").focus();
    });
    section().querySelector(".keep").addEventListener("change", (event) => {
      if (event.target.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
      save(event.target.checked ? list() : []);
    });
    document.addEventListener("bronvast:answered", ({ detail: { query, words } }) => {
      if (!kept() || !new URLSearchParams(query).get("q") || !document.querySelector("#answer .status")) return;
      save([{ query, words }, ...without(query)]);
    });
    window.addEventListener("storage", show); // another tab
    show();
  }

  const waiting = new MutationObserver(() => {
    if (!section()) return;
    waiting.disconnect();
    try {
      begin();
    } catch {
      section().hidden = true; // the browser keeps nothing for this page
    }
  });
  waiting.observe(document.body, { subtree: true, childList: true });
})();
