(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse($("#data").textContent);
  const { nodes, edges } = data;
  const first = data.lang;
  const byId = new Map(nodes.map((node, index) => [node.id, { node, element: document.getElementById(`n${index}`), index }]));
  const known = {
    nodes: nodes.map((node) => node.id),
    types: all("[data-choice=type] option").map((option) => option.value),
    parts: all("[data-part]").map((box) => box.dataset.part),
  };
  const drawing = $("#drawing");
  const box = drawing.getAttribute("viewBox");
  const which = () => (state.lang === "en" ? 1 : 0);
  let state = core.readHash(location.hash, known, first);
  let shown, lit, net, cursor = "", zoom = 1, wrote = null, fitted = false;
  const link = {
    nodes,
    edges,
    which,
    state: () => state,
    element: (id) => byId.get(id).element,
    set: (more) => { Object.assign(state, more); show(false); if (told && !("age" in more)) $("#live").textContent = told.spoken(); },
  };
  const strip = ages(link, data.years);
  const told = $("#told") ? telling(link) : null;
  let supposed = null;
  document.documentElement.classList.add("js");

  let unpacked = null, leaves = null;
  const leavesOf = (number) => [...grow(document.createDocumentFragment(), leaves[number]).childNodes];
  const showNetwork = () => {
    const room = $("#network");
    if (typeof vis === "undefined") {
      unpacked ||= unpack("packed").then(() => { show(false); reveal(state.node); }).catch((error) => { room.textContent = `${data.names.closed[which()]} (${error.name})`; });
      return;
    }
    if (!net) {
      net = network(room, nodes, edges, () => ({ which: which(), lit, marked: [state.node, ...(document.activeElement === room ? [cursor] : []), ...((lit && lit.marked) || [])] }));
      net.onClick((id) => tap(id));
    }
    net.show(shown);
    if (fitted) return;
    net.fit(shown);
    fitted = true;
  };

  // ---- one state, shown everywhere
  const showWords = () => {
    if (document.documentElement.lang !== state.lang) document.documentElement.lang = state.lang; // else all is styled anew
    document.title = data.names.title[which()];
    for (const option of all("option[data-sv]")) option.textContent = option.dataset[state.lang];
    for (const item of all("[data-sv-label]")) item.setAttribute("aria-label", item.getAttribute(`data-${state.lang}-label`));
    for (const { node, element } of byId.values()) element.setAttribute("aria-label", node.say[which()]);
    for (const button of all("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  };

  const showDrawing = () => {
    drawing.classList.toggle("asking", state.questions);
    for (const { node, element } of byId.values()) {
      element.classList.toggle("off", !shown.nodes.has(node.id));
      element.classList.toggle("faint", Boolean(lit) && !lit.nodes.has(node.id));
      element.classList.toggle("chosen", node.id === state.node);
      element.classList.toggle("marked", Boolean(lit && lit.marked && lit.marked.has(node.id)));
      element.setAttribute("aria-pressed", String(node.id === state.node));
      element.setAttribute("tabindex", node.id === cursor ? "0" : "-1");
    }
    for (const edge of edges) {
      const element = document.getElementById(edge.id);
      element.classList.toggle("off", !shown.edges.has(edge.id));
      element.classList.toggle("faint", Boolean(lit) && !lit.edges.has(edge.id));
      element.classList.toggle("lit", Boolean(lit) && lit.edges.has(edge.id));
    }
    if (told) told.number(drawing, (lit && lit.order) || []);
  };

  const showPanel = (moved) => {
    const entry = byId.get(state.node);
    $("#filters").hidden = Boolean(entry);
    $("#details").hidden = !entry;
    if (entry && moved && leaves) {
      $("#about").replaceChildren(...leavesOf(entry.index));
      // What stands with a forum is not written twice in the file: claims for the actor, findings for the ghost.
      const copied = (from, kind) => { const [forum, place] = from.split(" "); return leavesOf(forum).map((each) => each.querySelector?.(`[data-${kind}="${place}"]`)).find(Boolean); };
      $("#about .note").append(...$("#filters .note").cloneNode(true).childNodes);
      for (const list of all("#about [data-claims]")) list.prepend(...copied(list.dataset.claims, "edge").children);
      for (const room of all("#about [data-same]")) room.replaceWith(copied(room.dataset.same, "finding"));
      if (told) $("#about .note").after(...told.about(state.node));
      if (supposed) $("#about .note").after(...supposed.about(state.node));
      $("#details").scrollTop = 0;
    }
    for (const field of all("[data-part]")) if (field.type === "checkbox") field.checked = !state.off.includes(field.dataset.part);
    for (const field of all("[data-flag]")) field.checked = state[field.dataset.flag];
    for (const field of all("[data-choice]")) field.value = state[field.dataset.choice];
    for (const field of all("#shows input")) field.checked = field.value === state.show;
    strip.show(state.age);
    const word = (node) => (node.programme ? "programme" : node.kind);
    const count = (kind) => nodes.filter((node) => word(node) === kind && shown.nodes.has(node.id)).length;
    const kinds = ["forum", "programme", "actor"].filter((kind) => kind !== "programme" || count(kind));
    const [said, gaps] = [kinds, ["gap"]].map((all) => all.map((kind) => core.plural(count(kind), data.words[kind], state.lang)).join(", "));
    $("#shown").textContent = state.lang === "en" ? `Showing ${said} and ${gaps}.` : `${said} och ${gaps} visas.`;
    for (const link of all("a.here")) link.href = core.writeHash(state, "") || "#";
    for (const row of all("[data-row]")) row.classList.toggle("chosen", row.dataset.row === state.node);
  };

  const say = (id) => { $("#live").textContent = byId.has(id) ? byId.get(id).node.say[which()] : told ? told.spoken() : ""; };

  const show = (moved = true) => {
    shown = core.visible(nodes, edges, state);
    if (!shown.nodes.has(state.node) && state.node) {
      const { node } = byId.get(state.node);
      if (node.kind === "question") { state.questions = true; return show(moved); }
      if (node.kind === "gap" && !state.gaps) { state.gaps = true; return show(moved); }
      state.node = "";
    }
    if (told) told.prepare();
    if (supposed) supposed.prepare();
    lit = state.node ? core.linked(state.node, edges, shown) : told && told.lit(shown);
    if (supposed && state.node) supposed.light(lit, state.node);
    if (!shown.nodes.has(cursor)) cursor = state.node || nodes.find((node) => shown.nodes.has(node.id))?.id || "";
    showWords();
    showDrawing();
    showPanel(moved);
    for (const section of all("#stage > section")) section.classList.toggle("open", section.id === state.view);
    for (const button of all("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
    if (supposed) supposed.draw(drawing);
    if (state.view === "network") showNetwork();
    wrote = core.writeHash(state, first);
    if (wrote !== location.hash) history.replaceState(null, "", wrote || "#");
    return undefined;
  };

  const reveal = (id) => {
    const entry = byId.get(id);
    if (entry && state.view === "levels") entry.element.scrollIntoView({ block: "center", inline: "nearest" });
    if (entry && net && state.view === "network") net.goTo(id);
  };

  const choose = (id, { far = false } = {}) => {
    state.node = id;
    cursor = id || cursor;
    show();
    say(id);
    if (far) reveal(id);
  };

  const tap = (id) => { if (!told || !told.take(id)) choose(id); };

  const place = (node) => (state.view === "network" ? [node.x, node.y] : [node.box[0] + node.box[2] / 2, node.box[1] + node.box[3] / 2]);
  const step = (key) => {
    const next = core.nearest(nodes, cursor, key, shown.nodes, place);
    if (!next) return;
    cursor = next;
    say(next);
    showDrawing();
    if (state.view === "levels") byId.get(next).element.focus();
    else if (net) net.goTo(next);
  };
  // On a projector the whole drawing, where its text is then larger; else as wide as the screen, and scrolled.
  const scaleDrawing = () => {
    const stage = $("#stage"), [, , wide, high] = box.split(" ").map(Number);
    const present = document.body.classList.contains("present");
    const whole = (stage.clientHeight * wide) / high;
    const fitting = Math.max(wide, Math.min(stage.clientWidth, whole > 1.25 * wide ? whole : 1760));
    const base = present ? fitting : Math.max(wide, Math.min(stage.clientWidth, 1400));
    drawing.style.width = present || zoom !== 1 ? `${base * zoom}px` : "";
    drawing.style.maxWidth = drawing.style.minWidth = present || zoom !== 1 ? "none" : "";
  };
  const enlarge = (factor) => {
    zoom = factor ? Math.min(4, Math.max(0.5, zoom * factor)) : 1;
    scaleDrawing();
    if (net && state.view === "network") factor ? net.enlarge(factor) : net.fit(shown);
  };

  const field = searching(link, data.names, (id) => choose(id, { far: Boolean(id) }));

  // ---- save and print
  const save = () => {
    const copy = drawing.cloneNode(true);
    copy.setAttribute("viewBox", drawing.dataset.full);
    for (const item of all(`.off, ${state.questions ? "" : ".heading.asked, "}.${state.lang === "sv" ? "en" : "sv"}`, copy)) item.remove();
    for (const item of all(".node", copy)) for (const name of ["role", "tabindex", "aria-label", "aria-pressed"]) item.removeAttribute(name);
    for (const item of all(".faint", copy)) item.setAttribute("opacity", "0.2");
    for (const item of all(".marked .shape", copy)) { item.setAttribute("stroke", "#D98E00"); item.setAttribute("stroke-width", "4"); }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
    link.download = `${data.names.file}-${state.lang}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 0);
  };
  window.addEventListener("beforeprint", () => drawing.setAttribute("viewBox", drawing.dataset.full));
  window.addEventListener("afterprint", () => drawing.setAttribute("viewBox", box));
  const actions = {
    save,
    print: () => window.print(),
    back: () => choose(""),
    reset: () => { state = { ...core.fresh(state.lang), view: state.view }; show(); },
    present: (button) => { button.setAttribute("aria-pressed", String(document.body.classList.toggle("present"))); fitted = false; scaleDrawing(); show(false); },
  };

  // ---- one listener each
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-do],[data-view],[data-lang],[data-node],.skip");
    if (!target) return;
    const { dataset } = target;
    if (dataset.do) actions[dataset.do](target);
    if (dataset.view) { state.view = dataset.view; show(false); }
    if (dataset.lang) { state.lang = dataset.lang; show(false); }
    if (dataset.node) { event.preventDefault(); choose(dataset.node, { far: true }); }
    if (target.matches(".skip")) { event.preventDefault(); state.view = "tables"; show(false); $("#tables").focus(); }
  });
  drawing.addEventListener("click", (event) => {
    const group = event.target.closest(".node");
    tap(group ? nodes[Number(group.id.slice(1))].id : "");
  });
  document.addEventListener("change", ({ target }) => {
    const { part, flag, choice } = target.dataset;
    if (part) state.off = target.checked ? state.off.filter((each) => each !== part) : [...state.off, part];
    if (flag) state[flag] = target.checked;
    if (choice) state[choice] = target.value;
    if (part || flag || choice) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]),select")) return;
    const inside = event.target.closest("#levels,#network");
    const { key } = event;
    if (key === "/") { event.preventDefault(); field.focus(); }
    else if (key === "Escape") { if (state.node) choose(""); else if (document.body.classList.contains("present")) $("[data-do=present]").click(); }
    else if (key === "+" || key === "-" || key === "0") enlarge({ "+": 1.2, "-": 1 / 1.2, 0: 0 }[key]);
    else if (inside && key.startsWith("Arrow")) { event.preventDefault(); step(key); }
    else if (inside && (key === "Enter" || key === " ")) { event.preventDefault(); tap(cursor); }
  });
  window.addEventListener("hashchange", () => {
    if (location.hash === wrote) return;
    state = core.readHash(location.hash, known, state.lang);
    show();
    say(state.node);
    reveal(state.node);
  });
  show();
  say(state.node);
  reveal(state.node);
  // What is read when a shape is chosen lies packed, and is unpacked after the first picture. An old browser has the map as it is.
  const untold = (room) => (error) => { $(room).textContent = `${data.names.untold[which()]} (${error.name})`; };
  const load = async () => {
    await Promise.all([
      inflate($("#leaves")).then((text) => { leaves = JSON.parse(text); }).catch(untold("#about")),
      told && told.load().then((known) => strip.know(known)).catch(untold("#shows")),
      $("#rules") && unpack("late").then(() => supposing(link).load()).then((ready) => { supposed = ready; }).catch(() => {}),
    ]);
    show();
    say(state.node);
    $("#details").removeAttribute("aria-busy");
  };
  if (document.hidden) load();
  else requestAnimationFrame(() => setTimeout(load));
})();
