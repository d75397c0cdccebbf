// The dialog for a link: a page of the site, found by its title (a combobox, ARIA APG), or an address.
import { Link as BaseLink } from "django-prose-editor/editor";

const WAIT = 150; // ms without a keystroke before anything is asked
const SHORTEST = 2;
const ODD =
  "Adressen går inte att använda. Den ska börja med https://, mailto: eller tel:, eller med / " +
  "om den leder till en sida här på webbplatsen.";
const EMPTY = "Sök en sida eller skriv en adress.";
const KINDS = [/^https?:\/\/[^\s/]+\.[^\s]+$/i, /^mailto:[^\s@]+@[^\s@]+$/i, /^tel:\+?[\d-]+$/i, /^\/(?!\/)\S*$/];
let number = 0;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
}

// What somebody has typed or pasted, as an address; "" for what can't be one
export function asAddress(typed) {
  let address = typed.trim();
  if (/^www\./i.test(address)) address = `https://${address}`;
  if (/^[^\s@:/]+@[^\s@/]+\.[^\s@/]+$/.test(address)) address = `mailto:${address}`;
  if (/^tel:/i.test(address)) address = address.replace(/[\s()]/g, "");
  if (address.startsWith(`${location.origin}/`)) address = address.slice(location.origin.length);
  return KINDS.some((kind) => kind.test(address)) ? address : "";
}

class PageSearch {
  constructor(id, pages, language, choose) {
    Object.assign(this, { pages, language, choose, chosen: -1 });
    this.list = make("ul", { id: `${id}-list`, role: "listbox", class: "link-pages", hidden: "" });
    this.list.setAttribute("aria-label", "Sidor på webbplatsen");
    this.input = make("input", { id, type: "text", role: "combobox", autocomplete: "off" });
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.says = make("p", { role: "status", class: "link-says" });
    const label = make("label", { for: id }, "Sök en sida på webbplatsen");
    this.element = make("div", { class: "prose-editor-dialog-field" }, label, this.input);
    this.element.append(this.list, this.says);
    this.show(false);
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.show(false));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.input.value.trim().length < SHORTEST) return this.show(false);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    this.request = new AbortController();
    const { signal } = this.request;
    const query = new URLSearchParams({ q: this.input.value, sprak: this.language });
    try {
      const answer = await fetch(`${this.pages}?${query}`, { signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const { pages } = await answer.json();
      if (!signal.aborted) this.fill(pages);
    } catch {
      if (signal.aborted) return;
      this.show(false);
      this.says.textContent = "Sökningen svarar inte. Skriv adressen nedan i stället.";
    }
  }

  fill(pages) {
    const options = pages.map(({ title, language, path, about }, index) => {
      const name = make("span", { lang: language, dir: "auto" }, title);
      const option = make("li", { id: `${this.list.id}-${index}`, role: "option" }, name, " ");
      option.setAttribute("aria-selected", "false");
      option.append(make("span", { class: "link-about", lang: "sv" }, about));
      Object.assign(option.dataset, { path, title });
      return option;
    });
    this.list.replaceChildren(...options);
    this.show(pages.length > 0);
    const found = pages.length === 1 ? "1 sida" : `${pages.length} sidor`;
    this.says.textContent = pages.length ? `${found} hittades.` : "Ingen sida har en sådan rubrik.";
  }

  show(isShown) {
    this.mark(-1);
    this.list.hidden = !isShown;
    this.input.setAttribute("aria-expanded", String(isShown));
  }

  mark(index) {
    this.list.children[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = index;
    const option = this.list.children[index];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const last = this.list.children.length - 1;
    const keys = {
      ArrowDown: () => this.mark(this.chosen < last ? this.chosen + 1 : -1),
      ArrowUp: () => this.mark(this.chosen < 0 ? last : this.chosen - 1),
      Escape: () => this.show(false),
      Enter: () => this.take(this.list.children[Math.max(this.chosen, 0)]),
    };
    if (this.list.hidden || event.isComposing || !keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  }

  take(option) {
    this.input.value = option.dataset.title;
    this.show(false);
    this.says.textContent = `Länken går till ${option.dataset.path}`;
    this.choose(option.dataset.path);
  }
}

class LinkDialog {
  constructor(editor, pages) {
    this.editor = editor;
    const id = `link-${++number}`;
    this.address = make("input", { id: `${id}-address`, type: "text", inputmode: "url" });
    this.address.setAttribute("aria-describedby", `${id}-error`);
    this.address.value = editor.getAttributes("link").href ?? "";
    this.error = make("p", { id: `${id}-error`, role: "alert", class: "link-error" });
    this.search = new PageSearch(`${id}-page`, pages, editor.view.dom.lang, (path) => {
      this.address.value = path;
      this.complain("");
    });
    this.dialog = this.build(id);
  }

  build(id) {
    const label = make("label", { for: this.address.id }, "Adress (https://…, mailto:… eller tel:…)");
    const field = make("div", { class: "prose-editor-dialog-field" }, label, this.address, this.error);
    const use = make("button", { type: "submit" }, "Använd");
    const cancel = make("button", { type: "button" }, "Avbryt");
    const buttons = make("div", { class: "prose-editor-dialog-buttons" }, use, cancel);
    const title = make("h3", { id: `${id}-title`, class: "prose-editor-dialog-title" }, "Länk");
    const form = make("form", { novalidate: "" }, title, this.search.element, field, buttons);
    const dialog = make("dialog", { class: "prose-editor-dialog link-dialog" }, form);
    dialog.setAttribute("aria-labelledby", `${id}-title`);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation(); // the form of the page is not sent
      this.use();
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      this.editor.view.focus();
    });
    return dialog;
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    (this.address.value ? this.address : this.search.input).focus();
  }

  complain(words) {
    this.error.textContent = words;
    this.address.setAttribute("aria-invalid", String(Boolean(words)));
    if (words) this.address.focus();
  }

  use() {
    const href = asAddress(this.address.value);
    if (!href) return this.complain(this.address.value.trim() ? ODD : EMPTY);
    this.dialog.close();
    const chain = this.editor.chain().focus();
    if (this.editor.isActive("link")) chain.extendMarkRange("link").updateAttributes("link", { href }).run();
    else chain.setMark("link", { href }).run();
  }
}

export const Link = BaseLink.extend({
  addOptions() {
    return { ...this.parent?.(), pages: "" };
  },
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          const { pages } = this.options;
          const mayLink = !editor.state.selection.empty || editor.isActive("link");
          if (mayLink) new LinkDialog(editor, pages).open();
          return mayLink;
        },
    };
  },
});
