// "What if" in the page: a switch for each member of a forum, and what would follow. Never shown as the report's word.
const supposing = (page) => {
  const $ = (selector) => document.querySelector(selector);
  const SVG = "http://www.w3.org/2000/svg", INK = "#6A1B9A";
  const actors = page.nodes.filter((node) => node.kind === "actor"), ids = actors.map((node) => node.id);
  const byId = new Map(page.nodes.map((node) => [node.id, node]));
  let table = null, changes = [], effects = [], open = false;
  const hidden = [];

  const make = (name, className, ...parts) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...parts);
    return element;
  };
  const both = (sv, en) => (sv === en ? [sv] : [[sv, "sv"], [en, "en"]].map(([text, lang]) => { const span = make("span", "", text); span.lang = lang; return span; }));
  const button = (what, sv, en) => { const found = make("button", "wide", ...both(sv, en)); found.type = "button"; found.dataset.suppose = what; return found; };
  const forumName = (place) => byId.get(table.forums[place].key).names;
  const set = (next) => page.set({ whatif: whatif.write(table, ids, next) });

  // Those who leave a forum because the whole that they are a part of leaves it.
  const carried = (place) => {
    const left = changes.filter((each) => each.forum === place && !each.joins).map((each) => each.actor);
    const sitting = [...new Set(table.forums[place].seats.filter((each) => each[2] & 1).map((each) => each[0]))];
    return sitting.filter((actor) => !left.includes(actor) && table.actors[actor][1].some((each) => left.includes(each)));
  };

  // ---- in words
  const WORDS = { gap: ["lucka", "gap"], question: ["fråga", "question"], comparison: ["jämförelse", "comparison"] };
  const NOW = { gap: ["luckan skulle stängas", "the gap would close"], question: ["frågan skulle stängas", "the question would close"], comparison: ["jämförelsen skulle falla bort", "the comparison would fall away"] };
  const THEN = { gap: ["en lucka skulle öppnas", "a gap would open"], question: ["skulle bli en fråga", "would become a question"], comparison: ["skulle bli en jämförelse", "would become a comparison"] };
  const phrase = ({ before, after }, en) => {
    if (!after) return NOW[before][en];
    if (!before) return THEN[after][en];
    if (before === after) return [`${WORDS[before][0]}, men på annan grund`, `${WORDS[before][1]}, but on another ground`][en];
    return [`${WORDS[before][0]} skulle bli ${WORDS[after][0]}`, `${WORDS[before][1]} would become ${WORDS[after][1]}`][en];
  };
  const lines = (place) => {
    const found = new Map();
    for (const each of effects) {
      const norm = table.norms[each.norm], said = [0, 1].map((en) => {
        const who = each.asked < 0 ? norm[0] : table.kinds[each.asked][1 + en];
        return `${who[0].toUpperCase()}${who.slice(1)}: ${phrase(each, en)}`;
      });
      const key = `${each.forum} ${said[0]}`;
      const norms = norm ? [[`${norm[0]}, ${norm[2]}`, `${norm[0]}, ${norm[3]}`]] : [["finns i andra forum på nivån", "is in other forums of the level"]];
      found.set(key, { forum: each.forum, said, norms: [...(found.get(key)?.norms || []), ...norms] });
    }
    return [...found.values()].map(({ forum, said, norms }) => {
      const where = forum === place ? ["", ""] : forumName(forum).map((name) => ` – ${name}`);
      const text = [0, 1].map((en) => `${said[en]}${where[en]} (${[...new Set(norms.map((each) => each[en]))].join("; ")})`);
      return make("li", "", ...both(...text));
    });
  };
  // "BRÅ med Skolan, utan Polisen och Fältgruppen"
  const join = (names, en) => (names.length > 1 ? [names.slice(0, -1).join(", "), names[names.length - 1]].join(en ? " and " : " och ") : names[0]);
  const changed = (forum, en) => {
    const named = (joins, word) => {
      const names = changes.filter((each) => each.forum === forum && each.joins === joins).map((each) => actors[each.actor].names[en]);
      return names.length ? [`${word} ${join(names, en)}`] : [];
    };
    return `${forumName(forum)[en]} ${[...named(true, ["med", "with"][en]), ...named(false, ["utan", "without"][en])].join(", ")}`;
  };
  const count = (en) => {
    const all = ["gap", "question", "comparison"].flatMap((kind) => {
      const opened = effects.filter((each) => each.after === kind && each.before !== kind).length, closed = effects.filter((each) => each.before === kind && each.after !== kind).length;
      const forms = { gap: [["lucka", "luckor"], ["gap", "gaps"]], question: [["fråga", "frågor"], ["question", "questions"]], comparison: [["jämförelse", "jämförelser"], ["comparison", "comparisons"]] }[kind][en];
      const say = (number, sign) => (number ? [`${sign} ${number} ${forms[number === 1 ? 0 : 1]}`] : []);
      return [...say(opened, "+"), ...say(closed, "−")];
    });
    return all.length ? all.join(", ") : ["Inget skulle öppnas eller stängas", "Nothing would open or close"][en];
  };
  const banner = (en) => `${["Tänkt", "Supposed"][en]}: ${[...new Set(changes.map((each) => each.forum))].map((each) => changed(each, en)).join("; ")}. ${count(en)}.${page.state().view === "network" ? [" Ritas under Nivåer.", " Drawn under Levels."][en] : ""}`;

  // ---- the pane
  const fill = (room, place) => {
    const forum = table.forums[place], here = changes.filter((each) => each.forum === place);
    const came = here.filter((each) => each.joins).map((each) => each.actor), along = carried(place);
    const sitting = [...new Set([...forum.seats.filter((each) => each[2] & 1).map((each) => each[0]), ...came])].sort((a, b) => a - b);
    const rows = sitting.map((actor) => {
      const box = make("input"), left = here.some((each) => each.actor === actor && !each.joins), joins = came.includes(actor);
      box.type = "checkbox";
      box.disabled = along.includes(actor);
      box.checked = !left && !box.disabled;
      box.dataset.seat = actor;
      const mark = left || joins || box.disabled ? [make("span", "mark", ...(joins ? both("tänkt med", "supposed in") : both("tänkt borta", "supposed gone")))] : [];
      return make("li", "", make("label", "row", box, make("span", "name", ...both(...actors[actor].names)), ...mark));
    });
    const list = make("select"), empty = make("option", "", "");
    list.append(empty);
    ids.forEach((id, actor) => {
      if (sitting.includes(actor) || !table.actors[actor][3]) return;
      const option = make("option");
      option.value = actor;
      [option.dataset.sv, option.dataset.en] = actors[actor].names;
      option.textContent = actors[actor].names[page.which()];
      list.append(option);
    });
    const found = lines(place), follows = changes.length ? [make("h4", "", ...both("Vad som skulle följa (tänkt)", "What would follow (supposed)")), make("ul", "follows", ...(found.length ? found : [make("li", "", ...both("Inget skulle öppnas eller stängas.", "Nothing would open or close."))]))] : [];
    const means = both("Ett tankeexperiment: det tänkta står inte i rapporten. Avmarkera den som tänks bort, eller lägg till en aktör.", "A thought experiment: what is supposed is not in the report. Clear the box of who is supposed gone, or add an actor.");
    const add = make("div", "add", make("label", "", ...both("Lägg till i tanken", "Add in thought"), list), button("add", "Lägg till", "Add"));
    room.replaceChildren(make("p", "means", ...means), make("ul", "", ...rows), add, ...follows);
  };
  const about = (id) => {
    const place = table ? table.forums.findIndex((each) => each.key === id) : -1;
    if (place < 0) return [];
    const box = make("details", "whatif", make("summary", "", ...both("Tänk om …", "What if …"))), room = make("div");
    box.open = open || changes.length > 0;
    box.dataset.place = place;
    box.append(room);
    box.addEventListener("toggle", () => { open = box.open; });
    box.addEventListener("change", ({ target }) => {
      if (!target.dataset.seat) return;
      const actor = Number(target.dataset.seat), rest = changes.filter((each) => each.actor !== actor || each.forum !== place);
      set(rest.length < changes.length ? rest : [...changes, { joins: !whatif.sits(table, place, actor), actor, forum: place }]);
      ($(`.whatif [data-seat="${actor}"]`) || $(".whatif select")).focus();
      speak();
    });
    box.addEventListener("click", ({ target }) => {
      const value = $(".whatif select").value;
      if (!target.closest("[data-suppose=add]") || !value) return;
      set([...changes, { joins: true, actor: Number(value), forum: place }]);
      $(`.whatif [data-seat="${value}"]`).focus();
      speak();
    });
    fill(room, place);
    return [box];
  };
  const speak = () => { $("#live").textContent = changes.length ? banner(page.which()) : ""; };

  // ---- on the drawing
  const put = (room, name, attributes, text = "") => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    room.append(element);
    return element;
  };
  const boxOf = (id) => page.element(id).querySelector(`:scope > g:not(.${page.which() ? "sv" : "en"}) > .shape`).getBBox();
  const seen = (id) => !page.element(id).classList.contains("off");
  const pill = (group, x, y, text, right) => {
    const frame = put(group, "rect", { y, height: 22, rx: 9, fill: "#FFFFFF", stroke: INK, "stroke-width": 1.8, "stroke-dasharray": "2 3" });
    const label = put(group, "text", { y: y + 15.5, "font-size": 12, "font-weight": "bold", fill: INK }, text);
    const wide = (label.getComputedTextLength() || text.length * 7) + 18;
    frame.setAttribute("width", wide);
    frame.setAttribute("x", right ? x : x - wide);
    label.setAttribute("x", (right ? x : x - wide) + 9);
  };
  const draw = (drawing) => {
    for (const old of drawing.querySelectorAll(".supposed")) old.remove();
    for (const line of hidden.splice(0)) line.style.visibility = "";
    if (!changes.length) return;
    const en = page.which(), group = put(drawing, "g", { class: "supposed" });
    const parts = [...new Set(changes.map((each) => each.forum))].flatMap((forum) => carried(forum).map((actor) => ({ joins: false, actor, forum })));
    for (const { joins, actor, forum } of [...changes, ...parts]) {
      const [from, to] = [ids[actor], table.forums[forum].key];
      if (!seen(from) || !seen(to)) continue;
      if (joins) {
        const [a, f] = [boxOf(from), boxOf(to)], leftward = a.x > f.x;
        const [x1, x2] = leftward ? [a.x, f.x + f.width] : [a.x + a.width, f.x], [y1, y2] = [a.y + a.height / 2, f.y + f.height / 2], bend = (x2 - x1) / 2;
        put(group, "path", { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, fill: "none", stroke: INK, "stroke-width": 2.4, "stroke-dasharray": "2 4" });
      } else {
        for (const edge of page.edges.filter((each) => each.from === from && each.to === to && ["member", "disputed"].includes(each.kind))) {
          const line = document.getElementById(edge.id);
          line.style.visibility = "hidden";
          hidden.push(line);
          put(group, "path", { d: line.getAttribute("d"), fill: "none", stroke: INK, "stroke-width": 1.4, "stroke-dasharray": "1 7", "stroke-linecap": "round" });
        }
      }
    }
    const gaps = (which) => new Set(effects.filter((each) => each[which] === "gap").map((each) => `${each.forum} ${each.asked}`));
    const rest = new Set([...whatif.judge(table, changes).values()].filter((each) => each.kind === "gap").map((each) => `${each.forum} ${each.asked}`));
    const rows = new Map();
    for (const each of gaps("before")) {
      const [forum, asked] = each.split(" ").map(Number), ghost = `gap/${table.forums[forum].key}/aktorstyp-${table.kinds[asked][0]}`;
      if (rest.has(each) || !byId.has(ghost) || !seen(ghost)) continue;
      const box = boxOf(ghost);
      put(group, "rect", { x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4, rx: 9, fill: "#FFFFFF", "fill-opacity": 0.6 });
      pill(group, box.x, box.y - 15, ["Tänkt: stängd", "Supposed: closed"][en], true);
    }
    const before = whatif.judge(table, []), was = new Set([...before.values()].filter((each) => each.kind === "gap").map((each) => `${each.forum} ${each.asked}`));
    for (const each of gaps("after")) {
      const [forum, asked] = each.split(" ").map(Number), right = table.kinds[asked][3], row = `${forum} ${right}`;
      if (!was.has(each) && seen(table.forums[forum].key) && page.state().gaps) rows.set(row, [...(rows.get(row) || []), asked]);
    }
    for (const [row, kinds] of rows) {
      const [forum, right] = row.split(" ").map(Number), { key } = table.forums[forum], box = boxOf(key);
      const taken = page.nodes.some((node) => node.forum === key && seen(node.id) && node.kind !== "forum" && boxOf(node.id).x > box.x === Boolean(right));
      const named = `${["Tänkt: saknas", "Supposed missing:"][en]} ${table.kinds[kinds[0]][1 + en]}`, one = kinds.length === 1;
      const text = one && named.length < 26 ? named : [`Tänkt: ${kinds.length} ${one ? "lucka" : "luckor"}`, `Supposed: ${kinds.length} ${one ? "gap" : "gaps"}`][en];
      pill(group, right ? box.x + box.width - 14 : box.x + 14, box.y + (taken ? box.height - 7 : box.height / 2 - 11), text, right);
    }
    put(group, "text", { x: drawing.viewBox.baseVal.width - 6, y: -36, "text-anchor": "end", "font-size": 13, "font-weight": "bold", fill: INK }, ["Tänkt läge, inte rapportens", "Supposed, not what the report says"][en]);
  };

  // What the address asks for, once the table is read; the note above the page stands as long as anything is supposed.
  const prepare = () => {
    if (!table) return;
    changes = whatif.read(table, ids, page.state().whatif);
    effects = changes.length ? whatif.compare(table, changes) : [];
    page.state().whatif = whatif.write(table, ids, changes);
    const note = $("#supposed");
    note.hidden = !changes.length;
    note.querySelector("p").replaceChildren(...both(banner(0), banner(1)));
    const box = $(".whatif");
    if (box) fill(box.lastChild, Number(box.dataset.place));
  };
  const load = async () => {
    table = JSON.parse(await inflate(document.getElementById("rules")));
    const note = make("section", "", make("p"), button("reset", "Återställ till rapporten", "Back to the report"));
    note.id = "supposed";
    note.hidden = true;
    [note.dataset.svLabel, note.dataset.enLabel] = ["Tänkt läge", "What is supposed"];
    $("header").after(note);
    document.addEventListener("click", ({ target }) => { if (target.closest("[data-suppose=reset]")) { set([]); speak(); ($(".whatif summary") || $("#search")).focus(); } });
    return { about, prepare, draw, light };
  };
  // Who is supposed in a chosen forum, and the forums that a chosen actor is supposed in, are not faded.
  const light = (lit, id) => {
    for (const { actor, forum } of changes) {
      const ends = [ids[actor], table.forums[forum].key];
      if (ends.includes(id)) ends.forEach((each) => lit.nodes.add(each));
    }
  };
  return { load };
};
