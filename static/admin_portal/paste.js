// Pasted text from Word, Google Docs and web pages, before the editor throws away what it can't hold:
// lists that are paragraphs with a dot, levels of headings, tables, pictures. What the editor does
// hold the server mends when the text is saved (publishing/tidying).
import { Extension, Plugin } from "django-prose-editor/editor";

const UNSEEN = "del, style, script, title, meta, link, xml, noscript, template, button, select, input";
const PICTURES = "img, picture, svg, video, iframe, object, canvas";
const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, li, blockquote, pre, table, ul, ol";
const HEADINGS = ["H1", "H2", "H3", "H4", "H5", "H6"];
const WORD_LIST = /mso-list:\s*\S+\s+level(\d)/i;
const MARKER = /^\(?(?:(?:\d+[.])*(\d{1,5})[.):]*|([a-zåäö]|[ivxlc]+)[.)]+)$/i;
const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100 };
const LETTERS = "abcdefghijklmnopqrstuvwxyzåäö";
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

// Lists, as in publishing/tidying: { tag, start, also, depth, items } for each piece of one

const isList = (node) => node.nodeName === "UL" || node.nodeName === "OL";

function roman(signs) {
  const values = [...signs].map((sign) => ROMAN[sign]);
  return values.reduce((sum, one, n) => sum + (one < (values[n + 1] ?? 0) ? -one : one), 0);
}

// i. is 1 or 9
function numbers(marker) {
  const [, digits = "1", signs] = marker.match(MARKER) ?? [];
  if (!signs) return { start: Number(digits), also: 0 };
  const sign = signs.toLowerCase();
  const letter = LETTERS.indexOf(sign) + 1;
  if (sign.length > 1 || "ivx".includes(sign)) return { start: roman(sign), also: letter };
  return { start: letter, also: ROMAN[sign] ?? 0 };
}

function takeMarker(paragraph) {
  const ignored = all(paragraph, '[style*="mso-list"]');
  const marker = ignored.map((each) => each.textContent).join("").trim();
  for (const each of ignored) each.remove();
  return marker;
}

function wordItem(paragraph) {
  const depth = Number(paragraph.getAttribute("style").match(WORD_LIST)[1]);
  const marker = takeMarker(paragraph);
  const tag = MARKER.test(marker) ? "ol" : "ul";
  return { ...numbers(marker), depth, tag, items: [make("li", make("p", ...paragraph.childNodes))] };
}

function onlineItem(list, item) {
  const start = list.hasAttribute("start") && !item.previousElementSibling ? list.start : null;
  const depth = Number(item.getAttribute("data-aria-level")) || 1;
  const [only, second] = all(item, "p");
  const nodes = (only && !second ? only : item).childNodes;
  return { start, depth, tag: list.localName, items: [make("li", make("p", ...nodes))] };
}

// An item begins with a text: lists before it belong to the item before, or came too deep
function listPieces(list) {
  const own = { tag: list.localName, start: list.start || 1, depth: 1, items: [] };
  const found = [];
  if (list.querySelector(":scope > [data-aria-level]")) {
    return [...list.children].map((item) => onlineItem(list, item));
  }
  for (const child of [...list.childNodes]) {
    const nodes = child.nodeName === "LI" ? [...child.childNodes] : [child];
    const seen = nodes.filter((node) => node.nodeType === 1 || node.textContent.trim());
    const texts = seen.findIndex((node) => !isList(node));
    const deep = seen.slice(0, texts < 0 ? seen.length : texts).flatMap(listPieces);
    if (own.items.length) own.items.at(-1).append(nest(deep));
    else found.push(...deep.map((each) => ({ ...each, depth: each.depth + 1 })));
    if (texts >= 0) own.items.push(make("li", ...nodes.slice(nodes.indexOf(seen[texts]))));
  }
  return own.items.length ? [...found, own] : found;
}

function continues(list, { tag, start, also }) {
  if (list?.localName !== tag) return false;
  const following = list.start + list.children.length;
  return tag === "ul" || [start ?? following, also].includes(following);
}

function nest(pieces) {
  const top = document.createDocumentFragment();
  let open = [];
  for (const piece of pieces) {
    open = open.filter((each) => each.depth < piece.depth);
    const place = open.at(-1)?.list.lastElementChild ?? top;
    if (!continues(place.lastElementChild, piece)) {
      const list = make(piece.tag);
      if (piece.tag === "ol" && (piece.start ?? 1) !== 1) list.start = piece.start;
      place.append(list);
    }
    const list = place.lastElementChild;
    list.append(...piece.items);
    open.push({ depth: piece.depth, list });
  }
  return top;
}

// [elements] that follow on each other
function rows(elements) {
  const found = [];
  for (const element of elements) {
    const row = found.find((each) => each.at(-1).nextElementSibling === element);
    if (row) row.push(element);
    else found.push([element]);
  }
  return found;
}

function makeLists(body) {
  const isWordItem = (each) => WORD_LIST.test(each.getAttribute("style")) && each.localName !== "li";
  for (const heading of all(body, "h1, h2, h3, h4, h5, h6").filter(isWordItem)) {
    const marker = takeMarker(heading);
    heading.removeAttribute("style");
    if (MARKER.test(marker)) heading.prepend(`${marker} `);
  }
  // Word on the web writes each item as a list of its own, in a box of its own
  for (const list of all(body, "ul, ol")) {
    const box = list.parentElement;
    if (list.querySelector("li[data-aria-level]") && box.children.length === 1 && box !== body) {
      box.replaceWith(list);
    }
  }
  const parts = all(body, BLOCKS).filter(
    (each) => isWordItem(each) || (isList(each) && !isList(each.parentElement)),
  );
  for (const row of rows(parts).toReversed()) {
    const lists = nest(row.flatMap((each) => (isList(each) ? listPieces(each) : [wordItem(each)])));
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
  !cell.querySelector("ul, ol, table, blockquote, br + *") &&
  all(cell, BLOCKS).every((each, n) => !n && each.textContent.trim() === cell.textContent.trim());

function unwrapTable(table) {
  const cells = all(table, "td, th, caption");
  table.replaceWith(...cells.map((cell) => make("div", ...cell.childNodes)));
}

function trimmed(cell) {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  texts.nextNode().data = texts.currentNode.data.trimStart();
  while (texts.nextNode());
  texts.currentNode.data = texts.currentNode.data.trimEnd();
  return cell;
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
      line.append(...trimmed(cell.querySelector(BLOCKS) ?? cell).childNodes);
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

// Bookmarks and what else stands between the paragraphs of a list
function dropUnseen(body) {
  for (const each of all(body, "span, a").toReversed()) {
    if (!each.textContent && !each.children.length) each.remove();
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
  // A bookmark in Word doesn't come along
  const places = all(body, "a[name]").map((each) => `#${each.name}`);
  const isGone = (each) => places.includes(each.getAttribute("href"));
  for (const each of all(body, "a[href]").filter(isGone)) each.removeAttribute("href");
  const pictures = all(body, PICTURES);
  for (const each of pictures) each.remove();
  if (pictures.length) say(SAYS.picture);
  dropUnseen(body);
  dropEmpty(body);
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
