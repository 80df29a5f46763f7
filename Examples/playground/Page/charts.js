// Small drawings that several lessons share.

"use strict";

const byId = (id) => document.getElementById(id);

function svgElement(name, attributes = {}, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** A number in at most five digits, as one writes it by hand. */
function brief(x) {
  if (typeof x !== "number") return String(x);
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (size >= 1e6 || size < 1e-4) return x.toExponential(2).replace("-", "−").replace("e+", "e");
  return String(Number(x.toPrecision(5))).replace("-", "−");
}

/** A colour of the page, which follows the light or dark theme. */
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function rgb(name) {
  const hex = color(name).slice(1);
  return [0, 2, 4].map((place) => parseInt(hex.slice(place, place + 2), 16));
}

/** Lines over steps, each a list of [step, number], on a logarithmic scale of numbers. */
function drawCurves(canvas, lines) {
  const context = canvas.getContext("2d");
  const { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  const numbers = lines.flatMap((line) => line.points.map((point) => point[1]))
    .filter((x) => x > 0 && Number.isFinite(x));
  if (numbers.length === 0) return;
  const low = Math.floor(Math.log10(Math.min(...numbers)));
  const high = Math.max(Math.ceil(Math.log10(Math.max(...numbers))), low + 1);
  const last = Math.max(1, ...lines.map((line) => line.points.at(-1)?.[0] ?? 1));
  const x = (step) => 44 + (step / last) * (width - 54);
  const y = (number) => 10 + ((high - Math.log10(Math.max(number, 1e-300))) / (high - low)) * (height - 34);
  context.font = "12px system-ui, sans-serif";
  context.fillStyle = color("quiet");
  context.strokeStyle = color("line");
  context.textAlign = "right";
  for (let power = low; power <= high; power += Math.ceil((high - low) / 5)) {
    const at = y(10 ** power);
    context.beginPath();
    context.moveTo(44, at);
    context.lineTo(width - 10, at);
    context.stroke();
    context.fillText(power >= -3 && power <= 3 ? String(Number((10 ** power).toPrecision(3))) : `1e${power}`, 38, at + 4);
  }
  context.fillText(`step ${last}`, width - 10, height - 8);
  for (const line of lines) {
    context.strokeStyle = color(line.color);
    context.lineWidth = line.width ?? 2;
    context.beginPath();
    // One column of the picture shows one number at most.
    const stride = Math.max(1, Math.floor(line.points.length / width));
    line.points.forEach(([step, number], place) => {
      if (place % stride === 0 || place === line.points.length - 1)
        context.lineTo(x(step), Math.min(Math.max(y(number), 0), height));
    });
    context.stroke();
  }
}
