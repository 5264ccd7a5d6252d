// What a reader of the screen, a finger and weak eyes would miss on this page: a list of faults, empty where all is well.
() => {
  const faults = [];
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const name = (e) => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""} ${(e.textContent || e.value || "").trim().slice(0, 40)}`;
  const seen = (e) => {
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && !e.closest(".trap,.unseen,.skip");
  };
  const named = (e) => {
    const by = (e.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    if (by.length) return by.map((id) => (document.getElementById(id) || {}).textContent || "").join(" ").trim();
    const label = e.getAttribute("aria-label") || [...(e.labels || [])].map((l) => l.textContent).join(" ");
    return (label || e.textContent || "").trim();
  };
  const mixed = (under, css) => {
    canvas.fillStyle = `rgb(${under.join(",")})`; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const ground = (e) => {
    const around = []; for (let at = e; at; at = at.parentElement) around.unshift(getComputedStyle(at).backgroundColor);
    const dark = matchMedia("(prefers-color-scheme:dark)").matches;
    return around.reduce(mixed, dark ? [18, 18, 18] : [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  if (!document.documentElement.lang) faults.push("the page names no language");
  if (document.querySelectorAll("h1").length !== 1) faults.push(`${document.querySelectorAll("h1").length} first headings`);
  if (!document.title.trim()) faults.push("no title");
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`wider than its screen: ${document.documentElement.scrollWidth}`);
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => faults.push(`two things are called ${id}`));
  for (const e of document.querySelectorAll("[aria-describedby],[aria-labelledby],label[for]"))
    for (const id of [e.getAttribute("aria-describedby"), e.getAttribute("aria-labelledby"), e.getAttribute("for")].join(" ").split(/\s+/))
      if (id && !document.getElementById(id)) faults.push(`${name(e)} refers to ${id}, which is not there`);
  for (const e of document.querySelectorAll("img")) if (!e.hasAttribute("alt")) faults.push(`a picture without words: ${e.src}`);
  for (const e of document.querySelectorAll("fieldset")) if (!e.querySelector(":scope > legend")) faults.push(`a group without a legend: ${name(e)}`);
  for (const e of document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,progress")) {
    if (e.closest(".trap")) continue;
    if (!named(e)) faults.push(`no name: ${name(e)} ${e.name || ""}`);
    if (!seen(e) || e.tagName === "PROGRESS" || (e.tagName === "A" && getComputedStyle(e).display === "inline")) continue;
    const box = (e.closest("label") || e).getBoundingClientRect();
    if (!e.closest(".problem") && (box.height < 43.5 || box.width < 43.5)) faults.push(`${Math.round(box.width)}×${Math.round(box.height)} is too small: ${name(e)}`);
  }
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const e = text.parentElement;
    if (!text.data.trim() || !seen(e) || e.tagName === "OPTION") continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), paper = ground(e);
    const least = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700) ? 3 : 4.5;
    const found = contrast(mixed(paper, style.color), paper);
    if (found < least) faults.push(`contrast ${found.toFixed(2)}: ${text.data.trim().slice(0, 40)}`);
  }
  return faults;
}
