// Asks who leaves something written that isn't sent, and sends nothing before it is sure that the
// session is there, and is of whom the page was made for.
"use strict";
{
  const begun = new Map();
  let leaving = null, isAsking = false;

  // Rows that are ticked in a list are as easily ticked again
  const written = (form) =>
    [...new FormData(form)]
      .filter(([name]) => !/^(_|action$|csrf)/.test(name))
      .map(([name, value]) => `${name}=${value.name ?? value}`)
      .join("\n");

  // What was sent and refused stands in the page that came back; but no file that was chosen
  const isBack = (form) =>
    "unsent" in document.getElementById("log-in-here").dataset &&
    form.enctype !== "multipart/form-data" &&
    form.querySelector("input:not([type=hidden], [type=submit]), select, textarea");

  const begin = (form) => {
    form.append(Object.assign(document.createElement("p"), { className: "unsent", role: "alert" }));
    begun.set(form, isBack(form) ? null : written(form));
    form.addEventListener("input", () => (leaving = null));
  };

  // Last of all, since other scripts may send a form in their own way
  addEventListener("submit", async (event) => {
    const form = event.target, button = event.submitter;
    if (event.defaultPrevented || leaving === form || !begun.has(form)) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    const say = (sentence) => (form.lastChild.textContent = sentence);
    await logInHere.makeSure(say, () => {
      leaving = form;
      form.requestSubmit(button);
    });
    isAsking = false;
  });

  addEventListener("beforeunload", (event) => {
    for (const [form, text] of begun)
      if (form !== leaving && written(form) !== text) event.preventDefault();
  });
  addEventListener("pageshow", () => (leaving = null));

  // Editors of text are built first
  addEventListener("load", () => setTimeout(() => document.querySelectorAll("#content form[method=post]").forEach(begin)));
}
