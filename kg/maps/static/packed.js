// The text of a script element that holds gzip in base64.
const inflate = (element) => {
  const text = atob(element.textContent), packed = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) packed[at] = text.charCodeAt(at);
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
