// The strip of ages 0-25: how much reaches each, and a filter. `page` holds the state; `known` is unpacked later.
const ages = (page, { years, unstated }) => {
  const room = document.getElementById("ages"), COLUMNS = 13, HIGH = 14;
  const SVG = "http://www.w3.org/2000/svg";
  const most = Math.max(1, ...years.map(([closed, open]) => closed + open));
  const which = page.which;
  let known = null, focused = years.findIndex(([closed, open]) => closed + open) || 0;

  const make = (name, className, text = "") => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const bar = (closed, open) => {
    const svg = document.createElementNS(SVG, "svg"), part = (count, below, name) => {
      const rect = document.createElementNS(SVG, "rect"), size = (HIGH * count) / most;
      for (const [key, value] of Object.entries({ x: 0, width: 16, y: HIGH - size - below, height: size, class: name })) rect.setAttribute(key, value);
      svg.append(rect);
      return size + below;
    };
    for (const [key, value] of Object.entries({ width: 16, height: HIGH, "aria-hidden": "true" })) svg.setAttribute(key, value);
    part(open, part(closed, 0, "closed"), "open");
    return svg;
  };
  const buttons = years.map(([closed, open, examined], age) => {
    const button = make("button", examined ? "year" : "year beyond");
    button.type = "button";
    button.dataset.year = age;
    button.append(make("b", "", String(closed + open)), bar(closed, open), make("span", "", String(age)));
    return button;
  });
  const strip = make("div", "strip");
  strip.setAttribute("role", "group");
  strip.append(...buttons);
  const said = make("div", "said");
  const wide = (value) => { const button = make("button", "wide"); button.type = "button"; button.dataset.span = value; return button; };
  const [silent, everything] = [wide("unstated"), wide("")], both = make("div", "pair");
  both.append(silent, everything);
  const hint = make("p", "means");
  room.append(strip, both, hint, said);

  const label = ([closed, open, examined], age) => {
    const count = closed + open, en = which();
    const upper = open ? (en ? `, ${open} without an upper age` : `, ${open} utan övre ålder`) : "";
    const beyond = examined ? "" : en ? ". Outside the ages of the audit" : ". Utanför granskningens åldrar";
    return `${age} ${en ? (age === 1 ? "year" : "years") : "år"}: ${count} ${en ? "with a stated age reach it" : "med angiven ålder når den"}${upper}${beyond}`;
  };

  const line = (head, items) => {
    const list = make("p");
    list.append(make("b", "", `${head}: `), items.join("; "), ".");
    return list;
  };
  const tell = (age) => {
    said.replaceChildren();
    if (!age || age === "unstated" || !known) return;
    const en = which(), [low, high] = age.split("-").map(Number), span = low === high ? `${low}` : `${low}–${high}`;
    const found = known.reachers.filter((each) => core.reaches(each.spans, low, high));
    const named = (each) => `${each.name[en]} (${each.ages[en]})`;
    const drawn = found.filter((each) => each.key), others = found.filter((each) => !each.key);
    const idle = page.nodes.filter((node) => known.idle.includes(node.id) && core.reaches(node.ages, low, high));
    const unit = en ? `${span} years` : `${span} år`;
    if (!found.length) said.append(make("p", "", en ? `Nothing with a stated age reaches ${unit}.` : `Inget med angiven ålder når ${unit}.`));
    if (drawn.length) said.append(line(en ? `Reach ${unit}, on the map` : `Når ${unit}, på kartan`, drawn.map(named)));
    if (others.length) said.append(line(en ? `Reach ${unit}, not drawn` : `Når ${unit}, ritas inte`, others.map(named)));
    if (idle.length) said.append(line(en ? "On the map but not counted" : "På kartan men räknas inte", idle.map((node) => node.names[en])));
    if (unstated) said.append(make("p", "means", en ? `${unstated} ${unstated === 1 ? "forum or programme states" : "forums or programmes state"} no age and may reach any; not shown now.` : `${unstated} forum eller program anger ingen ålder och kan gälla vilken som helst; de visas inte nu.`));
  };

  const show = (age) => {
    const en = which(), [low, high] = age && age !== "unstated" ? age.split("-").map(Number) : [1, 0];
    strip.setAttribute("aria-label", en ? "Age in years" : "Ålder i år");
    buttons.forEach((button, year) => {
      const text = label(years[year], year);
      button.setAttribute("aria-label", text);
      button.title = text;
      button.setAttribute("aria-pressed", String(low <= year && year <= high));
      button.tabIndex = year === focused ? 0 : -1;
    });
    silent.textContent = `${en ? "Not stated" : "Anges inte"} (${unstated})`;
    silent.setAttribute("aria-pressed", String(age === "unstated"));
    everything.textContent = en ? "All ages" : "Alla åldrar";
    const parts = [en ? "Counts what reaches each age. Click one age, or two for a span." : "Antal som når varje ålder. Klicka på en ålder, eller på två för ett spann."];
    if (years.some(([, open]) => open)) parts.push(en ? "Light: without an upper age." : "Ljust: utan övre ålder.");
    if (years.some(([, , examined]) => !examined)) parts.push(en ? "Grey: outside the ages of the audit." : "Grått: utanför granskningens åldrar.");
    hint.textContent = parts.join(" ");
    tell(age);
  };

  const focus = (year) => {
    focused = year;
    buttons.forEach((button, each) => { button.tabIndex = each === year ? 0 : -1; });
    buttons[year].focus();
  };
  const WAYS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };
  room.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if (button.dataset.year) focused = Number(button.dataset.year);
    page.set({ age: button.dataset.year ? core.pickAge(page.state().age, focused) : button.dataset.span });
  });
  strip.addEventListener("keydown", (event) => {
    const year = { Home: 0, End: years.length - 1 }[event.key] ?? focused + (WAYS[event.key] || 0);
    if (event.key === "Escape" && page.state().age) page.set({ age: "" });
    else if (!WAYS[event.key] && !["Home", "End"].includes(event.key)) return;
    else if (years[year]) focus(year);
    event.preventDefault();
    event.stopPropagation();
  });
  return { show, know: (value) => { known = value; } };
};
