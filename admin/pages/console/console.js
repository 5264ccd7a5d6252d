// What the console's pages do beyond forms and links. Every page works without it.
"use strict";
(() => {
  const live = () => document.getElementById("live");
  const say = (text) => { const at = live(); if (at) { at.textContent = ""; at.textContent = text; } };

  // A list that a click has changed is read out, and the reader stays where they were or is led to what is new.
  let focused = "";
  document.addEventListener("htmx:beforeSwap", () => { focused = document.activeElement ? document.activeElement.id : ""; });
  document.addEventListener("htmx:afterSettle", (event) => {
    const told = document.querySelector("main .problem, main .said");
    if (told) say(told.textContent);
    if (event.detail.target.id !== "main") return;
    const wanted = document.querySelector("main [aria-invalid=true]") || document.querySelector("main [data-focus]")
      || (focused && document.getElementById(focused)) || document.getElementById("main");
    if (wanted && wanted !== document.activeElement) wanted.focus({ preventScroll: wanted.id === "main" });
    if (wanted && wanted.id !== "main") wanted.scrollIntoView({ block: "nearest" });
  });
  const showTab = () => {
    for (const tab of document.querySelectorAll(".tabs [aria-current]")) tab.parentElement.scrollLeft = tab.offsetLeft - 24;
  };
  showTab();
  document.addEventListener("htmx:afterSwap", showTab);
  const failed = () => {
    const at = live();
    if (!at) return;
    say(at.dataset.failed);
    at.classList.replace("unseen", "problem");
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:beforeRequest", () => { const at = live(); if (at) at.classList.replace("problem", "unseen"); });

  // Whoever leaves a form with something typed is asked first.
  let typed = false;
  document.addEventListener("input", (event) => { if (event.target.closest("[data-keeps]")) typed = true; });
  for (const name of ["submit", "htmx:afterSwap"]) document.addEventListener(name, () => { typed = false; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

  // Copy what stands in a field.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    if (!field) return;
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    say(button.dataset.said);
    button.textContent = button.dataset.said;
  });
})();
