// Tabs, and what is needed before the first picture.

const tabs = [...document.querySelectorAll("[role=tab]")];
const pages = {};

function select(tab) {
  for (const each of tabs) {
    const isSelected = each === tab;
    each.setAttribute("aria-selected", isSelected);
    each.tabIndex = isSelected ? 0 : -1;
    byId(each.getAttribute("aria-controls")).hidden = !isSelected;
  }
  for (const [name, page] of Object.entries(pages))
    if (name === tab.getAttribute("aria-controls")) page.show?.(); else page.hide?.();
}

for (const [place, tab] of tabs.entries()) {
  tab.addEventListener("click", () => select(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[event.key];
    if (step === undefined) return;
    const next = tabs[(place + step) % tabs.length];
    next.focus();
    select(next);
  });
}

async function start() {
  const text = atob(byId("wasm").textContent);
  const compressed = new Blob([Uint8Array.from(text, (character) => character.charCodeAt(0))]);
  const bytes = await new Response(
    compressed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const module = await WebAssembly.compile(bytes);
  const leibniz = new Leibniz(module);
  window.leibniz = leibniz;
  window.pages = pages;
  pages.graph = new GraphPage(leibniz);
  pages.training = new TrainingPage(leibniz);
  pages.names = new NamesPage(module);
  const repaint = () => { pages.graph.draw(); pages.training.draw(); pages.names.draw(); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  byId("status").textContent = `the Swift library itself, in ${Math.round(bytes.byteLength / 1024)} KB of WebAssembly`;
}

start().catch((error) => { byId("status").textContent = `This page needs a newer browser: ${error.message}`; });
