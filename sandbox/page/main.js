// The page: which server, channel and person; what happens there, live.

import { get, post } from "./api.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { keepTimesTrue } from "./markdown.js";
import { avatar, messageView } from "./message.js";
import { askModal } from "./modal.js";
import { NewsroomPanel } from "./newsroom.js";

const $ = (id) => document.getElementById(id);
const SIGNS = { text: "#", announcement: "📣", forum: "🗨", public_thread: "↳", announcement_thread: "↳" };

const world = {
  guilds: [],
  guild: null,
  channel: null,
  person: null,
  channels: [],
  names: { users: new Map(), roles: new Map(), channels: new Map() },
  commandNames: new Map(),
  unread: new Map(),
  use,
  settle,
};
let composer;
let panel;
let stream;

async function start() {
  panel = new NewsroomPanel($("newsroom"));
  await learnGuilds();
  composer = new Composer($("composer"), world);
  $("menu").addEventListener("click", () => openDrawer(true));
  $("shade").addEventListener("click", () => openDrawer(false));
  addEventListener("keydown", (event) => event.key === "Escape" && openDrawer(false));
  $("messages").addEventListener("scroll", () => ($("to-end").hidden = atEnd()));
  $("to-end").addEventListener("click", toEnd);
  keepTimesTrue();
  panel.show(await get("/sandbox/newsroom"));
  const wanted = decodeURIComponent(location.hash.slice(1));
  const general = world.channels.find((channel) => channel.name === wanted) ?? world.channels[0];
  await chooseChannel(general);
  listen();
  waitForCommands();
  if (matchMedia("(min-width: 48rem)").matches) composer.typed.focus();
}

async function learnGuilds() {
  world.guilds = await get("/sandbox/guilds");
  chooseGuild(world.guilds.find((guild) => guild.id === world.guild?.id) ?? world.guilds[0]);
}

function chooseGuild(guild) {
  world.guild = guild;
  world.channels = guild.channels;
  world.person = guild.people.find((person) => person.id === world.person?.id) ?? guild.people[0];
  world.names.users = new Map(guild.people.map((person) => [person.id, person.global_name]));
  world.names.roles = new Map(guild.roles.map((role) => [role.id, role.name]));
  world.names.channels = new Map(guild.channels.map((channel) => [channel.id, channel.name]));
  $("server").textContent = guild.name;
  $("rail").replaceChildren(...world.guilds.map(railButton));
  $("people").replaceChildren(...guild.people.map(personButton));
  showChannels();
}

function railButton(guild) {
  const initials = guild.name.split(" ").map((word) => word[0]).join("").slice(0, 3);
  const choose = async () => {
    chooseGuild(guild);
    await chooseChannel(world.channels[0]);
    await composer.learnCommands();
  };
  return el("button", { className: "guild", "aria-current": String(guild === world.guild), "aria-label": guild.name, title: guild.name, onclick: choose }, initials);
}

function personButton(person) {
  const choose = async () => {
    world.person = person;
    listen();
    await showMessages();
  };
  const role = person.id === world.guild.owner_id ? "admin" : "member";
  const input = el("input", { type: "radio", name: "person", checked: person.id === world.person.id, onchange: choose });
  return el("label", { className: "person" }, input, avatar(person), el("span", {}, person.global_name, el("small", {}, role)));
}

function showChannels() {
  const places = world.channels.filter((channel) => !channel.parent_id);
  const ordered = places.flatMap((channel) => [channel, ...world.channels.filter((thread) => thread.parent_id === channel.id)]);
  $("channels").replaceChildren(...ordered.map(channelButton));
}

function channelButton(channel) {
  const count = world.unread.get(channel.id) ?? 0;
  const closed = !channel.bot_may.includes("view_channel");
  return el(
    "button",
    { className: `channel-link${channel.parent_id ? " thread" : ""}${count ? " unread" : ""}`, "aria-current": channel.id === world.channel?.id ? "page" : null, onclick: () => chooseChannel(channel) },
    el("span", { className: "sign", "aria-hidden": "true" }, closed ? "🔒" : (SIGNS[channel.kind] ?? "#")),
    el("span", { className: "channel-name" }, channel.name),
    count > 0 && el("span", { className: "badge", "aria-label": `${count} new` }, count),
  );
}

