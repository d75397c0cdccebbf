// Pasted text from Word, Google Docs and web pages, before the editor throws away what it can't hold:
// lists that are paragraphs with a dot, levels of headings, tables, pictures. What the editor does
// hold the server mends when the text is saved (publishing/tidying).
import { Extension, Plugin } from "django-prose-editor/editor";

const UNSEEN = "style, script, title, meta, link, xml, noscript, template, button, select, input";
const PICTURES = "img, picture, svg, video, iframe, object, canvas";
const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, li, blockquote, pre, table, ul, ol";
const HEADINGS = ["H1", "H2", "H3", "H4", "H5", "H6"];
const WORD_LIST = /mso-list:\s*\S+\s+level(\d)/i;
const MARKER = /^\(?(\d+|[a-z]|[ivxlc]+)[.)]/i;
const SAYS = {
  picture: "Bilder följer inte med när du klistrar in. Lägg in dem i bildbanken och välj dem i fältet Bild.",
  table: "Tabellen blev en lista, med en punkt för varje rad. Kontrollera att den går att förstå.",
};

const all = (root, selector) => [...root.querySelectorAll(selector)];

function make(tag, ...children) {
  const element = document.createElement(tag);
  element.append(...children);
  return element;
}

function rename(element, tag) {
  element.replaceWith(make(tag, ...element.childNodes));
}

// Lists

function wordItem(paragraph) {
  const depth = Number(paragraph.getAttribute("style").match(WORD_LIST)[1]);
  const ignored = all(paragraph, '[style*="mso-list"]');
  const marker = ignored.map((each) => each.textContent).join("").trim();
  for (const each of ignored) each.remove();
  const number = marker.match(MARKER)?.[1];
  return { depth, tag: number ? "ol" : "ul", start: Number(number) || 1, nodes: paragraph.childNodes };
}

function onlineItem(item) {
  const depth = Number(item.getAttribute("data-aria-level")) || 1;
  const list = item.parentElement;
  const tag = list.tagName.toLowerCase();
  const paragraphs = all(item, "p");
  const nodes = (paragraphs.length === 1 ? paragraphs[0] : item).childNodes;
  return { depth, tag, start: list.start || 1, nodes };
}

function nest(items) {
  const top = document.createDocumentFragment();
  let open = [];
  for (const { depth, tag, start, nodes } of items) {
    open = open.filter((each) => each.depth <= depth);
    if (open.at(-1)?.depth === depth && open.at(-1).tag !== tag) open.pop();
    if (!open.length || open.at(-1).depth < depth) {
      const list = make(tag);
      if (tag === "ol" && start !== 1) list.start = start;
      (open.at(-1)?.list.lastElementChild ?? top).append(list);
      open.push({ depth, tag, list });
    }
    open.at(-1).list.append(make("li", make("p", ...nodes)));
  }
  return top;
}

// [elements] that follow on each other
function rows(elements) {
  const found = [];
  for (const element of elements) {
    if (found.at(-1)?.at(-1).nextElementSibling === element) found.at(-1).push(element);
    else found.push([element]);
  }
  return found;
}

function makeLists(body) {
  const paragraphs = all(body, BLOCKS).filter((each) => WORD_LIST.test(each.getAttribute("style")));
  for (const row of rows(paragraphs)) {
    const lists = nest(row.map(wordItem));
    row[0].before(lists);
    for (const each of row) each.remove();
  }
  // Word on the web writes each item as a list of its own, in a box of its own
  for (const list of all(body, "ul, ol")) {
    const box = list.parentElement;
    if (list.querySelector("li[data-aria-level]") && box.children.length === 1 && box !== body) {
      box.replaceWith(list);
    }
  }
  const online = all(body, "ul, ol").filter((each) => each.querySelector("li[data-aria-level]"));
  for (const row of rows(online)) {
    const lists = nest(row.flatMap((list) => all(list, "li").map(onlineItem)));
    row[0].before(lists);
    for (const each of row) each.remove();
  }
}

// Headings: those of the editor stay as they are, others get its two levels

