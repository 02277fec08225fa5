// The list above the command box: a listbox that an input drives with the arrow keys.

import { el } from "./dom.js";

export class ChoiceList {
  constructor() {
    this.title = el("div", { className: "choices-title" });
    this.list = el("div", { role: "listbox", id: "choices", className: "choices-list" });
    this.view = el("div", { className: "choices", hidden: true }, this.title, this.list);
    this.rows = [];
    this.at = -1;
    this.input = null;
  }

  get open() {
    return !this.view.hidden;
  }

  show(input, title, rows, pick, note = null) {
    this.close();
    this.input = input;
    this.rows = rows;
    this.pick = pick;
    this.title.textContent = title;
    this.list.replaceChildren(
      ...rows.map((row, number) =>
        el(
          "div",
          { role: "option", id: `choice-${number}`, className: "choice", onmousedown: (event) => event.preventDefault(), onclick: () => this.take(number), onmousemove: () => this.move(number - this.at) },
          row.icon ?? null,
          el("span", { className: "choice-name" }, row.name),
          row.note && el("span", { className: "choice-note" }, row.note),
        ),
      ),
    );
    if (note) this.list.append(el("div", { className: "choices-empty" }, note));
    this.view.hidden = !rows.length && !note;
    input.setAttribute("aria-expanded", String(!this.view.hidden));
    if (rows.length) this.move(1);
  }

  move(by) {
    if (!this.rows.length || by === 0) return;
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = (this.at + by + this.rows.length) % this.rows.length;
    const row = this.list.children[this.at];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  take(number = this.at) {
    const row = this.rows[number];
    if (!row) return false;
    const { pick } = this;
    this.close();
    pick(row);
    return true;
  }

  close() {
    this.view.hidden = true;
    this.rows = [];
    this.at = -1;
    this.input?.setAttribute("aria-expanded", "false");
    this.input?.removeAttribute("aria-activedescendant");
  }

  // Gives true where the key was for the list.
  key(event) {
    if (!this.open) return false;
    const deeds = { ArrowDown: () => this.move(1), ArrowUp: () => this.move(-1), Escape: () => this.close() };
    if (deeds[event.key]) {
      deeds[event.key]();
      return true;
    }
    return (event.key === "Enter" || event.key === "Tab") && !event.shiftKey && this.take();
  }
}
