// What the analysis says: in the details of a shape, and lit on the map when asked. It lies packed in the file.
const telling = (page) => {
  const $ = (selector) => document.querySelector(selector);
  const SVG = "http://www.w3.org/2000/svg", TOLD = ["flow", "steering", "informs"];
  const which = page.which;
  let data = null, graph = null, ways = [], drawnAs = "";

  const make = (name, className, ...parts) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...parts);
    return element;
  };
  // Both languages side by side; the style shows one.
  const both = ([sv, en]) => {
    if (sv === en) return [sv];
    return [[sv, "sv"], [en, "en"]].map(([text, lang]) => { const span = make("span", "", text); span.lang = lang; return span; });
  };
  const para = (className, pair) => (pair[0] ? [make("p", className, ...both(pair))] : []);
  const advise = (pair) => (pair[0] ? [make("p", "", make("b", "", ...both(["Att göra: ", "What to do: "])), ...both(pair))] : []);
  const say = (note) => [...para("", note.words), ...para("means", note.where), ...advise(note.advice)];

  const about = (id) => {
    const notes = data ? data.notes.filter((note) => note.about.includes(id)) : [];
    if (!notes.length) return [];
    const section = make("section", "remarks", make("h3", "", ...both([`Vad uppgifterna visar (${notes.length})`, `What the data shows (${notes.length})`])));
    let group = "";
    for (const note of notes) {
      if (note.group !== group) section.append(make("h4", "", ...both(data.groups[note.group])));
      group = note.group;
      section.append(make("div", "remark", ...say(note)));
    }
    return [section];
  };

  const wholes = () => {
    const notes = data.notes.filter((note) => !note.about.length), room = $("#whole");
    room.hidden = !notes.length;
    room.append(make("summary", "", ...both([`Kommunen som helhet (${notes.length})`, `The municipality as a whole (${notes.length})`])), ...notes.map((note) => make("div", "remark", ...say(note))));
  };

  // ---- what is lit
  const asked = () => data.notes.filter((note) => note.show === page.state().show);
  const seats = (kind) => kind === "member" || kind === "disputed";
  const litNotes = (shown) => {
    const notes = asked().filter((note) => !page.state().pick || note.id === page.state().pick);
    if (!notes.length) return null;
    const lit = { nodes: new Set(), edges: new Set(), marked: new Set(), order: new Map() };
    for (const note of notes) {
      for (const id of note.lit) lit.nodes.add(id);
      for (const id of note.lit.slice(0, note.marked)) lit.marked.add(id);
      for (const edge of page.edges) if (seats(edge.kind) && shown.edges.has(edge.id) && note.lit.includes(edge.from) && note.lit.includes(edge.to)) lit.edges.add(edge.id);
    }
    return lit;
  };
  const litWay = (shown) => {
    const { from, to, way } = page.state();
    const points = ways.length ? ways[way] : [from, to].filter(Boolean).map((id) => graph.places.get(id));
    if (!points.length) return null;
    const lit = { nodes: new Set(), edges: new Set(), marked: new Set(), order: new Map() };
    const shapes = points.map((each) => graph.points[each].shapes);
    shapes.flat().forEach((id) => { lit.nodes.add(id); lit.marked.add(id); });
    if (!ways.length) {
      if (from && to) for (const [each] of paths.reach(graph, points[0]).found) graph.points[each].shapes.forEach((id) => lit.nodes.add(id));
      return lit;
    }
    shapes.forEach((ids, n) => ids.forEach((id) => lit.order.set(id, n + 1)));
    paths.stepsOf(graph, points).forEach((step, n) => {
      const [starts, ends] = [shapes[n], shapes[n + 1]];
      for (const id of step.carriers) lit.nodes.add(id);
      for (const edge of page.edges) {
        if (!shown.edges.has(edge.id)) continue;
        const carried = step.carriers.includes(edge.from) && [...starts, ...ends].includes(edge.to);
        const along = starts.includes(edge.from) && ends.includes(edge.to), against = ends.includes(edge.from) && starts.includes(edge.to);
        const stated = (step.link === "flow" && along && edge.kind !== "steering") || (step.link === "report" && (along || against) && edge.kind === "steering");
        if (step.link === "shared" ? carried && seats(edge.kind) : step.link === "seat" ? (along || against) && seats(edge.kind) : stated && TOLD.includes(edge.kind)) lit.edges.add(edge.id);
      }
    });
    // What passes a system is drawn as one arrow from before it to after it.
    points.forEach((point, n) => {
      if (!n || shapes[n].length || !shapes[n + 1]) return;
      for (const edge of page.edges) if (TOLD.includes(edge.kind) && shown.edges.has(edge.id) && shapes[n - 1].includes(edge.from) && shapes[n + 1].includes(edge.to)) lit.edges.add(edge.id);
    });
    return lit;
  };
  const lit = (shown) => {
    const { show } = page.state();
    return !data || !show ? null : show === "path" ? litWay(shown) : litNotes(shown);
  };

  // The order of the shapes on a way, as numbers in their corners.
  const number = (drawing, order) => {
    for (const old of drawing.querySelectorAll(".order")) old.remove();
    for (const [id, n] of order) {
      const shape = page.element(id).querySelector(`:scope > g:not(.${which() ? "sv" : "en"}) > .shape`).getBBox();
      const group = document.createElementNS(SVG, "g"), put = (name, attributes) => {
        const element = document.createElementNS(SVG, name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        group.append(element);
        return element;
      };
      group.setAttribute("class", "order");
      put("circle", { cx: shape.x + shape.width - 2, cy: shape.y + 2, r: 10, fill: "#F5B301", stroke: "#14181F", "stroke-width": 1.2 });
      put("text", { x: shape.x + shape.width - 2, y: shape.y + 6.5, "text-anchor": "middle", "font-size": 12.5, "font-weight": "bold", fill: "#14181F" }).textContent = n;
      drawing.append(group);
    }
  };

  // ---- the pane
  const NONE = {
    cuts: ["Inget visar att någon är ensam länk: de listor och namn som rapporten ger räcker inte för att säga det, eller så förenar flera.", "Nothing shows that anyone is the only link: the lists and names that the report gives are not enough to say so, or several join."],
    overlaps: ["Inga två forum har minst två av de nämnda deltagarna gemensamt.", "No two forums have at least two of the named members in common."],
  };
  const MEANS = {
    cuts: ["Den som ensam förenar eller sammankallar forum, enligt rapporten. Den som inte nämns kan också delta.", "Who alone joins or gathers forums, according to the report. Those not named may also take part."],
    overlaps: ["Forum med minst två gemensamma deltagare. Att de är gemensamma är inte i sig dubbelt arbete.", "Forums with at least two members in common. To share members is not in itself to do the work twice."],
    path: ["Kortaste vägen genom uppgifter som lämnas och gemensamma deltagare, enligt rapporten. Välj här, eller klicka på två rutor i kartan.", "The shortest way through information that is passed on and shared members, according to the report. Choose here, or click on two shapes of the map."],
  };
  const listNotes = (show) => {
    const notes = asked(), room = $("#picks");
    if (drawnAs !== show) {
      room.replaceChildren(...notes.map((note) => {
        const button = make("button", "wide", ...both(note.title)), item = make("li", "", button, make("div", "remark", ...say(note)));
        button.type = "button";
        button.dataset.pick = note.id;
        return item;
      }));
      if (!notes.length) room.append(make("li", "means", ...both(NONE[show])));
    }
    for (const button of room.querySelectorAll("[data-pick]")) {
      const picked = button.dataset.pick === page.state().pick;
      button.setAttribute("aria-expanded", String(picked));
      button.nextElementSibling.hidden = !picked;
    }
  };

  const options = (field) => {
    if (field.children.length > 1) return;
    const kinds = [["forum", ["Forum", "Forums"]], ["actor", ["Aktörer", "Actors"]], ["system", ["System", "Systems"]]];
    for (const [kind, words] of kinds) {
      const group = document.createElement("optgroup");
      [group.dataset.sv, group.dataset.en] = words;
      for (const point of graph.points.filter((each) => each.kind === kind)) {
        const option = make("option");
        option.value = point.id;
        [option.dataset.sv, option.dataset.en] = point.name;
        group.append(option);
      }
      if (group.children.length) field.append(group);
    }
  };
  const showWay = () => {
    const { from, to, way } = page.state(), room = $("#way"), en = which();
    for (const [name, value] of [["from", from], ["to", to]]) { const field = $(`#${name}`); options(field); field.value = value; }
    for (const item of $("#route").querySelectorAll("[data-sv]")) {
      if (item.tagName === "OPTGROUP") item.label = item.dataset[en ? "en" : "sv"];
      else item.textContent = item.dataset[en ? "en" : "sv"];
    }
    const [start, goal] = [from, to].map((id) => graph.places.get(id));
    ways = start === undefined || goal === undefined ? [] : paths.between(graph, start, goal);
    if (way >= ways.length) page.state().way = 0;
    room.replaceChildren();
    if (start === undefined || goal === undefined) return;
    if (start === goal) { room.append(make("p", "", en ? "This is both start and goal." : "Detta är både början och mål.")); return; }
    if (!ways.length) {
      const [none, on, back, ...open] = paths.noWay(graph, start, goal, en).map((text) => make("p", "", text));
      none.className = "head";
      room.append(none, ...open, make("details", "", make("summary", "", en ? "How far it gets, and from where one leads there" : "Hur långt den når, och varifrån en väg leder dit"), on, back));
      return;
    }
    const chosen = ways[page.state().way];
    room.append(make("p", "head", `${paths.head(graph, chosen, en)}:`));
    room.append(make("ol", "", ...paths.stepsOf(graph, chosen).map((step) => make("li", "", step.words[en], ...(step.where[en] ? [make("span", "where", step.where[en])] : [])))));
    room.append(...paths.caveats(graph, chosen, en).map((text) => make("p", "means", text)));
    if (ways.length > 1) {
      const next = make("button", "wide", en ? `Next way as short (${page.state().way + 1} of ${ways.length})` : `Nästa lika korta väg (${page.state().way + 1} av ${ways.length})`);
      next.type = "button";
      next.dataset.way = (page.state().way + 1) % ways.length;
      room.append(next);
    }
  };
  const prepare = () => {
    const { show } = page.state();
    if (!data) return;
    $("#telling").hidden = !show;
    $("#route").hidden = show !== "path";
    $("#picks").hidden = !show || show === "path";
    if (show) $("#telling > .means").replaceChildren(...both(MEANS[show]));
    if (show === "path") showWay();
    else if (show) listNotes(show);
    if (show !== "path") ways = [];
    if (show && drawnAs !== show) $("#filters").scrollTop = $("#shows").offsetTop - $("#filters").offsetTop - 6;
    drawnAs = show;
  };

  // A click on a shape while a start or a goal is wanted; whether it was taken.
  const take = (id) => {
    const { show, from, to } = page.state();
    if (show !== "path" || !data || (from && to)) return false;
    const point = graph.points.find((each) => each.shapes.includes(id));
    if (point) page.set(from ? { to: point.id, way: 0 } : { from: point.id, way: 0 });
    return Boolean(point);
  };
  const spoken = () => {
    const { show, from, to, way, pick } = page.state();
    if (!data) return "";
    if (show !== "path") return (data.notes.find((note) => note.id === pick) || { words: ["", ""] }).words[which()];
    const [start, goal] = [from, to].map((id) => graph.places.get(id));
    if (ways.length) return paths.sentence(graph, ways[way], which());
    return start === undefined || goal === undefined || start === goal ? "" : paths.noWay(graph, start, goal, which()).join(" ");
  };

  $("#shows").addEventListener("change", ({ target }) => page.set(core.shownAs(page.state(), target.value)));
  $("#telling").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const { pick, from, to } = page.state();
    if (button.dataset.pick) page.set({ pick: button.dataset.pick === pick ? "" : button.dataset.pick });
    else if (button.dataset.way) page.set({ way: Number(button.dataset.way) });
    else if (button.dataset.route === "swap") page.set({ from: to, to: from, way: 0 });
    else page.set({ from: "", to: "", way: 0 });
    if (button.dataset.way) $("#way [data-way]").focus();
  });
  $("#route").addEventListener("change", ({ target }) => page.set({ [target.id]: target.value, way: 0 }));

  const load = async () => {
    data = JSON.parse(await inflate(document.getElementById("told")));
    graph = paths.build(data.ways);
    const state = page.state();
    for (const name of ["from", "to"]) if (!graph.places.has(state[name])) state[name] = "";
    if (!data.notes.some((note) => note.id === state.pick && note.show === state.show)) state.pick = "";
    wholes();
    return data;
  };
  return { load, about, lit, number, prepare, take, spoken };
};
