/* A source, one click away: every link with data-source opens its own page over this one, in a dialog, and on a wide
   screen in a panel beside it. The pages of sources use this too: for their pictures, for copying and for the keys. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const BESIDE = matchMedia("(min-width: 87.5rem)"); // wide enough to read the page and its source side by side
  const REMEMBERED = 60_000; // milliseconds: what was fetched ahead is used once, and soon
  const REST = 80; // milliseconds on a link before its source is fetched ahead

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /* ---- Fetching: the article of a page of ours, also ahead of the click. ---- */
  const ahead = new Map();

  async function fetchArticle(address) {
    const reply = await fetch(address);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    return page.querySelector("article") ?? Promise.reject(new Error(address));
  }

  function fetchAhead(link) {
    if (ahead.has(link.href)) return;
    const coming = fetchArticle(link.href);
    ahead.set(link.href, coming);
    setTimeout(() => ahead.delete(link.href), REMEMBERED);
    coming.then(
      (article) => article.querySelectorAll("img").forEach((image) => { new Image().src = image.src; }),
      () => ahead.delete(link.href),
    );
  }

  function take(address) {
    const coming = ahead.get(address) ?? fetchArticle(address);
    ahead.delete(address);
    return coming.catch(() => element("article", { className: "reading" },
      element("header", {}, element("h1", { textContent: words.trouble, tabIndex: -1 })),
      element("div", { className: "text" }, element("p", { textContent: words.failed }))));
  }

  let resting = 0;
  document.addEventListener("pointerover", (event) => {
    clearTimeout(resting);
    const link = event.target.closest?.("a[data-source], a[data-turn]");
    if (link) resting = setTimeout(fetchAhead, REST, link);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("a[data-source], a[data-turn]")) fetchAhead(event.target);
  });

  /* ---- The dialog. ---- */
  let opener = null;
  let latest = ""; // the address asked for last: a slower one before it is dropped

  function buildDialog() {
    const close = element("button", { type: "button", className: "button close", textContent: words.close });
    const dialog = element("dialog", { id: "source-dialog", className: "ours" }, close, element("article"));
    close.addEventListener("click", () => leave(dialog));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog && dialog.matches(":modal")) leave(dialog); // the backdrop
    });
    dialog.addEventListener("cancel", () => { latest = ""; });
    dialog.addEventListener("close", () => { // said a moment later: a source may have been opened meanwhile
      if (dialog.open) return;
      document.documentElement.classList.remove("with-source");
      opener?.focus();
    });
    document.body.append(dialog);
    return dialog;
  }

  function leave(dialog) {
    latest = "";
    dialog.close();
  }

  function show(dialog) {
    if (dialog.open) return;
    if (BESIDE.matches) {
      document.documentElement.classList.add("with-source");
      dialog.show();
    } else {
      dialog.showModal();
    }
  }

  function fill(dialog, article) {
    const title = article.querySelector("h1");
    const heading = element("h2", { id: "source-dialog-title", tabIndex: -1 }, ...title.childNodes);
    title.replaceWith(heading); // the page under the dialog has its own h1
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.querySelector("article").replaceWith(document.adoptNode(article));
    prepare(article);
  }

  async function openSource(link) {
    const dialog = document.getElementById("source-dialog") ?? buildDialog();
    if (!dialog.contains(link)) opener = link;
    latest = link.href;
    const article = await take(link.href);
    if (latest !== link.href) return;
    fill(dialog, article);
    show(dialog);
    toPassage(article);
    dialog.querySelector("h2").focus({ preventScroll: true });
  }

  async function turn(link) {
    const dialog = link.closest("dialog");
    latest = link.href;
    const article = await take(link.href);
    if (latest !== link.href || !dialog.open) return;
    fill(dialog, article);
    dialog.scrollTop = 0;
    toPassage(article);
    const same = article.querySelector(`[data-turn="${link.dataset.turn}"]`) ?? article.querySelector("[data-turn]");
    (same ?? dialog.querySelector("h2")).focus({ preventScroll: true });
    say(article, article.querySelector(".where")?.textContent ?? "");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-source], dialog a[data-turn]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (!link || elsewhere) return;
    event.preventDefault();
    (link.dataset.turn ? turn : openSource)(link);
  });

  /* ---- Keys: the arrows turn pages, Escape closes a panel as it closes a dialog. ---- */
  function keepsArrows(node) {
    return node.matches?.("input, textarea, select, [contenteditable]") || node.scrollWidth > node.clientWidth;
  }

  document.addEventListener("keydown", (event) => {
    const dialog = document.getElementById("source-dialog");
    const within = dialog?.open ? dialog : document.querySelector("body.ours main > article.viewer");
    if (!within || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.key === "Escape" && within === dialog && !dialog.matches(":modal")) {
      leave(dialog);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const isHere = within.contains(event.target) || (within !== dialog && event.target === document.body);
      if (isHere && !keepsArrows(event.target)) {
        within.querySelector(`[data-turn="${event.key === "ArrowLeft" ? "previous" : "next"}"]`)?.click();
      }
    }
  });

  /* ---- What a shown source can do: its pictures, its size, copying. ---- */
  function prepare(article) {
    const pane = article.querySelector(".picture");
    if (pane?.dataset.picture) fillPane(pane);
    if (pane?.querySelector("img") || pane?.dataset.picture) article.querySelector(".zoom")?.removeAttribute("hidden");
    article.querySelector(".copy")?.removeAttribute("hidden");
    article.querySelectorAll(".without-script").forEach((node) => node.remove());
  }

  async function fillPane(pane) {
    let found = null;
    try {
      found = (await fetchArticle(pane.dataset.picture)).querySelector(".picture");
    } catch { /* the text is there; what could be drawn already stays */ }
    if (!pane.isConnected || !found) return;
    document.adoptNode(found); // from now on its pictures are fetched
    const images = [...found.querySelectorAll("img")];
    images.forEach((image) => useSize(image, pane));
    await Promise.allSettled(images.map((image) => image.decode()));
    pane.replaceChildren(...found.childNodes);
    pane.classList.toggle("in-words", found.classList.contains("in-words"));
    images.filter((image) => !image.naturalWidth).forEach(sayFailed);
    toBoxes(pane);
  }

  function useSize(image, pane) {
    if (pane.classList.contains("wide")) image.src = image.dataset.wide;
  }

  function toPassage(article) {
    const pane = article.querySelector(".text");
    const mark = pane?.querySelector("mark") ?? pane?.querySelector(".passage");
    mark?.scrollIntoView({ block: "start", behavior: "instant" });
    const picture = article.querySelector(".picture");
    if (picture) toBoxes(picture);
  }

  /* Only the pane itself is scrolled: who reads the text on a telephone is not moved. */
  function toBoxes(pane) {
    const box = pane.querySelector(".boxes rect");
    if (!box || pane.scrollHeight <= pane.clientHeight) return;
    const place = box.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    pane.scrollTop += place.top - frame.top - frame.height / 4;
    pane.scrollLeft += Math.min(place.left - frame.left - 16, 0) || Math.max(place.left - frame.right + 96, 0);
  }

  function sayFailed(image) {
    image.closest("figure")?.replaceWith(element("p", { className: "note", textContent: image.dataset.failed }));
  }

  function say(article, text) {
    const said = article.querySelector(".said");
    if (said) said.textContent = text;
  }

  async function copy(button) {
    const { plain, rich, copied, failed } = button.dataset;
    const kinds = { "text/plain": plain, "text/html": rich };
    let done = true;
    try {
      const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } catch {
      done = copyByCommand(kinds);
    }
    say(button.closest("article"), done ? copied : failed);
  }

  function copyByCommand(kinds) {
    const put = (event) => {
      Object.entries(kinds).forEach(([type, text]) => event.clipboardData.setData(type, text));
      event.preventDefault();
    };
    document.addEventListener("copy", put, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", put);
    return done;
  }

  function zoom(button) {
    const pane = button.closest("article").querySelector(".picture");
    const isWide = pane.classList.toggle("wide");
    button.setAttribute("aria-pressed", isWide);
    if (isWide) pane.querySelectorAll("img").forEach((image) => useSize(image, pane));
    toBoxes(pane);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".viewer button");
    if (button?.classList.contains("copy")) copy(button);
    if (button?.classList.contains("zoom")) zoom(button);
  });
  document.addEventListener("error", (event) => {
    if (event.target.matches?.(".viewer .sheet img")) sayFailed(event.target);
  }, true);

  const own = document.querySelector("body.ours main > article.viewer");
  if (own) {
    prepare(own);
    toPassage(own);
  }
})();