function mendHeadings(body) {
  const used = HEADINGS.filter((tag) => body.querySelector(tag));
  if (used.every((tag) => tag === "H2" || tag === "H3")) return;
  for (const [number, tag] of used.entries()) {
    for (const heading of all(body, tag)) rename(heading, number ? "x-3" : "x-2");
  }
  for (const level of ["2", "3"]) for (const each of all(body, `x-${level}`)) rename(each, `h${level}`);
}

// Tables

const isShort = (cell) =>
  !cell.querySelector("ul, ol, table, blockquote, br + *") && all(cell, BLOCKS).length < 2;

function unwrapTable(table) {
  const cells = all(table, "td, th, caption");
  table.replaceWith(...cells.map((cell) => make("div", ...cell.childNodes)));
}

function mendTable(table) {
  const isFilled = (cell) => cell.textContent.trim();
  const lines = [...table.rows].map((row) => [...row.cells].filter(isFilled));
  if (lines.every((cells) => cells.length < 2) || !lines.flat().every(isShort)) {
    unwrapTable(table);
    return false;
  }
  const list = make("ul");
  if (table.caption) table.before(make("p", ...table.caption.childNodes));
  for (const cells of lines.filter((each) => each.length)) {
    const line = make("p");
    for (const [number, cell] of cells.entries()) {
      if (number) line.append(number > 1 ? ", " : ": ");
      line.append(...(cell.querySelector(BLOCKS) ?? cell).childNodes);
    }
    list.append(make("li", line));
  }
  table.replaceWith(list);
  return true;
}

// Emphasis: styles can't be read from the page itself, since its policy refuses them

function isMarked(text, property, on, tags) {
  for (let each = text.parentElement; each; each = each.parentElement) {
    const style = each.getAttribute("style")?.match(property)?.[1];
    if (style) return on.test(style);
    if (tags.includes(each.tagName)) return true;
  }
  return false;
}

function mendEmphasis(body) {
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const marked = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const bold = isMarked(text, /(?:^|;)\s*font-weight:\s*([\w]+)/i, /^(bold(er)?|[5-9]\d\d)$/i, ["B", "STRONG"]);
    const slanted = isMarked(text, /(?:^|;)\s*font-style:\s*([\w]+)/i, /^(italic|oblique)$/i, ["I", "EM"]);
    marked.push([text, bold, slanted]);
  }
  for (const each of all(body, "b, strong, i, em")) each.replaceWith(...each.childNodes);
  for (const [text, bold, slanted] of marked) {
    const outer = make("span");
    text.replaceWith(outer);
    const inner = slanted ? make("em", text) : text;
    outer.replaceWith(bold ? make("strong", inner) : inner);
  }
  for (const each of all(body, "[style]")) each.removeAttribute("style");
}

function dropEmpty(body) {
  for (const each of all(body, "p, li, h2, h3").toReversed()) {
    if (!each.textContent.replace(/[\s\u200b\ufeff]/g, "")) each.remove();
  }
}

export function tidy(html, say) {
  // What our own editor has copied is clean, and says where it was cut
  if (html.includes("data-pm-slice")) return html;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const comments = document.createNodeIterator(body, NodeFilter.SHOW_COMMENT);
  for (let each = comments.nextNode(); each; each = comments.nextNode()) each.remove();
  for (const each of all(body, `${UNSEEN}, [href^="#_msocom"], [style*="mso-element:comment"]`)) {
    each.remove();
  }
  const pictures = all(body, PICTURES);
  for (const each of pictures) each.remove();
  if (pictures.length) say(SAYS.picture);
  makeLists(body);
  mendEmphasis(body);
  mendHeadings(body);
  if (all(body, "table").toReversed().map(mendTable).some(Boolean)) say(SAYS.table);
  dropEmpty(body);
  return body.innerHTML;
}

// A line below the writing area, read out when it changes
function speaker(dom) {
  const line = make("p");
  line.className = "prose-says";
  line.setAttribute("role", "status");
  dom.closest(".prose-editor").append(line);
  return line;
}

export const CleanPaste = Extension.create({
  name: "cleanPaste",
  addStorage: () => ({ line: null }),
  onCreate() {
    this.storage.line = speaker(this.editor.view.dom);
  },
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html) => {
            const said = [];
            const clean = tidy(html, (words) => said.push(words));
            this.storage.line.textContent = said.join(" ");
            return clean;
          },
        },
      }),
    ];
  },
});
