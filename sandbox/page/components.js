// Buttons, selects and the newer layout components below or in place of a message's text.

import { el, link, picture } from "./dom.js";
import { markdown } from "./markdown.js";

const BUTTON_LOOKS = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

export function components(message, all, world, asText = false) {
  if (!all.length) return null;
  return el("div", { className: asText ? "layout" : "components" }, all.map((one) => component(message, one, world)));
}

function component(message, one, world) {
  switch (one.type) {
    case 1:
      return el("div", { className: "action-row" }, one.components.map((inside) => component(message, inside, world)));
    case 2:
      return button(message, one, world);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return select(message, one, world);
    case 9:
      return el("div", { className: "section" }, el("div", {}, one.components.map((inside) => component(message, inside, world))), one.accessory && component(message, one.accessory, world));
    case 10:
      return markdown(one.content, world.names);
    case 11:
      return picture(one.media?.url, "thumbnail", one.description ?? "");
    case 12:
      return el("div", { className: "gallery" }, one.items.map((item) => picture(item.media.url, "image", item.description ?? "")));
    case 14:
      return el("hr");
    case 17:
      return container(message, one, world);
    default:
      return null;
  }
}

function container(message, one, world) {
  const box = el("section", { className: "embed container" }, one.components.map((inside) => component(message, inside, world)));
  if (one.accent_color !== null && one.accent_color !== undefined) box.style.setProperty("--bar", `#${one.accent_color.toString(16).padStart(6, "0")}`);
  return box;
}

function button(message, one, world) {
  const words = [one.emoji?.name && el("span", { className: "emoji" }, one.emoji.name), one.label && el("span", {}, one.label)];
  if (one.style === 5) {
    const away = link(one.url, words, el("span", { className: "away", "aria-hidden": "true" }, "↗"));
    away.classList.add("button", "secondary");
    return away;
  }
  const press = async (event) => {
    const pressed = event.currentTarget;
    pressed.classList.add("busy");
    await world.use(message, one.custom_id);
    pressed.classList.remove("busy");
  };
  return el("button", { className: `button ${BUTTON_LOOKS[one.style] ?? "secondary"}`, disabled: one.disabled, onclick: press, "aria-label": one.label ? null : one.emoji?.name }, words);
}

function select(message, one, world) {
  const choices = optionsOf(one, world);
  if ((one.max_values ?? 1) > 1) return severalSelect(message, one, choices, world);
  const choose = (event) => event.target.value && world.use(message, one.custom_id, [event.target.value]);
  const chosen = choices.find((choice) => choice.default);
  return el(
    "select",
    { className: "select", disabled: one.disabled, onchange: choose, "aria-label": one.placeholder ?? "Make a choice" },
    el("option", { value: "", selected: !chosen, disabled: one.min_values !== 0, hidden: Boolean(chosen) }, one.placeholder ?? "Make a choice"),
    choices.map((choice) => el("option", { value: choice.value, selected: Boolean(choice.default) }, [choice.emoji?.name, choice.label, choice.description && `– ${choice.description}`].filter(Boolean).join(" "))),
  );
}

function severalSelect(message, one, choices, world) {
  const boxes = choices.map((choice) =>
    el("label", {}, el("input", { type: "checkbox", value: choice.value, checked: Boolean(choice.default) }), el("span", {}, [choice.emoji?.name, choice.label].filter(Boolean).join(" "), choice.description && el("small", {}, choice.description))),
  );
  const apply = () => {
    const values = boxes.map((label) => label.firstChild).filter((box) => box.checked).map((box) => box.value);
    world.use(message, one.custom_id, values);
  };
  return el(
    "details",
    { className: "select several" },
    el("summary", {}, one.placeholder ?? "Make a choice"),
    boxes,
    el("button", { className: "button primary", onclick: apply, disabled: one.disabled }, "Choose"),
  );
}

function optionsOf(one, world) {
  const preset = new Set((one.default_values ?? []).map((value) => value.id));
  const named = (sign) => ([value, name]) => ({ value, label: sign + name, default: preset.has(value) });
  switch (one.type) {
    case 5:
      return [...world.names.users].map(named("@"));
    case 6:
      return [...world.names.roles].map(named("@"));
    case 7:
      return [...world.names.users, ...world.names.roles].map(named("@"));
    case 8:
      return world.channels.filter((channel) => !one.channel_types?.length || one.channel_types.includes(channel.type)).map((channel) => named("#")([channel.id, channel.name]));
    default:
      return one.options;
  }
}
