// A message as Discord shows it: author, text, embeds, components.

import { components } from "./components.js";
import { el, link, picture } from "./dom.js";
import { inline, markdown } from "./markdown.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const COMPONENTS_V2 = 1 << 15;
const COLOURS = ["#5865f2", "#eb6f3c", "#c9489a", "#2f9e8f", "#8a63d2", "#3b82c4"];

export function avatar(user) {
  if (user.bot) return picture("/page/greenlit.svg", "avatar");
  const name = user.global_name ?? user.username;
  const shown = el("span", { className: "avatar", "aria-hidden": "true" }, name[0]);
  shown.style.setProperty("background", COLOURS[Number(BigInt(user.id) % BigInt(COLOURS.length))]);
  return shown;
}

export function messageView(message, world) {
  const ephemeral = Boolean(message.flags & EPHEMERAL);
  const view = el("article", { className: `message${ephemeral ? " ephemeral" : ""}`, id: `message-${message.id}` });
  const before = reference(message, world);
  if (before) view.append(before);
  view.append(avatar(message.author), el("div", { className: "body" }, head(message), content(message, world), ephemeral && dismissal()));
  return view;
}

function head(message) {
  const { author } = message;
  const at = new Date(message.timestamp);
  return el(
    "header",
    {},
    el("span", { className: `author${author.bot ? " bot" : ""}` }, author.global_name ?? author.username),
    author.bot && el("span", { className: "tag" }, "APP"),
    el("time", { dateTime: at.toISOString(), title: at.toLocaleString("en-US") }, at.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" })),
  );
}

function content(message, world) {
  if (message.flags & LOADING) {
    return el("div", { className: "thinking" }, el("span", { className: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), `${message.author.global_name} is thinking…`);
  }
  const edited = message.edited_timestamp && el("span", { className: "edited", title: new Date(message.edited_timestamp).toLocaleString("en-US") }, "(edited)");
  const text = message.content ? markdown(message.content, world.names) : null;
  if (text && edited) (text.querySelector(":scope > .line:last-child") ?? text).append(" ", edited);
  return el(
    "div",
    { className: "content" },
    text,
    (message.embeds ?? []).map((embed) => embedView(embed, world)),
    (message.attachments ?? []).map((file) => link(file.url, `📎 ${file.filename}`)),
    components(message, message.components ?? [], world, Boolean(message.flags & COMPONENTS_V2)),
    !text && edited,
  );
}

function reference(message, world) {
  if (message.interaction_metadata && message.type === 20) {
    const { user, id } = message.interaction_metadata;
    const name = world.commandNames.get(id);
    return el("div", { className: "reference" }, avatar(user), el("b", {}, user.global_name), " used ", name ? el("span", { className: "mention" }, `/${name}`) : "a command");
  }
  if (!message.referenced_message) return null;
  const told = message.referenced_message;
  const words = told.content || told.embeds?.[0]?.title || "an earlier message";
  const jump = () => document.getElementById(`message-${told.id}`)?.scrollIntoView({ block: "center" });
  return el("div", { className: "reference" }, avatar(told.author), el("b", {}, told.author.global_name), el("button", { onclick: jump }, words.slice(0, 90)));
}

function dismissal() {
  const dismiss = (event) => event.target.closest(".message").remove();
  return el("footer", { className: "only-you" }, el("span", { "aria-hidden": "true" }, "👁"), "Only you can see this · ", el("button", { onclick: dismiss }, "Dismiss message"));
}

function embedView(embed, world) {
  const { author, footer } = embed;
  const view = el(
    "section",
    { className: `embed${embed.thumbnail ? " with-thumbnail" : ""}` },
    el(
      "div",
      { className: "embed-text" },
      author && el("div", { className: "embed-author" }, author.icon_url && picture(author.icon_url), author.url ? link(author.url, author.name) : author.name),
      embed.title && el("div", { className: "embed-title" }, embed.url ? link(embed.url, inline(embed.title, world.names)) : inline(embed.title, world.names)),
      embed.description && markdown(embed.description, world.names),
      embed.fields?.length > 0 && el("div", { className: "fields" }, fields(embed.fields, world)),
    ),
    embed.thumbnail && picture(embed.thumbnail.url, "thumbnail"),
    embed.image && picture(embed.image.url, "image"),
    (footer || embed.timestamp) && el("div", { className: "embed-footer" }, footer?.icon_url && picture(footer.icon_url), [footer?.text, embed.timestamp && new Date(embed.timestamp).toLocaleDateString("en-US")].filter(Boolean).join(" • ")),
  );
  const colour = embed.color ?? 0x1e1f22;
  view.style.setProperty("--bar", `#${colour.toString(16).padStart(6, "0")}`);
  return view;
}

function fields(all, world) {
  const rows = [];
  for (const field of all) {
    const row = rows.at(-1);
    if (field.inline && row?.[0].inline && row.length < 3) row.push(field);
    else rows.push([field]);
  }
  return rows.map((row) =>
    el(
      "div",
      { className: `field-row of${row[0].inline ? row.length : 1}` },
      row.map((field) => el("div", { className: "field" }, el("div", { className: "field-name" }, inline(field.name, world.names)), markdown(field.value, world.names))),
    ),
  );
}