async function chooseChannel(channel) {
  world.channel = channel;
  world.unread.delete(channel.id);
  history.replaceState(null, "", `#${encodeURIComponent(channel.name)}`);
  $("channel").textContent = channel.name;
  $("topic").textContent = channel.topic ?? "";
  showChannels();
  openDrawer(false);
  composer.leave();
  await showMessages();
}

async function showMessages() {
  const { channel } = world;
  const messages = await get(`/sandbox/channels/${channel.id}/messages?user_id=${world.person.id}`);
  if (channel !== world.channel) return;
  const views = messages.map((message) => messageView(message, world));
  $("messages").replaceChildren(welcome(channel), ...views);
  toEnd();
}

function welcome(channel) {
  const follow = () => composer.start("/follow The Diplomat");
  const other = () => composer.start("/");
  return el(
    "section",
    { className: "welcome" },
    el("div", { className: "welcome-sign", "aria-hidden": "true" }, SIGNS[channel.kind] ?? "#"),
    el("h3", {}, `Welcome to #${channel.name}`),
    el("p", {}, "This is a Discord of your own: no account, no internet. Greenlit is here and waits for a show to follow."),
    el("p", {}, "Type ", el("kbd", {}, "/follow The Diplomat"), ", choose the one of 2023 on Netflix, and its real history starts to come in. Every message below is the bot’s own."),
    el("p", { className: "action-row" }, el("button", { className: "button success", onclick: follow }, "/follow The Diplomat"), el("button", { className: "button secondary", onclick: other }, "See all commands")),
  );
}

function listen() {
  stream?.close();
  stream = new EventSource(`/sandbox/events?user_id=${world.person.id}`);
  let dropped = false;
  stream.onerror = () => (dropped = true);
  stream.onopen = async () => {
    if (!dropped) return;
    dropped = false;
    await learnGuilds();
    await showMessages();
    panel.show(await get("/sandbox/newsroom"));
  };
  stream.onmessage = (event) => happened(JSON.parse(event.data));
}

function happened(told) {
  if (told.type === "newsroom") return panel.show(told.newsroom);
  if (!world.names.channels.has(told.channel_id)) return learnGuilds();
  if (told.channel_id !== world.channel.id) {
    if (told.type === "message_created") {
      world.unread.set(told.channel_id, (world.unread.get(told.channel_id) ?? 0) + 1);
      showChannels();
    }
    return;
  }
  const shown = $(`message-${told.id ?? told.message.id}`);
  if (told.type === "message_deleted") return shown?.remove();
  place(told.message, shown);
}

function place(message, shown) {
  const stay = atEnd();
  const view = messageView(message, world);
  if (shown) {
    shown.replaceWith(view);
    view.classList.add("changed");
  } else {
    $("messages").append(view);
    view.classList.add("fresh");
  }
  if (stay) toEnd();
  else $("to-end").hidden = false;
}

async function use(message, customId, values) {
  const body = { message_id: message.id, user_id: world.person.id, custom_id: customId, values };
  await composer.trying(async () => settle(await post("/sandbox/components", body)));
}

// Show what an interaction led to, as far as no event tells it.
function settle(outcome, commandName = null) {
  if (commandName) world.commandNames.set(outcome.interaction_id, commandName);
  if (outcome.status === "failed") composer.tell(`${outcome.reason}.`);
  if (outcome.modal) {
    const submit = (values) =>
      composer.trying(async () => settle(await post("/sandbox/modals", { interaction_id: outcome.interaction_id, user_id: world.person.id, values })));
    askModal($("modal"), outcome.modal, submit);
  }
  const shown = outcome.message && $(`message-${outcome.message.id}`);
  if (shown && commandName) place(outcome.message, shown);
}

async function waitForCommands() {
  while (!(await composer.learnCommands().catch(() => 0))) await new Promise((done) => setTimeout(done, 1500));
}

function atEnd() {
  const log = $("messages");
  return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
}

function toEnd() {
  const log = $("messages");
  log.scrollTop = log.scrollHeight;
  for (const image of log.querySelectorAll("img")) {
    if (!image.complete) image.addEventListener("load", () => atEnd() || (log.scrollTop = log.scrollHeight), { once: true });
  }
  $("to-end").hidden = true;
}

function openDrawer(open) {
  document.body.classList.toggle("drawer", open);
  $("shade").hidden = !open;
  $("menu").setAttribute("aria-expanded", String(open));
}

start();
