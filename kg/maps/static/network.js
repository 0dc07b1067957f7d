// vis-network lies packed in the file. It is unpacked when the network is first asked for, and runs only because the
// policy of the page names its hash: nothing else can be put in its place.
let trusted = null;
const unpack = async (id) => {
  const text = await inflate(document.getElementById(id));
  const script = document.createElement("script");
  if (window.trustedTypes) trusted ||= window.trustedTypes.createPolicy("vis", { createScript: (own) => own });
  script.textContent = trusted ? trusted.createScript(text) : text;
  document.head.append(script);
};
// The network view: vis-network with places from the file, drawn by hand, physics off. `look` tells what to show now.
const network = (room, nodes, edges, look) => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const least = 0.97, most = 1.4, margin = 20;
  const face = getComputedStyle(document.documentElement).fontFamily;

  const draw = (ctx, node, x, y, high) => {
    const { which, lit, marked } = look();
    const [left, top, lines] = [x - node.w / 2, y - high / 2, node.lines[which]];
    const [ghost, forum] = [node.kind === "gap" || node.kind === "question", node.kind === "forum"];
    const light = forum && node.color === "#FFFFFF";
    const write = (text, at, size, ink) => {
      ctx.font = `${size} ${face}`;
      ctx.fillStyle = ink;
      text.forEach((line, n) => ctx.fillText(line, at, y + 0.5 + 15 * (n - (text.length - 1) / 2)));
    };
    ctx.save();
    ctx.globalAlpha = lit && !lit.nodes.has(node.id) ? 0.18 : 1;
    ctx.beginPath();
    ctx.roundRect(left, top, node.w, high, ghost ? 12 : 5);
    ctx.fillStyle = forum ? node.color : "#FFFFFF";
    ctx.fill();
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = light ? "#14284B" : node.color;
    ctx.setLineDash(ghost ? [5, 3] : []);
    ctx.stroke();
    ctx.setLineDash([]);
    if (marked.includes(node.id)) {
      ctx.lineWidth = 4;
      ctx.strokeStyle = "#F5B301";
      ctx.stroke();
    }
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    if (node.kind === "actor") {
      ctx.fillStyle = node.color;
      ctx.beginPath();
      ctx.roundRect(left, top, 28, high, [5, 0, 0, 5]);
      ctx.fill();
      write([node.code[which]], left + 14, "bold 12px", node.ink);
      write(lines, left + 28 + (node.w - 28) / 2, "12.5px", "#14181F");
    } else {
      write(lines, x, forum ? "bold 13px" : "12px", forum ? (light ? "#14284B" : "#FFFFFF") : node.color);
    }
    ctx.restore();
  };
  const ctxRenderer = ({ ctx, x, y, id }) => {
    const node = byId.get(id), height = 15 * node.lines[look().which].length + 9;
    return { drawNode: () => draw(ctx, node, x, y, height), nodeDimensions: { width: node.w, height } };
  };

  const items = new vis.DataSet(nodes.map(({ id, x, y }) => ({ id, x, y, shape: "custom", ctxRenderer })));
  const links = new vis.DataSet(edges.map(({ id, from, to, width, dashes, arrows }) => ({ id, from, to, width, dashes, arrows })));
  const view = new vis.Network(room, { nodes: items, edges: links }, {
    physics: false,
    interaction: { dragNodes: false, selectConnectedEdges: false, hoverConnectedEdges: false },
    nodes: { chosen: false },
    edges: { smooth: false, chosen: false, arrows: { to: { scaleFactor: 0.5 } } },
  });
  room.querySelector("canvas").setAttribute("aria-hidden", "true");
  for (const name of ["focus", "blur"]) room.addEventListener(name, () => view.redraw());

  const move = (where) => view.moveTo({ ...where, animation: false });
  // All of it where it can be read; else from the top left, at the least size that can.
  const fit = (shown) => {
    const seen = nodes.filter((node) => shown.nodes.has(node.id));
    if (!seen.length) return;
    const ends = (at, size) => [Math.min(...seen.map((n) => n[at] - n[size] / 2)) - margin, Math.max(...seen.map((n) => n[at] + n[size] / 2)) + margin];
    const [[left, right], [top, bottom]] = [ends("x", "w"), ends("y", "h")];
    const scale = Math.min(most, Math.max(least, Math.min(room.clientWidth / (right - left), room.clientHeight / (bottom - top))));
    const centre = (low, high, seenAtOnce) => (high - low > seenAtOnce ? low + seenAtOnce / 2 : (low + high) / 2);
    move({ scale, position: { x: centre(left, right, room.clientWidth / scale), y: centre(top, bottom, room.clientHeight / scale) } });
  };
  const show = (shown) => {
    const { lit } = look();
    items.update(nodes.map(({ id }) => ({ id, hidden: !shown.nodes.has(id) })));
    links.update(edges.map(({ id, color }) => ({ id, hidden: !shown.edges.has(id), color: { color, opacity: lit ? (lit.edges.has(id) ? 1 : 0.08) : 0.6 } })));
    view.redraw();
  };
  return {
    show,
    fit,
    onClick: (act) => view.on("click", (event) => act(event.nodes[0] || "")),
    goTo: (id) => { move({ position: { x: byId.get(id).x, y: byId.get(id).y } }); view.redraw(); },
    enlarge: (factor) => move({ scale: view.getScale() * factor }),
  };
};
