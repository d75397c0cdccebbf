// The focal point is set in the picture itself, by pointer or arrow keys, and the crops follow.
// The crops are counted as images/recipe.py does it. Without this script there are number fields.
"use strict";
{
  const STEP = 0.01;
  const LEAP = 0.1; // with Shift
  const SHAPES = { card: 3 / 2, wide: 2 / 1, full: null, share: 1200 / 630 };
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const within = (value, most) => Math.min(Math.max(value, 0), most);

  // How far along its side a crop of `part` of the side begins: 0 first, 1 last
  const along = (focus, part) => (part >= 1 ? 0.5 : within(focus - part / 2, 1 - part) / (1 - part));

  const percent = (value) => `${Math.round(value * 100)} %`;

  const place = (picture, shape, own, x, y) => {
    const ratio = shape ?? own;
    const across = along(x, Math.min(1, ratio / own));
    const down = along(y, Math.min(1, own / ratio));
    picture.style.objectPosition = `${across * 100}% ${down * 100}%`;
  };

  const make = (name, facts) => Object.assign(document.createElement(name), facts);

  const begin = (box) => {
    const fields = [document.getElementById("id_focal_x"), document.getElementById("id_focal_y")];
    if (!fields.every(Boolean)) return; // somebody who may only look
    const own = box.dataset.width / box.dataset.height;
    const frame = box.querySelector(".focus__picture");
    const status = box.querySelector(".focus__status");
    const whole = make("img", { src: box.dataset.picture, alt: "Hela bilden", draggable: false });
    const point = make("button", { type: "button", className: "focus__point" });
    frame.append(whole, point);
    frame.hidden = false;
    frame.before(make("p", {
      className: "focus__hint help",
      textContent: "Klicka på det viktigaste i bilden, eller flytta punkten med piltangenterna (tillsammans med skift flyttas den längre).",
    }));
    const crops = Object.entries(SHAPES).map(([name, shape]) => {
      const crop = make("img", { src: box.dataset.picture, alt: "" });
      box.querySelector(`.focus__crop--${name}`).replaceChildren(crop);
      return [crop, shape];
    });

    const value = (field) => {
      const read = Number.parseFloat(field.value.replace(",", "."));
      return Number.isFinite(read) ? within(read, 1) : 0.5;
    };

    const show = () => {
      const [x, y] = fields.map(value);
      point.style.insetInlineStart = `${x * 100}%`;
      point.style.insetBlockStart = `${y * 100}%`;
      point.setAttribute("aria-label", `Fokuspunkten: ${percent(x)} från vänster, ${percent(y)} uppifrån. Flytta med piltangenterna.`);
      for (const [crop, shape] of crops) place(crop, shape, own, x, y);
    };

    const set = (x, y) => {
      [x, y].forEach((part, number) => {
        fields[number].value = within(Math.round(part * 100) / 100, 1);
        fields[number].dispatchEvent(new Event("change", { bubbles: true }));
      });
      const [left, top] = fields.map(value);
      status.textContent = `Fokuspunkten är ${percent(left)} från vänster och ${percent(top)} uppifrån.`;
      show();
    };

    const follow = (event) => {
      const edges = frame.getBoundingClientRect();
      set((event.clientX - edges.left) / edges.width, (event.clientY - edges.top) / edges.height);
    };

    frame.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      frame.setPointerCapture(event.pointerId);
      point.focus();
      follow(event);
    });
    frame.addEventListener("pointermove", (event) => {
      if (frame.hasPointerCapture(event.pointerId)) follow(event);
    });
    point.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (!move) return;
      event.preventDefault();
      const step = event.shiftKey ? LEAP : STEP;
      const [x, y] = fields.map(value);
      set(x + move[0] * step, y + move[1] * step);
    });
    for (const field of fields) field.addEventListener("input", show);
    show();
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".focus").forEach(begin);
  });
}
