// A little comfort; every page works whole without it.
"use strict";
const ROOT = document.documentElement.dataset.root || ""; // the path of a site under which the pages stand

// What the script says comes with the page, in its language.
const words = JSON.parse(document.body.dataset.say || "{}");
const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key] ?? key);
const numbers = document.documentElement.lang;

// Single keys, as a library catalogue has them. They can be switched off (WCAG 2.1.4), and never act on what is typed.
const keysOn = () => localStorage.getItem("keys") !== "off";
const hits = () => [...document.querySelectorAll("article.hit")];
const at = () => hits().findIndex((hit) => hit.contains(document.activeElement));
const goTo = (place) => {
  const title = hits()[place]?.querySelector("h2 a");
  title?.focus();
  title?.scrollIntoView({ block: "nearest" });
};
const ofHit = (css) => (hits()[at()] ?? (hits().length ? null : document))?.querySelector(css);
const commands = {
  "/": () => { const box = document.getElementById("q"); box?.focus(); box?.select(); },
  j: () => goTo(Math.min(at() + 1, hits().length - 1)),
  k: () => goTo(Math.max(at() - 1, 0)),
  o: () => ofHit("h2 a")?.click(),
  c: () => ofHit(".cite")?.click(),
  p: () => ofHit(".keep")?.click(),
  n: () => step(1),
  N: () => step(-1),
  "?": () => showKeys(),
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, dialog, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(commands, event.key)) return;
  if (!keysOn() && event.key !== "?") return;
  event.preventDefault();
  commands[event.key]();
});

// The list of keys, with the switch.
let keyList = null;
const showKeys = () => {
  if (!keyList) {
    keyList = document.createElement("dialog");
    keyList.className = "key-list";
    const head = document.createElement("h2");
    head.id = "key-list";
    head.textContent = say("keys");
    keyList.setAttribute("aria-labelledby", head.id);
    const list = document.createElement("dl");
    for (const [keys, told] of [["/", "key_box"], ["j k n N", "key_next"], ["o", "key_open"], ["c", "key_cite"], ["p", "key_keep"], ["?", "key_help"]]) {
      const term = document.createElement("dt");
      for (const key of keys.split(" ")) term.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
      const meaning = document.createElement("dd");
      meaning.textContent = say(told);
      list.append(term, meaning);
    }
    const label = document.createElement("label");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = keysOn();
    tick.addEventListener("change", () => localStorage.setItem("keys", tick.checked ? "on" : "off"));
    label.append(tick, " ", say("use_keys"));
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = say("close");
    close.addEventListener("click", () => keyList.close());
    keyList.append(head, list, label, close);
    document.body.append(keyList);
  }
  keyList.showModal();
};
for (const link of document.querySelectorAll(".keys-link")) {
  link.addEventListener("click", (event) => {
    if (location.pathname === "/help") return;
    event.preventDefault();
    showKeys();
  });
}

// Through the asked words of a report: n and N, or the two buttons beside their number.
const bar = document.querySelector(".here .marks");
const total = Number(bar?.querySelector(".step").dataset.marks ?? 0);
let mark = -1;
const step = (way) => {
  if (!total) return;
  mark = mark < 0 ? (way > 0 ? 0 : total - 1) : (mark + way + total) % total;
  const word = document.getElementById(`h${mark}`);
  document.querySelector("mark.now")?.classList.remove("now");
  word?.classList.add("now");
  word?.scrollIntoView({ block: "center" });
  bar.querySelector(".step").textContent = say("hit", { at: mark + 1, n: total });
  bar.querySelector("[role='status']").textContent = say("hit", { at: mark + 1, n: total });
};
for (const button of document.querySelectorAll("[data-step]")) {
  button.hidden = false;
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}
// It stands below the head, however high that is.
const head = document.querySelector(".at-report .top");
if (head && "ResizeObserver" in window) {
  new ResizeObserver(() => document.documentElement.style.setProperty("--top", `${head.offsetHeight}px`)).observe(head);
}
// The title stands in the bar once the one above the text has gone by.
const title = document.querySelector(".text h1");
if (title && "IntersectionObserver" in window) {
  new IntersectionObserver(([seen]) => document.querySelector(".here").classList.toggle("at-title", seen.isIntersecting)).observe(title);
}

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

