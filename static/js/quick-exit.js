// Replaces the page in the history, so that the back button does not lead here again.
// Without this file the link is an ordinary one. Pressing Escape three times does the same.

const link = document.querySelector(".quick-exit a");

function leave(event) {
  event?.preventDefault();
  document.documentElement.hidden = true;
  window.location.replace(link.href);
}

let presses = 0;
let last = 0;

link.addEventListener("click", leave);
document.addEventListener("keydown", (event) => {
  const now = event.timeStamp;
  presses = event.key !== "Escape" ? 0 : now - last < 1500 ? presses + 1 : 1;
  last = now;
  if (presses === 3) leave();
});
