// The newsroom's clock: the day in the history, what was written on it, and its buttons.

import { post } from "./api.js";
import { el } from "./dom.js";

const WORDS = {
  paused: "The news is held. Follow a show, or start it yourself.",
  waiting: "Waiting until the bot has read every feed once.",
  playing: "A day with news passes every few seconds.",
  done: "That was all the news. Restart the sandbox to see it again.",
};
const SPEEDS = [1, 2, 4, 8, 15];

export class NewsroomPanel {
  constructor(place) {
    this.date = el("time", { className: "day" });
    this.words = el("p", { className: "pace" });
    this.play = el("button", { className: "button success", onclick: () => this.set({ do: this.running ? "pause" : "play" }) });
    this.next = el("button", { className: "button secondary", onclick: () => this.set({ do: "next" }) }, "Next day");
    this.speed = el("select", { className: "speed", "aria-label": "How long a day lasts", onchange: (event) => this.set({ speed_s: Number(event.target.value) }) }, SPEEDS.map((seconds) => el("option", { value: seconds }, `${seconds} s/day`)));
    this.bar = el("progress", { "aria-label": "How much of the history is told" });
    this.headlines = el("ol", { className: "headlines" });
    this.more = el("details", { className: "more", open: matchMedia("(min-width: 70rem)").matches }, el("summary", {}, "Latest headlines"), this.headlines);
    place.append(
      el("div", { className: "clock" }, el("h2", {}, "The newsroom"), this.date, this.bar),
      el("div", { className: "controls" }, this.play, this.next, this.speed),
      this.words,
      this.more,
    );
  }

  show(newsroom) {
    this.running = newsroom.pace === "playing" || newsroom.pace === "waiting";
    const at = new Date(newsroom.now);
    this.date.dateTime = newsroom.now.slice(0, 10);
    this.date.textContent = at.toLocaleDateString("en-US", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    this.words.textContent = WORDS[newsroom.pace];
    this.play.textContent = this.running ? "Pause" : newsroom.told ? "Go on" : "Start the news";
    this.play.disabled = this.next.disabled = newsroom.pace === "done";
    this.play.classList.toggle("inviting", newsroom.pace === "paused" && !newsroom.told);
    this.bar.max = newsroom.told + newsroom.left;
    this.bar.value = newsroom.told;
    if (SPEEDS.includes(newsroom.speed_s)) this.speed.value = newsroom.speed_s;
    this.headlines.replaceChildren(...(newsroom.headlines.length ? newsroom.headlines.map(headline) : [el("li", { className: "none" }, "Nothing is written yet: it is the morning of The Diplomat’s premiere.")]));
  }

  async set(wish) {
    this.show(await post("/sandbox/newsroom", wish));
  }
}

function headline(told) {
  const day = new Date(told.at).toLocaleDateString("en-US", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return el("li", {}, el("a", { href: told.path, target: "_blank", rel: "noopener" }, told.title), el("span", {}, `${told.outlet} · ${day}`));
}
