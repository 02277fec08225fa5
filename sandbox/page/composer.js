// The command box: "/" lists the commands, options become fields, the bot completes what is typed.

import { get, post } from "./api.js";
import { ChoiceList } from "./choices.js";
import { commandAtStart, fixedChoices, flatten, matching, valueOf } from "./commands.js";
import { debounced, el, picture } from "./dom.js";

const COMBOBOX = { role: "combobox", autocomplete: "off", spellcheck: false, "aria-autocomplete": "list", "aria-controls": "choices", "aria-expanded": "false" };

export class Composer {
  constructor(place, world) {
    this.world = world;
    this.commands = [];
    this.command = null;
    this.fields = [];
    this.asked = 0;
    this.choices = new ChoiceList();
    this.notice = el("div", { className: "notice", role: "alert", hidden: true });
    this.box = el("form", { className: "box", onsubmit: (event) => event.preventDefault() });
    place.append(this.choices.view, this.notice, this.box);
    this.complete = debounced((field) => this.askBot(field), 120);
    this.leave();
  }

  async learnCommands() {
    this.commands = flatten(await get(`/sandbox/commands?guild_id=${this.world.guild.id}`));
    if (this.typed === document.activeElement && this.typed.value.startsWith("/")) this.typedText();
    return this.commands.length;
  }

  // Back to one empty line.
  leave(text = "") {
    this.command = null;
    this.fields = [];
    this.choices.close();
    this.typed = el("input", { ...COMBOBOX, id: "typed", className: "typed", value: text, "aria-label": "Write a message, or / for commands", placeholder: `Message #${this.world.channel?.name ?? ""}, or type / for commands`, oninput: () => this.typedText(), onkeydown: (event) => this.typedKey(event), onblur: () => this.choices.close(), onfocus: () => this.typedText() });
    this.box.replaceChildren(this.typed);
  }

  start(text) {
    this.leave(text);
    this.typed.focus();
    this.typedText();
  }

  typedText() {
    const text = this.typed.value;
    if (!text.startsWith("/")) return this.choices.close();
    const whole = commandAtStart(this.commands, text.slice(1));
    if (whole && text.length > whole.name.length + 1) return this.enter(whole, text.slice(whole.name.length + 2));
    const rows = matching(this.commands, text.slice(1)).map((command) => ({ name: `/${command.name}`, note: command.description, icon: picture("/page/greenlit.svg", "choice-icon"), command }));
    const note = this.commands.length ? "No such command." : "The bot has not told its commands yet; give it a moment.";
    this.choices.show(this.typed, "Commands of Greenlit", rows, (row) => this.enter(row.command), rows.length ? null : note);
  }

  typedKey(event) {
    if (event.isComposing || (this.choices.key(event) && event.key !== "Escape")) return event.isComposing || event.preventDefault();
    if (event.key === "Enter" && this.typed.value.trim()) this.write(this.typed.value.trim());
  }

  async write(content) {
    if (content.startsWith("/")) return this.tell("There is no such command. Type / to see all of them.");
    this.leave();
    this.typed.focus();
    await this.trying(() => post("/sandbox/messages", { channel_id: this.world.channel.id, user_id: this.world.person.id, content }));
  }

  // A command was chosen: one field for each of its options.
  enter(command, text = "") {
    this.hush();
    this.command = command;
    this.fields = command.options.map((option) => this.field(option));
    const drop = el("button", { type: "button", className: "drop", "aria-label": "Leave the command", onclick: () => this.start("") }, "×");
    const send = el("button", { type: "button", className: "send", "aria-label": `Run /${command.name}`, onclick: () => this.run() }, "➤");
    const chip = el("span", { className: "command" }, `/${command.name}`);
    if (!this.fields.length) {
      this.typed = el("input", { className: "typed", id: "typed", readOnly: true, value: "", "aria-label": `Press Enter to run /${command.name}`, placeholder: "Press Enter", onkeydown: (event) => this.bareKey(event) });
      this.box.replaceChildren(el("div", { className: "parts" }, chip, this.typed), send, drop);
      return this.typed.focus();
    }
    this.box.replaceChildren(el("div", { className: "parts" }, chip, this.fields.map((field) => field.view)), send, drop);
    this.fields[0].input.value = text;
    this.fields[0].input.focus();
  }

