/* What a term means, beside the term: shown on hover, focus and touch, gone with Escape (WCAG 1.4.13). */
(() => {
  "use strict";
  const GAP = 6; // pixels between a term and its meaning
  const PATIENCE = 200; // milliseconds in which the pointer may cross that gap
  let shown = null; // { term, meaning }
  let leaving = 0;

  const meaningOf = (term) => document.getElementById(term.getAttribute("aria-describedby"));
  const termAt = (node) => node.closest?.("dfn[aria-describedby]");

  function place(term, meaning) {
    const at = term.getClientRects()[0];
    const left = Math.min(at.left, document.documentElement.clientWidth - meaning.offsetWidth - GAP);
    const below = at.bottom + GAP;
    const above = at.top - GAP - meaning.offsetHeight;
    meaning.style.left = `${Math.max(left, GAP)}px`;
    meaning.style.top = `${below + meaning.offsetHeight > window.innerHeight && above > 0 ? above : below}px`;
  }

  function show(term) {
    clearTimeout(leaving);
    if (shown?.term === term) return;
    hide();
    const meaning = meaningOf(term);
    if (!meaning?.showPopover) return;
    meaning.showPopover();
    place(term, meaning);
    shown = { term, meaning };
  }

  function hide() {
    clearTimeout(leaving);
    if (shown?.meaning.matches(":popover-open")) shown.meaning.hidePopover();
    shown = null;
  }

  /* The pointer has left: unless it comes back, or the keyboard is still there, the meaning goes. */
  function leave() {
    clearTimeout(leaving);
    leaving = setTimeout(() => { if (shown && document.activeElement !== shown.term) hide(); }, PATIENCE);
  }

  document.addEventListener("pointerover", (event) => {
    const term = termAt(event.target);
    if (term) show(term);
    else if (shown?.meaning.contains(event.target)) clearTimeout(leaving);
    else if (shown) leave();
  });
  document.addEventListener("pointerdown", (event) => { // a finger that comes down elsewhere
    if (shown && !termAt(event.target) && !shown.meaning.contains(event.target)) hide();
  });
  document.addEventListener("focusin", (event) => {
    const term = termAt(event.target);
    if (term) show(term);
  });
  document.addEventListener("focusout", (event) => { // but not to who presses the meaning itself
    if (event.target === shown?.term && !shown.meaning.matches(":hover")) hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  for (const moved of ["scroll", "resize"]) {
    window.addEventListener(moved, () => { if (shown) place(shown.term, shown.meaning); }, { passive: true });
  }
  document.addEventListener("bronvast:answered", hide);
})();
