// A little comfort; every page works whole without it.
"use strict";

// "/" goes to the search box, as in a library catalogue.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("q");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// The outline of a report shows where one is reading.
const entries = new Map();
for (const link of document.querySelectorAll(".outline a")) {
  const place = document.getElementById(link.hash.slice(1));
  if (place) entries.set(place, link);
}
if (entries.size) {
  const places = [...entries.keys()];
  const show = () => {
    const passed = places.filter((place) => place.getBoundingClientRect().top < 140);
    const here = passed.length ? passed[passed.length - 1] : places[0];
    for (const [place, link] of entries) {
      const at = place === here;
      link.classList.toggle("at", at);
      if (at) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  document.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; show(); });
  }, { passive: true });
  show();
}

// On the phone the outline is a dialog: choosing a place closes it.
const outline = document.getElementById("outline");
if (outline && outline.hidePopover) {
  outline.addEventListener("click", (event) => {
    if (event.target.closest("a") && outline.matches(":popover-open")) outline.hidePopover();
  });
}
