// Sends each chosen file by itself and tells how far it has come and what came of it.
// Without this script the form sends them all at once, and the page that comes back tells.
"use strict";
{
  const form = document.querySelector(".bank-upload");
  const input = form.elements.files;
  const drop = form.querySelector(".bank-upload__drop");
  const result = document.querySelector(".bank-upload__result");
  const list = result.querySelector(".bank-uploads");
  const status = result.querySelector(".bank-upload__status");
  const next = result.querySelector(".bank-upload__next");
  const made = [];
  let waiting = [];
  let sending = false;

  const make = (name, facts) => Object.assign(document.createElement(name), facts);

  const fault = (sentence) => {
    const box = make("div", { className: "bank-result bank-result--wrong" });
    box.append(make("p", { textContent: `Inte uppladdad. ${sentence}` }));
    return box;
  };

  const again = (row, label, anyway) => {
    const button = make("button", { type: "button", className: "button", textContent: label });
    button.append(make("span", { className: "visually-hidden", textContent: ` ${row.file.name}` }));
    button.addEventListener("click", () => {
      row.item.focus();
      waiting.push({ ...row, anyway: anyway || row.anyway });
      work();
    });
    return button;
  };

  const tell = (row, box, ...buttons) => {
    row.place.replaceChildren(box, ...buttons);
  };

  const judge = (row, request) => {
    // Who is logged out gets the page where one logs in
    const isOurs = request.status === 200 && request.responseURL === row.address;
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const box = isOurs ? page.querySelector(".bank-result") : null;
    if (!box && request.status === 413) return tell(row, fault("Filen är för stor för servern."));
    const token = page.querySelector("[name=csrfmiddlewaretoken]");
    if (request.status === 403 && token && !page.querySelector("[name=_log_in]") && !row.isFresh) {
      // Who has logged in elsewhere has another token, which this answer brought
      form.elements.csrfmiddlewaretoken.value = token.value;
      waiting.push({ ...row, isFresh: true });
      return;
    }
    if (!box && [200, 403].includes(request.status)) {
      const sentence = "Du är inte inloggad längre. Logga in i en annan flik och försök igen.";
      return tell(row, fault(sentence), again(row, "Försök igen", false));
    }
    if (!box) return tell(row, fault("Något gick fel."), again(row, "Försök igen", false));
    if (box.dataset.image) made.push(box.dataset.image);
    tell(row, box, ...("alike" in box.dataset ? [again(row, "Ladda upp ändå", true)] : []));
  };

  const send = (row) => new Promise((done) => {
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("one", "1");
    if (row.anyway) data.set("anyway", "on");
    data.set("files", row.file);
    const bar = make("progress", { max: 100, value: 0 });
    bar.setAttribute("aria-label", `Laddar upp ${row.file.name}`);
    const words = make("span", { textContent: "Skickas …" });
    row.place.replaceChildren(bar, words);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      words.textContent = "Bilden görs i ordning …";
    });
    request.addEventListener("load", () => judge(row, request));
    request.addEventListener("error", () => {
      tell(row, fault("Förbindelsen bröts."), again(row, "Försök igen", false));
    });
    request.addEventListener("loadend", done);
    request.open("POST", row.address);
    request.send(data);
  });

  const sum = () => {
    status.textContent = waiting.length
      ? `${waiting.length} ${waiting.length === 1 ? "fil" : "filer"} kvar.`
      : `Klart. ${made.length} ${made.length === 1 ? "bild är uppladdad" : "bilder är uppladdade"}.`;
    next.hidden = !made.length;
    const link = next.querySelector("a");
    link.href = `${form.dataset.texts}?${made.map((key) => `id=${key}`).join("&")}`;
    link.textContent = `Skriv alternativtexter till ${made.length} ${made.length === 1 ? "bild" : "bilder"}`;
  };

  const work = async () => {
    if (sending) return;
    sending = true;
    while (waiting.length) {
      sum();
      const [row] = waiting;
      await send(row);
      waiting.shift();
    }
    sending = false;
    sum();
  };

  const take = (files) => {
    const most = Number(form.dataset.number);
    result.hidden = false;
    [...files].forEach((file, number) => {
      const item = make("li", { tabIndex: -1 });
      const place = make("div", { className: "bank-uploads__place", textContent: "Väntar." });
      item.append(make("strong", { className: "bank-uploads__name", textContent: file.name }), place);
      list.append(item);
      const row = { file, item, place, address: form.action, anyway: form.elements.anyway.checked };
      if (number >= most) tell(row, fault(`Välj högst ${most} filer åt gången.`));
      else if (file.size > Number(form.dataset.each)) tell(row, fault("Filen får vara på högst 15 MB."));
      else waiting.push(row);
    });
    work();
  };

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return; // the server says what is missing
    event.preventDefault();
    take(input.files);
    input.value = "";
  });

  window.addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });

  drop.querySelector(".bank-upload__hint").hidden = false;
  const mark = (isOver) => drop.classList.toggle("bank-upload__drop--over", isOver);
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  drop.addEventListener("dragleave", () => mark(false));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (event.dataTransfer.files.length) take(event.dataTransfer.files);
  });
}
