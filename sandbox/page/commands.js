// The commands that a bot registered, as one flat list, and what their options may hold.

const SUBCOMMAND = 1;
const GROUP = 2;
export const OPTION = { TEXT: 3, INTEGER: 4, BOOLEAN: 5, USER: 6, CHANNEL: 7, ROLE: 8, NUMBER: 10 };

export function flatten(commands) {
  const flat = [];
  const walk = (command, name, description) => {
    const inside = (command.options ?? []).filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
    if (inside.length) for (const one of inside) walk(one, `${name} ${one.name}`, one.description);
    else flat.push({ name, description, options: command.options ?? [] });
  };
  for (const command of commands) if ((command.type ?? 1) === 1) walk(command, command.name, command.description);
  return flat;
}

export function matching(commands, typed) {
  const wanted = typed.toLowerCase().trim();
  const ranked = commands.map((command) => [command.name.startsWith(wanted) ? 0 : command.name.includes(wanted) ? 1 : 2, command]);
  return ranked.filter(([rank]) => rank < 2).sort((a, b) => a[0] - b[0]).map(([, command]) => command);
}

export function commandAtStart(commands, typed) {
  const fits = commands.filter(({ name }) => typed === name || typed.startsWith(`${name} `));
  return fits.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

export function fixedChoices(option, world) {
  if (option.choices?.length) return option.choices;
  switch (option.type) {
    case OPTION.BOOLEAN:
      return [{ name: "True", value: "true" }, { name: "False", value: "false" }];
    case OPTION.CHANNEL:
      return world.channels
        .filter((channel) => !option.channel_types?.length || option.channel_types.includes(channel.type))
        .map((channel) => ({ name: `#${channel.name}`, value: channel.id }));
    case OPTION.ROLE:
      return [...world.names.roles].map(([value, name]) => ({ name: name.startsWith("@") ? name : `@${name}`, value }));
    case OPTION.USER:
      return [...world.names.users].map(([value, name]) => ({ name: `@${name}`, value }));
    default:
      return null;
  }
}

export function valueOf(option, text) {
  if (option.type === OPTION.BOOLEAN) return /^t|^y/i.test(text);
  if (option.type === OPTION.INTEGER || option.type === OPTION.NUMBER) return Number(text);
  return text;
}
