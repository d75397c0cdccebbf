// Keeps on the server what is written in a form, and says who else has it open. Neither the end of
// the session nor that of the network takes the text away: one logs in and goes on in the page.
"use strict";
{
  const box = document.getElementById("open-form");
  const form = box?.closest("form");
  const PAUSE = 1500, LONGEST = 10000, PING = 15000, AGAIN = 5000, SILENT = 15000;
  const KEEPALIVE = 60000; // of the 64 kB that browsers let a page send that is left
  const WORDS = {
    offline: "Inte sparat: nätverket svarar inte. Texten finns kvar här och sparas när det går.",
    failed: "Inte sparat: servern hinner inte med. Texten finns kvar här och sparas när det går.",
    refused: "Texten kan inte sparas som kladd. Spara den som vanligt.",
    out: "Du har loggats ut. Texten finns kvar här.",
    stranger: "Inte sparat: någon annan har loggat in i den här webbläsaren. Texten finns kvar här. Öppna en ny flik, logga ut och logga in som dig själv.",
  };

  const written = () => {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form))
      if (typeof value === "string" && !name.startsWith("_") && name !== "csrfmiddlewaretoken")
        found.append(name, value);
    return `${found}`;
  };

  const begin = () => {
    const { ask, takeToken, user } = logInHere;
    const saved = "unsaved" in box.dataset ? null : written();
    let kept = saved, seen = saved, changed = 0, since = 0, tried = 0, answered = 0;
    let sending = null, isLeaving = false, isWaiting = false;

    const say = (state) => {
      const line = box.querySelector(".open-form__state");
      if (line.textContent !== state) line.textContent = state;
    };

    const sayOfOthers = (sentences) => {
      const lines = box.querySelector(".open-form__others");
      if ([...lines.children].map((each) => each.textContent).join() === sentences.join()) return;
      lines.replaceChildren(...sentences.map((each) => Object.assign(document.createElement("p"), { textContent: each })));
    };

    const body = (text) => {
      const news = text === kept ? "same" : text === saved ? "none" : "text";
      const sent = new URLSearchParams(news === "text" ? text : "");
      for (const name of ["csrfmiddlewaretoken", "_form", "base_version"])
        if (form.elements[name]) sent.set(name, form.elements[name].value);
      for (const [name, value] of [["_kind", box.dataset.kind], ["_id", box.dataset.id], ["_user", user], ["_written", news]]) sent.set(name, value);
      return sent;
    };

    // "kept", or why it wasn't; asked twice where a fresh token or a new key may help
    const attempt = async (isFirst = true) => {
      const text = written();
      let answer;
      try {
        answer = await ask("POST", body(text));
        if (answer.type === "opaqueredirect") return "out";
        if (answer.status === 403 && isFirst) {
          answer = await ask("GET");
          if (answer.type === "opaqueredirect") return "out";
          takeToken(await answer.json());
          return attempt(false);
        }
        if (answer.status === 409) return "stranger";
        if (answer.status === 410 && isFirst) {
          form.elements._form.value = [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
          kept = saved;
          return attempt(false);
        }
        if (!answer.ok) return answer.status < 500 && answer.status !== 429 ? "refused" : "failed";
        const told = await answer.json();
        takeToken(told);
        sayOfOthers(told.said);
        if (text !== kept) say(text === saved ? "" : `Sparat som kladd ${told.at}`);
        else if (Object.values(WORDS).includes(box.querySelector(".open-form__state").textContent)) say("");
        kept = text;
        answered = Date.now();
        return "kept";
      } catch {
        return "offline";
      }
    };

    const send = async () => {
      while (sending) await sending;
      tried = Date.now();
      since = 0;
      sending = attempt();
      const outcome = await sending;
      sending = null;
      if (outcome !== "kept") say(WORDS[outcome]);
      if (outcome === "kept") logInHere.close();
      return outcome;
    };

    const logIn = () =>
      logInHere.open(async () => {
        const outcome = await send();
        return outcome === "kept" ? "" : WORDS[outcome];
      });

    const look = async () => {
      if (sending || isLeaving) return;
      const text = written(), now = Date.now();
      if (text !== seen) {
        [seen, changed] = [text, now];
        since ||= now;
      }
      const isDue = text !== kept && (now - changed > PAUSE || now - since > LONGEST) && now - tried > (answered < tried - SILENT ? AGAIN : PAUSE);
      if (!isDue && now - tried < PING) return;
      const wasOut = box.querySelector(".open-form__state").textContent === WORDS.out;
      if ((await send()) === "out" && !wasOut) logIn();
    };

    form.addEventListener("submit", async (event) => {
      const button = event.submitter;
      if (isLeaving || button?.formTarget === "_blank") return;
      if (navigator.onLine && written() === kept && Date.now() - answered < PING) {
        isLeaving = true;
        return;
      }
      event.preventDefault();
      if (isWaiting) return;
      isWaiting = true;
      const outcome = await send();
      isWaiting = false;
      if (outcome === "out") logIn();
      else if (outcome !== "offline" && outcome !== "stranger") {
        isLeaving = true;
        form.requestSubmit(button);
      }
    });

    // What is longer than KEEPALIVE arrives if the page lives on: in another tab, or while it asks
    const sendOnce = () => {
      const text = written();
      if (isLeaving || text === kept) return;
      const sent = body(text);
      ask("POST", sent, `${sent}`.length < KEEPALIVE).then((answer) => answer.ok && (kept = text), () => {});
    };

    addEventListener("beforeunload", (event) => {
      if (isLeaving || written() === kept) return;
      event.preventDefault();
      sendOnce();
    });

    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") sendOnce();
    });

    // Whoever goes on writing has not left: the request was stopped, or answered by nothing
    form.addEventListener("input", () => (isLeaving = false));
    addEventListener("pageshow", () => (isLeaving = false));
    addEventListener("online", look);
    setInterval(look, 1000);
    look();
  };

  // Editors of text are built first
  if (form) addEventListener("load", () => setTimeout(begin));
}
