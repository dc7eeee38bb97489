// Draws the numbers of the table below a plot; without this file the table says the same.

const MARKS = { 余: "≥ ", 多: "≥ ", 超: "≥ ", 以上: "≥ ", 至少: "≥ ", 近: "≤ ", 约: "≈ " };
const LINE = 28; // pixels of a place
const PAPER = { ink: "#000", soft: "#333", rule: "#999", bar: "#ccc", dot: "#000", ground: "#fff" };
const PAPER_WIDTH = 640;

// One entry a row of the table. `link` leads to the place, if it is known; `day` is empty where there is no date.
function readTable(table) {
  return [...table.tBodies[0].rows].map((row) => {
    const link = row.cells[3].querySelector("a");
    const [day = ""] = row.cells[4].textContent.match(/\d{4}[-\d]*/) || [];
    return {
      row,
      link,
      place: link ? link.textContent : "",
      code: link ? link.pathname.split("/").at(-2) : "",
      day,
      year: day.slice(0, 4),
      value: Number(row.dataset.value),
      most: row.dataset.most ? Number(row.dataset.most) : null,
      mark: MARKS[row.dataset.qualifier] || "",
    };
  });
}

function colours(printing) {
  if (printing) return PAPER;
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return {
    ink: of("--ink"),
    soft: of("--ink-soft"),
    rule: of("--rule"),
    bar: of("--tint-2"),
    dot: of("--accent"),
    ground: of("--paper"),
  };
}

function narrow() {
  return window.innerWidth < 640;
}

function said(entry) {
  const number = (value) => value.toLocaleString("en-US");
  return entry.mark + number(entry.value) + (entry.most === null ? "" : `–${number(entry.most)}`);
}

function grouped(entries, key) {
  const groups = new Map();
  for (const entry of entries) groups.set(key(entry), [...(groups.get(key(entry)) || []), entry]);
  return groups;
}

// The latest value; of one day the largest.
function latest(entries) {
  return entries.reduce((a, b) => (b.day > a.day || (b.day === a.day && b.value > a.value) ? b : a));
}

// Two counties of one name are told apart by what they lie in.
function names(entries) {
  const codes = grouped(entries, (entry) => entry.place);
  return (entry) => {
    const same = new Set(codes.get(entry.place).map((other) => other.code));
    return same.size > 1 && entry.link ? entry.link.title || entry.place : entry.place;
  };
}

function frame(look, type) {
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: { color: look.ink, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: type },
  };
}

function axis(look, type, more) {
  return {
    axisLine: { lineStyle: { color: look.soft } },
    axisTick: { show: false },
    axisLabel: { color: look.ink, fontSize: type },
    splitLine: { lineStyle: { color: look.rule } },
    ...more,
  };
}

function dots(look, data, type) {
  return {
    type: "line",
    data,
    lineStyle: { opacity: 0, width: 0 },
    symbol: "circle",
    symbolSize: Math.round(type * 0.55),
    itemStyle: { color: look.dot, borderColor: look.ground, borderWidth: 1 },
    z: 4,
  };
}

function places(entries, look, type) {
  const known = entries.filter((entry) => entry.code);
  const name = names(known);
  const bars = [...grouped(known, (entry) => entry.code).values()]
    .map(latest)
    .sort((a, b) => a.value - b.value || b.code.localeCompare(a.code));
  const line = new Map(bars.map((entry, i) => [entry.code, i]));
  const ranges = known
    .filter((entry) => entry.most !== null)
    .map((entry) => ({
      type: "line",
      data: [[entry.value, line.get(entry.code)], [entry.most, line.get(entry.code)]],
      symbol: "none",
      lineStyle: { color: look.dot, width: 2 },
      silent: true,
      z: 3,
    }));
  const furthest = bars.map((bar) =>
    Math.max(...known.filter((e) => e.code === bar.code).map((e) => (e.most === null ? e.value : e.most))),
  );
  return {
    height: bars.length * LINE + 64,
    option: {
      ...frame(look, type),
      grid: { left: 8, right: Math.max(72, type * 7), top: 8, bottom: 28, containLabel: true },
      xAxis: axis(look, type, { type: "value", splitNumber: narrow() ? 2 : 5 }),
      yAxis: axis(look, type, { type: "category", data: bars.map(name), splitLine: { show: false } }),
      series: [
        {
          type: "bar",
          barMaxWidth: LINE * 0.6,
          // In high contrast a bar is as white as the paper, and its edge shows it.
          itemStyle: { color: look.bar, borderColor: look.bar === look.ground ? look.ink : look.bar },
          data: bars.map((entry) => ({ value: entry.value, entry })),
        },
        ...ranges,
        dots(look, known.map((entry) => ({ value: [entry.value, line.get(entry.code)], entry })), type),
        {
          // The number stands behind the outermost dot.
          ...dots(look, furthest.map((value, i) => ({
            value: [value, i],
            label: { show: true, position: "right", formatter: said(bars[i]), color: look.ink, fontSize: type },
          })), type),
          symbolSize: 1,
          silent: true,
        },
      ],
    },
  };
}

function years(entries, look, type) {
  const dated = entries.filter((entry) => entry.year);
  const name = names(dated);
  const columns = [...new Set(dated.map((entry) => entry.year))].sort();
  const lines = [...grouped(dated.filter((entry) => entry.code), (entry) => entry.code).values()]
    .map((own) => [...grouped(own, (entry) => entry.year).values()].map(latest).sort((a, b) => (a.year < b.year ? -1 : 1)))
    .filter((own) => own.length > 1)
    .map((own) => ({
      type: "line",
      data: own.map((entry, i) => ({
        value: [columns.indexOf(entry.year), entry.value],
        label: { show: i === own.length - 1, position: "right", formatter: name(entry), color: look.ink, fontSize: type },
      })),
      symbol: "none",
      showSymbol: true,
      lineStyle: { color: look.soft, width: 1.5 },
      silent: true,
      z: 3,
    }));
  return {
    height: 320,
    option: {
      ...frame(look, type),
      grid: { left: 8, right: Math.max(72, type * 6), top: 16, bottom: 8, containLabel: true },
      xAxis: axis(look, type, { type: "category", data: columns, splitLine: { show: false } }),
      yAxis: axis(look, type, { type: "value" }),
      series: [
        ...lines,
        dots(look, dated.map((entry) => ({ value: [columns.indexOf(entry.year), entry.value], entry })), type),
      ],
    },
  };
}

const PLOTS = { places, years };

function start(holder) {
  const table = document.getElementById(holder.dataset.table);
  const entries = readTable(table);
  holder.closest("figure").hidden = false;
  const chart = echarts.init(holder, null, { renderer: "canvas" });
  const draw = (printing) => {
    const type = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.875);
    const look = colours(printing);
    const plot = PLOTS[holder.dataset.plot](entries, look, printing ? 12 : type);
    holder.style.height = `${plot.height}px`;
    chart.resize({ width: printing ? PAPER_WIDTH : "auto", height: plot.height });
    chart.setOption(plot.option, true);
    holder.dataset.drawn = printing ? "paper" : "screen";
  };
  chart.on("click", ({ data }) => {
    if (data.entry) location.hash = data.entry.row.id;
  });
  draw(false);
  window.addEventListener("resize", () => draw(false));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(false));
  window.matchMedia("print").addEventListener("change", ({ matches }) => draw(matches));
}

for (const holder of document.querySelectorAll("[data-plot]")) start(holder);
