// Whether the session is there and still of whom the page was made for, and the dialog by which one
// logs in again in the page. For the scripts of forms, which come after this one.
"use strict";
const logInHere = (() => {
  const dialog = document.getElementById("log-in-here");
  const { url, user, login } = dialog.dataset;
  const PATIENCE = 15000;
  const REFUSED = {
    0: "Nätverket svarar inte. Försök igen.",
    400: "Användarnamnet eller lösenordet stämmer inte. Försök igen.",
    429: "För många försök. Vänta några minuter.",
  };
  const STAYS = "Det du skrev står kvar.";
  const NOT_SENT = {
    same: "",
    out: `Inget är skickat: du är utloggad. ${STAYS}`,
    offline: `Inget är skickat: nätverket svarar inte. ${STAYS} Försök igen om en stund.`,
    failed: `Inget är skickat: servern hinner inte med. ${STAYS} Försök igen om en stund.`,
    stranger: `Inget är skickat: någon annan har loggat in i den här webbläsaren. ${STAYS} Öppna en ny flik, logga ut och logga in som dig själv.`,
  };
  let then = null;

  const ask = (method, body, keepalive = false, place = url) =>
    fetch(place, { method, body, keepalive, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });

  const takeToken = ({ token }) => {
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  };

  // A word of NOT_SENT; with "same" all forms have a fresh token
  const session = async () => {
    try {
      const answer = await ask("GET", undefined, false, `${url}?_user=${user}`);
      if (answer.type === "opaqueredirect") return "out";
      if (!answer.ok) return answer.status === 409 ? "stranger" : "failed";
      takeToken(await answer.json());
      return "same";
    } catch {
      return "offline";
    }
  };

  // `next` is done when somebody has logged in; it answers with what is wrong still, or with ""
  const open = (next) => {
    then = next;
    if (!dialog.open) dialog.showModal();
  };

  // Does what is `next` while the right person is logged in, after the log-in if need be
  const makeSure = async (say, next) => {
    const outcome = await session(), sentence = NOT_SENT[outcome];
    say(sentence);
    if (outcome === "out") open(() => makeSure(say, next));
    if (outcome === "same") next();
    return sentence;
  };

  const close = () => dialog.open && dialog.close();

  dialog.querySelector("button[type=button]").addEventListener("click", close);

  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target, fields = new URLSearchParams(new FormData(form));
    const error = dialog.querySelector("[role=alert]");
    let status = 0;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(login)).text(), "text/html");
      fields.set("csrfmiddlewaretoken", page.querySelector("[name=csrfmiddlewaretoken]").value);
      const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
      status = (await fetch(login, { method: "POST", body: fields, headers })).status;
    } catch {
      // said below
    }
    if (status === 200) form.reset();
    const wrong = status === 200 ? await then() : REFUSED[status] ?? "Det gick inte att logga in. Försök igen.";
    error.hidden = !wrong;
    error.textContent = wrong;
    if (!wrong) close();
  });

  return { ask, close, makeSure, open, takeToken, user };
})();
