// Elements without innerHTML: text stays text, wherever it came from.

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function link(address, ...children) {
  const safe = /^https?:\/\//i.test(address ?? "");
  if (!safe) return el("span", {}, ...children);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

export function picture(address, className, alt = "") {
  if (!/^https?:\/\//i.test(address ?? "") && !String(address).startsWith("/")) return null;
  return el("img", { src: address, className, alt, loading: "lazy", onerror: (event) => event.target.remove() });
}

export function debounced(work, pauseMs) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), pauseMs);
  };
}