  field(option) {
    const field = { option, chosen: null };
    field.input = el("input", { ...COMBOBOX, id: `option-${option.name}`, className: "option-input", placeholder: option.required ? "" : "optional", "aria-required": String(Boolean(option.required)), oninput: () => this.filled(field), onfocus: () => this.offer(field), onblur: () => this.choices.close(), onkeydown: (event) => this.fieldKey(event, field) });
    field.view = el("label", { className: `option${option.required ? "" : " optional"}`, title: option.description }, el("span", { className: "option-name" }, option.name), field.input);
    return field;
  }

  filled(field) {
    field.chosen = null;
    field.view.classList.remove("chosen");
    this.offer(field);
  }

  offer(field) {
    const fixed = fixedChoices(field.option, this.world);
    if (field.option.autocomplete) return this.complete(field);
    const typed = field.input.value.toLowerCase();
    const rows = (fixed ?? []).filter((choice) => field.chosen || choice.name.toLowerCase().includes(typed));
    this.offerRows(field, field.chosen ? [] : rows);
  }

  async askBot(field) {
    const number = ++this.asked;
    if (field.chosen || document.activeElement !== field.input) return;
    const body = { channel_id: this.world.channel.id, user_id: this.world.person.id, name: this.command.name, focused: field.option.name, typed: field.input.value, options: this.values(field) };
    const outcome = await post("/sandbox/autocomplete", body).catch((error) => ({ choices: null, reason: error.message }));
    if (number !== this.asked || document.activeElement !== field.input || field.chosen) return;
    const none = outcome.choices ? "Nothing of that name." : (outcome.reason ?? "Loading options failed.");
    this.offerRows(field, outcome.choices ?? [], field.input.value ? none : null);
  }

  offerRows(field, choices, note = null) {
    const title = `${field.option.name} — ${field.option.description}`;
    this.choices.show(field.input, title, choices, (choice) => this.choose(field, choice), choices.length ? null : note);
  }

  choose(field, choice) {
    field.chosen = choice;
    field.input.value = choice.name;
    field.view.classList.add("chosen");
    const next = this.fields.find((one) => one.option.required && !one.input.value);
    next?.input.focus();
  }

  fieldKey(event, field) {
    if (event.isComposing) return;
    if (this.choices.key(event)) return event.preventDefault();
    const place = this.fields.indexOf(field);
    if (event.key === "Enter") {
      event.preventDefault();
      this.run();
    } else if (event.key === "Escape") this.start("");
    else if (event.key === "Backspace" && !field.input.value) {
      event.preventDefault();
      if (place) this.fields[place - 1].input.focus();
      else this.start(`/${this.command.name}`);
    }
  }

  bareKey(event) {
    if (event.key === "Enter") this.run();
    else if (event.key === "Escape" || event.key === "Backspace") this.start("");
    else return;
    event.preventDefault();
  }

  values(except = null) {
    const filled = this.fields.filter((field) => field !== except && field.input.value);
    return Object.fromEntries(filled.map((field) => [field.option.name, field.chosen ? valueOf(field.option, field.chosen.value) : valueOf(field.option, field.input.value)]));
  }

  async run() {
    const empty = this.fields.find((field) => field.option.required && !field.input.value.trim());
    if (empty) {
      this.tell(`Fill in “${empty.option.name}”: ${empty.option.description}`);
      return empty.input.focus();
    }
    this.asked += 1;
    const body = { channel_id: this.world.channel.id, user_id: this.world.person.id, name: this.command.name, options: this.values() };
    const { name } = this.command;
    this.leave();
    this.typed.focus();
    await this.trying(async () => this.world.settle(await post("/sandbox/commands", body), name));
  }

  async trying(work) {
    this.hush();
    try {
      await work();
    } catch (error) {
      this.tell(error.message);
    }
  }

  tell(sentence) {
    this.notice.textContent = sentence;
    this.notice.hidden = false;
  }

  hush() {
    this.notice.hidden = true;
  }
}
