// Making elements and changing them only where something differs, so that nothing is announced or laid out twice.

// Attributes that are null or false are left out; true gives one without a value.
export function make(tag, attributes = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...[children].flat());
  return node;
}

export function setAttribute(node, name, value) {
  if (value === null || value === false || value === undefined) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Code stands between backticks, as in everything that workloads say.
export function setRich(node, text) {
  if (node.textContent === text.replaceAll('`', '')) return;
  node.replaceChildren(...text.split('`').map((part, at) => (at % 2 === 1 ? make('code', {}, part) : part)));
}

export function setHidden(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

// A text that takes no room where there is none.
export function setTextOrHide(node, text) {
  setRich(node, text);
  setHidden(node, text === '');
}

// The list's rows as they are now: elements that are still right stay, so that a reader keeps the place in them.
export function setRows(parent, rows, makeRow, showRow) {
  while (parent.children.length > rows.length) parent.lastElementChild.remove();
  while (parent.children.length < rows.length) parent.append(makeRow());
  rows.forEach((row, at) => showRow(parent.children[at], row, at));
}

export const hasFocus = (node) => node.contains(document.activeElement);

export const grouped = (number) => Number(number).toLocaleString('en-US');
