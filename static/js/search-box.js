// Suggests titles while somebody types: a combobox with a list of links to choose among (ARIA APG).
// Without this file, or without an answer, the form is an ordinary one.

const WAIT = 150; // ms without a keystroke before anything is asked
const SHORTEST = 2;
const form = document.querySelector("[data-suggestions]");
const field = form.elements.q;
const list = form.querySelector("ul");
let request;
let timer;
let chosen = -1;

function set(element, attributes) {
  for (const name in attributes) element.setAttribute(name, attributes[name]);
}

function choose(index) {
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = index;
  const option = list.children[index];
  if (!option) return field.removeAttribute("aria-activedescendant");
  set(option, { "aria-selected": "true" });
  set(field, { "aria-activedescendant": option.id });
  option.scrollIntoView({ block: "nearest" });
}

function show(isShown) {
  choose(-1);
  list.hidden = !isShown;
  set(field, { "aria-expanded": String(isShown) });
}

function close() {
  clearTimeout(timer);
  request?.abort();
  show(false);
}

function fill(suggestions) {
  list.replaceChildren(
    ...suggestions.map(({ title, url, language }, index) => {
      const option = document.createElement("li");
      set(option, { id: `${list.id}-${index}`, role: "option", lang: language, dir: "auto" });
      set(option, { "aria-selected": "false", "data-url": url });
      option.textContent = title;
      return option;
    }),
  );
  show(suggestions.length > 0);
}

async function suggest() {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  try {
    const query = new URLSearchParams({ q: field.value });
    const answer = await fetch(`${form.dataset.suggestions}?${query}`, { signal });
    const { suggestions } = await answer.json();
    if (!signal.aborted) fill(suggestions);
  } catch {
    if (!signal.aborted) show(false);
  }
}

function go(option) {
  field.value = option.textContent;
  close();
  location.assign(option.dataset.url);
}

const KEYS = {
  ArrowDown: () => choose(chosen + 1 < list.children.length ? chosen + 1 : -1),
  ArrowUp: () => choose(chosen < 0 ? list.children.length - 1 : chosen - 1),
  Escape: close,
  Enter: () => go(list.children[chosen]),
};

set(list, { role: "listbox", "aria-label": field.labels[0].textContent });
set(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id });
show(false);

field.addEventListener("input", () => {
  clearTimeout(timer);
  request?.abort();
  if (field.value.trim().length < SHORTEST) return close();
  timer = setTimeout(suggest, WAIT);
});
field.addEventListener("keydown", (event) => {
  const isOurs = !list.hidden && !event.isComposing && (event.key !== "Enter" || chosen >= 0);
  if (!isOurs || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
field.addEventListener("blur", close);
form.addEventListener("submit", close);
list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the field focused
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) go(option);
});
