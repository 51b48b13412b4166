/* What the library does beside its forms: send files one by one, with progress, and follow how they are taken in. */
(() => {
  "use strict";

  document.documentElement.classList.add("with-script");
  document.querySelector("[data-focus]")?.focus();

  /* ---- What was chosen to be sent, beside the button: the browser says it in its own language. ---- */
  function sayPicked(field) {
    const place = field.closest(".file").querySelector(".picked");
    const [first, ...others] = field.files;
    const many = () => place.dataset.many.replace("#", field.files.length);
    place.textContent = others.length ? many() : first?.name ?? place.dataset.none;
  }

  for (const field of document.querySelectorAll(".file input")) {
    field.addEventListener("change", () => sayPicked(field));
    sayPicked(field); // a browser that goes back may have kept a choice
  }

  const form = document.getElementById("add");
  if (!form) return;
  const words = form.dataset;
  const list = document.getElementById("sending");
  const jobs = document.getElementById("jobs");
  const stop = document.getElementById("stop");
  const said = document.getElementById("progress-said");
  const submit = form.querySelector("button[type=submit]");
  let chosen = []; // [{file, name, line}]

  /* ---- What is chosen: through the fields, or dropped, folders too. ---- */

  function choose(files) {
    chosen = files.map(({ file, name }) => ({ file, name, line: shownLine(name) }));
    list.replaceChildren(...chosen.map((one) => one.line));
    say(`${words.chosen}${chosen.length}`);
  }

  function shownLine(name) {
    const line = document.createElement("li");
    const label = Object.assign(document.createElement("span"), { className: "name", textContent: name });
    const state = Object.assign(document.createElement("span"), { className: "state" });
    line.append(label, " ", state);
    return line;
  }

  function empty(field) {
    field.value = "";
    sayPicked(field);
  }

  const fromField = (file) => ({ file, name: file.webkitRelativePath || file.name });
  const fields = [...form.querySelectorAll("input[type=file]")];
  const fromFields = () => choose(fields.flatMap((field) => [...field.files].map(fromField)));
  for (const field of fields) field.addEventListener("change", fromFields);

  async function entriesIn(folder) {
    const reader = folder.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return found;
      found.push(...some);
    }
  }

  async function filesIn(entry) {
    if (entry instanceof File) return [fromField(entry)];
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      return [{ file, name: entry.fullPath.slice(1) }];
    }
    const inside = await Promise.all((await entriesIn(entry)).map(filesIn));
    return inside.flat();
  }

  const area = form.querySelector(".drop");
  const over = (on) => (event) => { event.preventDefault(); area.classList.toggle("over", on); };
  area.addEventListener("dragover", over(true));
  area.addEventListener("dragleave", over(false));
  area.addEventListener("drop", async (event) => {
    over(false)(event);
    const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    const dropped = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
    fields.forEach(empty);
    choose((await Promise.all(dropped.map(filesIn))).flat());
  });

  /* ---- Sending: one file after the other, each with how far it is. ---- */

  function say(text) {
    if (said.textContent !== text) said.textContent = text;
  }

  async function post(address) {
    const reply = await fetch(address, { method: "POST" });
    const answer = await reply.json();
    if (!reply.ok) throw new Error(answer.error);
    return answer;
  }

  function send(address, { file, name, line }) {
    const state = line.querySelector(".state");
    return new Promise((resolve) => {
      const end = (text, style) => { state.textContent = text; line.className = style; resolve(); };
      if (file.size > Number(words.most)) { end(words.notSent + words.tooLarge, "failed"); return; }
      const request = new XMLHttpRequest();
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        state.textContent = `${words.sending} ${total ? Math.floor((100 * loaded) / total) : 0} %`;
      });
      request.addEventListener("load", () => {
        if (request.status === 200) { end(words.sent, "sent"); return; }
        let reason = words.lost;
        try { reason = JSON.parse(request.responseText).error ?? reason; } catch { /* no words of ours */ }
        end(words.notSent + reason, "failed");
      });
      request.addEventListener("error", () => end(words.notSent + words.lost, "failed"));
      request.open("POST", `${address}?naam=${encodeURIComponent(name)}`);
      request.send(file);
    });
  }

  form.addEventListener("submit", async (event) => {
    if (!chosen.length) return; // the form itself says that nothing was chosen
    event.preventDefault();
    submit.disabled = true;
    const sameName = form.querySelector("input[name=naam]:checked").value;
    try {
      const batch = await post(`${words.batch}?naam=${sameName}`);
      for (const one of chosen) await send(batch.file, one);
      await post(batch.begin);
      say(words.finished);
      for (const one of chosen.filter(({ line }) => line.className !== "failed")) one.line.remove();
      chosen = [];
      fields.forEach(empty);
      follow();
    } catch (error) {
      say(`${words.notSent}${error instanceof TypeError ? words.lost : error.message}`);
      list.prepend(Object.assign(document.createElement("li"), { className: "failed", textContent: said.textContent }));
    } finally {
      submit.disabled = false;
    }
  });

  /* ---- Following: how far the server is. ---- */

  let following = false;

  async function follow() {
    if (following) return;
    following = true;
    let busy = true;
    while (busy) {
      try {
        const reply = await fetch(words.progress);
        if (!reply.ok) throw new Error(words.progress);
        const state = await reply.json();
        if (jobs.dataset.shown !== state.html) show(state.html);
        say(state.said);
        busy = state.busy;
      } catch {
        say(words.lost);
        busy = false;
      }
      stop.hidden = !busy;
      if (busy) await new Promise((resolve) => setTimeout(resolve, 700));
    }
    following = false;
  }

  function show(html) {
    const focused = jobs.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    jobs.dataset.shown = html;
    jobs.innerHTML = html; // written and escaped by the server
    if (focused) jobs.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }

  stop.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    await fetch(event.target.action, { method: "POST", redirect: "manual" });
    say(words.stopping);
  });

  if (!stop.hidden) follow();
})();
