// Discord's markdown, made into elements; nothing in it is ever read as HTML.

import { el, link } from "./dom.js";

const DATE_STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};
const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

const INLINE = [
  [/\\([!-/:-@[-`{-~])/y, (found) => found[1]],
  [/(`+)([^]*?[^`])\1(?!`)/y, (found) => el("code", {}, found[2])],
  [/<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y, (found) => time(Number(found[1]), found[2] ?? "f")],
  [/<@!?(\d+)>/y, (found, names) => mention("@", names.users?.get(found[1]) ?? "someone")],
  [/<@&(\d+)>/y, (found, names) => mention("@", names.roles?.get(found[1]) ?? "a role")],
  [/<#(\d+)>/y, (found, names) => mention("#", names.channels?.get(found[1]) ?? "a channel")],
  [/<\/([-\w ]+):\d+>/y, (found) => mention("/", found[1])],
  [/<(https?:\/\/[^\s<>]+)>/y, (found) => link(found[1], found[1])],
  [/\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s)>]+)>?(?: "[^"]*")?\)/y, (found, names) => link(found[2], inline(found[1], names))],
  [/https?:\/\/[^\s<>]+[^\s<>.,:;"')\]!?*_~|]/y, (found) => link(found[0], found[0])],
  [/\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/y, (found, names) => el("strong", {}, inline(found[1], names))],
  [/__((?:\\.|[^\\])+?)__(?!_)/y, (found, names) => el("u", {}, inline(found[1], names))],
  [/~~((?:\\.|[^\\])+?)~~/y, (found, names) => el("s", {}, inline(found[1], names))],
  [/\|\|((?:\\.|[^\\])+?)\|\|/y, (found, names) => spoiler(inline(found[1], names))],
  [/\*((?:\\.|[^*\\\n])+?)\*(?!\*)/y, (found, names) => el("em", {}, inline(found[1], names))],
  [/\b_((?:\\.|[^_\\\n])+?)_\b/y, (found, names) => el("em", {}, inline(found[1], names))],
];

export function inline(text, names = {}) {
  const made = [];
  let plain = "";
  for (let place = 0; place < text.length; ) {
    const hit = firstHit(text, place);
    if (hit === null) {
      plain += text[place];
      place += 1;
      continue;
    }
    if (plain) made.push(plain);
    plain = "";
    made.push(hit.make(hit.found, names));
    place += hit.found[0].length;
  }
  if (plain) made.push(plain);
  return made;
}

function firstHit(text, place) {
  for (const [pattern, make] of INLINE) {
    pattern.lastIndex = place;
    const found = pattern.exec(text);
    if (found) return { found, make };
  }
  return null;
}

export function markdown(text, names = {}) {
  const whole = el("div", { className: "markdown" });
  const pieces = String(text ?? "").split(/```(?:[\w+-]*\n)?([^]*?)```/);
  pieces.forEach((piece, number) => {
    if (number % 2) whole.append(el("pre", {}, el("code", {}, piece.replace(/\n$/, ""))));
    else if (piece) whole.append(...lines(piece.replace(/^\n|\n$/g, ""), names));
  });
  return whole;
}

function lines(text, names) {
  return text.split("\n").map((line) => {
    const heading = /^(#{1,3}) (.+)/.exec(line);
    if (heading) return el("div", { className: `heading h${heading[1].length}` }, inline(heading[2], names));
    const small = /^-# (.+)/.exec(line);
    if (small) return el("div", { className: "subtext" }, inline(small[1], names));
    const quote = /^> ?(.*)/.exec(line);
    if (quote) return el("blockquote", {}, inline(quote[1], names));
    const bullet = /^( *)(?:[-*]|(\d+\.)) (.+)/.exec(line);
    if (bullet) return el("div", { className: `bullet${bullet[1].length > 1 ? " deep" : ""}` }, el("span", {}, bullet[2] ?? "•"), el("span", {}, inline(bullet[3], names)));
    return el("div", { className: "line" }, inline(line, names));
  });
}

function mention(sign, name) {
  return el("span", { className: "mention" }, sign + name);
}

function spoiler(children) {
  const hidden = el("button", { className: "spoiler", "aria-label": "Show the spoiler" }, el("span", {}, children));
  hidden.addEventListener("click", () => hidden.classList.add("shown"));
  return hidden;
}

function time(seconds, style) {
  const moment = new Date(seconds * 1000);
  if (Number.isNaN(moment.valueOf())) return "Invalid date";
  const whole = new Intl.DateTimeFormat("en-US", DATE_STYLES.F).format(moment);
  const shown = el("time", { dateTime: moment.toISOString(), title: whole, className: "timestamp" });
  if (style === "R") shown.dataset.seconds = seconds;
  shown.textContent = style === "R" ? relative(seconds) : new Intl.DateTimeFormat("en-US", DATE_STYLES[style]).format(moment);
  return shown;
}

function relative(seconds) {
  const away = seconds - Date.now() / 1000;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(away) >= size) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat("en-US", { numeric: "auto" }).format(Math.round(away / length), unit);
}

export function keepTimesTrue() {
  setInterval(() => {
    for (const shown of document.querySelectorAll("time[data-seconds]")) {
      shown.textContent = relative(Number(shown.dataset.seconds));
    }
  }, 10_000);
}
