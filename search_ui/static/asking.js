/* Asking: the address of the page holds the question and its filters, and Gradio asks what the address says.
   The field in which a reader types is written here and nowhere else, so no reply of the server can wipe it. */
(() => {
  "use strict";
  const LONGEST_ADDRESS = 16000;
  const title = document.title;
  const field = () => document.querySelector("#question textarea");
  const form = () => document.getElementById("filter-form");
  const questionOf = (query) => new URLSearchParams(query).get("q") ?? "";

  let wanted = location.search;
  let busy = true; // Gradio asks by itself as the page opens; two questions at once would trip each other up
  let ours = false; // whether the button is pressed by this script
  let byButton = false; // whether the reader pressed a button elsewhere on the page
  let answered = null; // the mark of the last answer, whatever it answers

  window.bronvast = {
    asked() { // Gradio asks this now
      busy = true;
      return wanted;
    },
  };

  /* ---- What was typed and not asked yet is kept in this tab, for each address. ---- */
  const draftName = () => `bronvast:draft:${location.search}`;

  function stored(work) {
    try {
      return work(sessionStorage);
    } catch {
      return null; // the browser keeps nothing for this page
    }
  }

  function keepDraft() {
    const text = field().value;
    const asked = text.trim() === questionOf(location.search).trim();
    stored((store) => (asked ? store.removeItem(draftName()) : store.setItem(draftName(), text)));
  }

  function write(text) {
    const box = field();
    if (box.value === text) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.setSelectionRange(text.length, text.length);
  }

  const writeForAddress = () => write(stored((store) => store.getItem(draftName())) ?? questionOf(location.search));

  /* ---- The address, and all that follows it. ---- */
  function query(text, filters) {
    const rest = [...filters].filter(([name, value]) => value && name !== "q");
    return `?${new URLSearchParams([...(text ? [["q", text]] : []), ...rest])}`;
  }

  const filtersNow = () => (form() ? new FormData(form()) : new URLSearchParams(location.search));

  function want(next) {
    wanted = next;
    document.body.classList.add("asking");
    if (next === location.search || next.length > LONGEST_ADDRESS) return;
    history.pushState(null, "", next === "?" ? location.pathname : next);
    followAddress();
  }

  function followAddress() {
    const asked = questionOf(location.search).trim();
    document.title = asked ? `${asked} – ${title}` : title;
    for (const link of document.querySelectorAll(".masthead a[hreflang]")) link.search = location.search;
  }

  function press() {
    if (busy) return; // asked when the answer on its way has come
    ours = true;
    document.getElementById("ask").click();
    ours = false;
  }

  /* ---- Four ways to ask. ---- */
  function askWhatIsTyped() {
    const text = field().value.trim();
    stored((store) => store.removeItem(draftName()));
    if (text) want(query(text, filtersNow()));
    else wanted = query("", filtersNow()).replace("?", "?q=&"); // the server says that it is empty
  }

  function askOrHold(event) {
    askWhatIsTyped();
    if (!busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function ask(next) {
    const sameQuestion = questionOf(next) === questionOf(location.search);
    want(next);
    if (sameQuestion) keepDraft(); // other filters: what is being typed stays
    else writeForAddress();
    press();
  }

  document.addEventListener("keydown", (event) => {
    const asks = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (asks && event.target === field()) askOrHold(event);
  }, true); // before Gradio hears of it

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#ask") && !ours) askOrHold(event);
    const button = event.target.closest?.("button[data-ask]");
    if (!button) return;
    byButton = true;
    ask(button.dataset.ask);
  }, true);

  document.addEventListener("change", (event) => {
    if (event.target.form === form() && form()) ask(query(questionOf(location.search), new FormData(form())));
  });

  document.addEventListener("submit", (event) => {
    if (event.target === form()) event.preventDefault();
  });

  window.addEventListener("popstate", () => {
    if (location.search === wanted || !field()) return; // only "#bron-1" changed
    wanted = location.search;
    document.body.classList.add("asking");
    followAddress();
    writeForAddress();
    press();
  });

  document.addEventListener("input", (event) => {
    if (event.target === field()) keepDraft();
  });

  /* ---- When the page has opened, and when an answer has come. ---- */
  let open = false;

  function opened() {
    if (open || !field()) return;
    open = true;
    writeForAddress();
    followAddress();
    if (document.activeElement === document.body && !location.hash) field().focus(); // unless a reader is elsewhere already
  }

  function settle() {
    const mark = document.querySelector("#stage [data-answered]");
    if (!mark || mark.dataset.number === answered) return;
    answered = mark.dataset.number;
    busy = false;
    if (mark.dataset.answered !== wanted) {
      press(); // another question was asked meanwhile
      return;
    }
    document.body.classList.remove("asking", "unanswered");
    form()?.reset(); // to what the server says is set, over what was ticked by hand
    focusAnswer();
    document.dispatchEvent(new CustomEvent("bronvast:answered", { detail: { query: wanted, words: mark.dataset.words } }));
  }

  /* The button that was pressed may be gone, or stand far below the answer that it gave. */
  function focusAnswer() {
    const gone = document.activeElement === document.body || document.activeElement.closest("#examples, #history");
    if (byButton && gone) (document.querySelector("#answer h2") ?? field()).focus();
    byButton = false;
  }

  /* What stands there may answer another question: then it makes way for why this one has no answer. */
  const unanswered = Object.assign(document.createElement("div"), { id: "unanswered", className: "ours" });
  unanswered.append(Object.assign(document.createElement("p"), { className: "note error" }));

  document.addEventListener("bronvast:failed", ({ detail: { message } }) => {
    busy = false;
    document.body.classList.remove("asking");
    unanswered.firstChild.textContent = message;
    document.getElementById("result").before(unanswered);
    const shown = document.querySelector("#stage [data-answered]")?.dataset.answered;
    document.body.classList.toggle("unanswered", shown !== wanted);
  });

  new MutationObserver(() => { opened(); settle(); })
    .observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-number"] });
})();
