// A form that a bot opens: its text inputs and selects, in a dialog.

import { el } from "./dom.js";

const TEXT_INPUT = 4;
const STRING_SELECT = 3;

export function askModal(dialog, modal, submit) {
  const inputs = [];
  const rows = modal.components.flatMap((row) => row.components ?? [row]).map((row) => field(row, inputs));
  const send = async (event) => {
    event.preventDefault();
    dialog.close();
    await submit(Object.fromEntries(inputs.map(([name, read]) => [name, read()])));
  };
  dialog.replaceChildren(
    el(
      "form",
      { onsubmit: send },
      el("h2", {}, modal.title),
      rows,
      el("div", { className: "modal-buttons" }, el("button", { type: "button", className: "button secondary", onclick: () => dialog.close() }, "Cancel"), el("button", { className: "button primary" }, "Submit")),
    ),
  );
  dialog.showModal();
}

function field(row, inputs) {
  const asked = row.component ?? row;
  const label = row.label ?? asked.label ?? "";
  if (asked.type === TEXT_INPUT) {
    const input = el(asked.style === 2 ? "textarea" : "input", { required: asked.required !== false, placeholder: asked.placeholder ?? "", value: asked.value ?? "", minLength: asked.min_length ?? 0, maxLength: asked.max_length ?? 4000 });
    inputs.push([asked.custom_id, () => input.value]);
    return el("label", {}, el("span", {}, label), input);
  }
  if (asked.type === STRING_SELECT) {
    const input = el("select", { multiple: (asked.max_values ?? 1) > 1 }, asked.options.map((option) => el("option", { value: option.value, selected: Boolean(option.default) }, option.label)));
    inputs.push([asked.custom_id, () => [...input.selectedOptions].map((option) => option.value)]);
    return el("label", {}, el("span", {}, label), input);
  }
  return el("p", {}, asked.content ?? "");
}