// What is being typed may become one of these: a combobox with a list, chosen with arrows and Enter, or touched.
// The pattern is ARIA 1.2's; Enter without a choice sends the form as it always did.
const waitFor = 120; // milliseconds of silence: a fast typist's next key comes sooner
const box = document.querySelector(".box input[name='q']");
if (box) {
  const form = box.form;
  const list = document.createElement("ul");
  const told = document.createElement("span");
  list.id = "suggested";
  list.className = "suggested";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("suggestions"));
  told.className = "unseen";
  told.setAttribute("role", "status");
  form.append(list, told);
  box.type = "text"; // a search field may not be a combobox, and empties itself on Escape
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox",
    "aria-controls": list.id, "aria-expanded": "false", autocapitalize: "off", spellcheck: "false",
  })) box.setAttribute(name, value);

  const answers = new Map(); // address → suggestions
  let chosen = -1;
  let timer = 0;
  let asking = null; // what was asked last; an answer to anything older is dropped

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    told.textContent = "";
  };
  const choose = (place) => {
    chosen = place;
    [...list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === place));
      if (at === place) option.scrollIntoView({ block: "nearest" });
    });
    if (place < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[place].id);
  };
  const part = (kind, text) => {
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = text;
    return span;
  };
  const show = (suggestions) => {
    if (!suggestions.length || document.activeElement !== box) return close();
    list.replaceChildren(...suggestions.map((one, at) => {
      const option = document.createElement("li");
      option.id = `suggested-${at}`;
      option.setAttribute("role", "option");
      option.dataset.href = one.href;
      const name = part("name", one.text);
      if (one.name) {
        const other = document.createElement("small");
        other.textContent = one.name;
        name.append(other);
      }
      const counts = "passages" in one ? "passages" : "reports";
      const count = say(counts, { n: one[counts].toLocaleString(numbers) });
      option.append(part("kind", one.kind), name, part("count", count));
      return option;
    }));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    told.textContent = say("told", { n: suggestions.length });
    choose(-1);
  };
  const ask = async () => {
    if (!box.value.trim()) return close();
    const address = `${ROOT}/api/v1/suggest?${new URLSearchParams(new FormData(form))}`;
    asking?.abort();
    const mine = asking = new AbortController();
    try {
      if (!answers.has(address)) {
        const answer = await fetch(address, { signal: mine.signal });
        if (!answer.ok) return close();
        answers.set(address, (await answer.json()).suggestions);
      }
    } catch {
      return; // overtaken by the next key, or no network: the box works as before
    }
    if (asking === mine) show(answers.get(address));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, waitFor);
  };

  box.addEventListener("input", (event) => {
    // in mid-composition only the pinyin itself says something: zhao'shang
    if (event.isComposing && !/^[a-z' ]+$/i.test(event.data ?? "")) return;
    soon();
  });
  box.addEventListener("compositionend", soon);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // the key is the input method's
    const last = list.children.length - 1;
    if (list.hidden) {
      if (event.key === "ArrowDown" && box.value.trim()) {
        event.preventDefault();
        ask();
      }
      return;
    }
    if (event.key === "ArrowDown") choose(chosen === last ? -1 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.href);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
  window.addEventListener("pagehide", close); // who comes back finds the page, not the list
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus, so nothing closes
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role='option']");
    if (option) location.assign(option.dataset.href);
  });
}

// 我区: pinned by the reader, kept in this browser alone. The cookie lets the server shade its column.
for (const button of document.querySelectorAll(".pin")) {
  const mine = () => localStorage.getItem("mine");
  const pin = button.textContent;
  const show = () => { button.textContent = mine() === button.dataset.zone ? button.dataset.unpin : pin; };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    const off = mine() === button.dataset.zone;
    if (off) localStorage.removeItem("mine");
    else localStorage.setItem("mine", button.dataset.zone);
    document.cookie = `mine=${off ? "" : encodeURIComponent(button.dataset.zone)}; path=/; SameSite=Lax; max-age=${off ? 0 : 31536000}`;
    show();
  });
}

// Copied out of a hit, its words bring their source along; what one presses beside them stays behind (user-select).
document.addEventListener("copy", (event) => {
  const picked = getSelection();
  const text = picked.toString().trim();
  const within = picked.rangeCount ? picked.getRangeAt(0).commonAncestorContainer : null;
  const hit = (within?.nodeType === Node.ELEMENT_NODE ? within : within?.parentElement)?.closest("article.hit");
  if (!hit || text.length < 12 || !event.clipboardData) return; // a name or a figure is wanted alone
  const title = hit.querySelector("h2 a");
  const zone = hit.querySelector(".where b").textContent;
  const named = text.includes(title.textContent) ? "" : `${zone}《${title.textContent}》`;
  event.clipboardData.setData("text/plain", `${text}\n${named}${title.href.split("?")[0]}`);
  event.preventDefault();
});

// A citation goes to the clipboard as it stands.
for (const button of document.querySelectorAll(".copy")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = say("copied");
  });
}

// The address of a page holds everything that it shows.
for (const button of document.querySelectorAll(".copy-link")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    button.textContent = button.dataset.done;
  });
}

// The tray: what a reader collects, in a cookie that the server reads too. Without a script its buttons are a form.
const keepers = document.querySelectorAll("button.keep");
const kept = () => {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("tray="));
  return cookie ? decodeURIComponent(cookie.slice(5)).split("~").filter(Boolean) : [];
};
const showKept = () => {
  const words = kept();
  for (const count of document.querySelectorAll(".tray-count")) count.textContent = words.length ? ` ${words.length}` : "";
  for (const button of keepers) button.textContent = words.includes(button.value) ? button.dataset.kept : button.dataset.keep;
};
document.getElementById("keep")?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button || !button.classList.contains("keep")) return; // on the tray's own page the list itself changes
  event.preventDefault();
  const body = new URLSearchParams({ [button.name]: button.value });
  try {
    await fetch(event.target.action, { method: "POST", body, redirect: "manual" });
    showKept();
  } catch {
    location.assign(`${ROOT}/tray`); // no network: what lies in it is seen there
  }
});
window.addEventListener("pageshow", showKept);
showKept();
