// The text of a script element that holds gzip in base64.
const inflate = (element) => {
  const packed = Uint8Array.from(atob(element.textContent), (each) => each.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
};
// Elements of what was packed as name, attributes and what they hold. Text stays text: no markup is ever read.
const grow = (parent, leaves) => {
  for (const leaf of leaves) {
    if (typeof leaf === "string") { parent.append(leaf); continue; }
    const [name, attributes, ...held] = leaf, element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent.append(grow(element, held));
  }
  return parent;
};
