// Builds the modules, measures in Node and in Chromium, and prints the tables of README.md; with
// `--update FILE` it puts them between the markers of a file.

import { execFileSync, spawnSync } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { inChromium } from "./chromium.mjs";
import { paths } from "./paths.mjs";

const [BEGIN, END] = ["<!-- report: begin -->\n", "<!-- report: end -->\n"];
const NAMES = {
  semrel: "semrel",
  relaxed: "semrel, relaxed SIMD",
  onnxruntime: "onnxruntime-web",
};
const LOADS = 7;
// What older versions of Node want to be told.
const RELAXED = "--experimental-wasm-relaxed-simd";

const [option, file] = process.argv.slice(2);
if (option !== undefined && (option !== "--update" || file === undefined)) {
  console.error("usage: node report.mjs [--update FILE]");
  process.exit(2);
}
await build("+simd128", paths.semrel);
await build("+simd128,+relaxed-simd", paths.relaxed);
const report = [
  await sizes(),
  section(`Node ${process.versions.node}`, await measure(inNode())),
  await inChromium(async (version, evaluate) => {
    const ask = (what, engine) =>
      evaluate({
        engines: "all_engines()",
        load: `load_engine("${engine}")`,
        measure: "measure_all()",
      }[what]);
    return section(`Chromium ${version}`, await measure(ask));
  }),
].join("\n");
if (file === undefined) {
  process.stdout.write(report);
} else {
  const text = await readFile(file, "utf8");
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file} lacks the markers of a report`);
  await writeFile(file, `${text.slice(0, begin)}${BEGIN}\n${report}\n${text.slice(end)}`);
}

async function build(features, path) {
  const words = ["rustc", "--lib", "--release", "--target", "wasm32-unknown-unknown"];
  const strip = ["--", "-C", "strip=symbols"];
  execFileSync("cargo", [...words, "--manifest-path", paths.manifest, ...strip], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, RUSTFLAGS: `-C target-feature=${features}` },
  });
  await mkdir(dirname(path), { recursive: true });
  await copyFile(paths.built, path);
}

// Asks a Node of its own.
function inNode() {
  const knows = spawnSync(process.execPath, [RELAXED, "--eval", ""]).status === 0;
  const words = [...(knows ? [RELAXED] : []), `${paths.here}node.mjs`];
  return (...question) => JSON.parse(execFileSync(process.execPath, [...words, ...question]));
}

async function measure(ask) {
  const engines = await ask("engines");
  const loads = Object.fromEntries(engines.map((engine) => [engine, []]));
  for (let i = 0; i < LOADS; i++) {
    for (const engine of engines) loads[engine].push(await ask("load", engine));
  }
  return { engines, loads, ...(await ask("measure")) };
}

function section(title, { engines, rows, loads, leastCosine }) {
  const ours = engines.filter((engine) => engine !== "onnxruntime");
  const line = (name, times) => {
    const show = (engine) => {
      const { median, least } = times[engine];
      return `${milliseconds(median)} (${milliseconds(least)})`;
    };
    const ratio = (engine) => (times[engine].least / times.onnxruntime.least).toFixed(2);
    return `| ${[name, ...engines.map(show), ...ours.map(ratio)].join(" | ")} |`;
  };
  const summary = (times) => {
    const sorted = times.toSorted((a, b) => a - b);
    return { median: sorted[sorted.length >> 1], least: sorted[0] };
  };
  const opening = Object.fromEntries(engines.map((engine) => [engine, summary(loads[engine])]));
  const columns = [...engines.map((engine) => NAMES[engine]), "ratio", "ratio, relaxed"];
  return `### ${title}

Median of a call (least); ratios of the least. Least cosine of the vectors of one sequence by two of
the engines: ${leastCosine.toFixed(5)}.

|  | ${columns.slice(0, engines.length + ours.length).join(" | ")} |
|---|${"---:|".repeat(engines.length + ours.length)}
${rows.map((row) => line(`${row.tokens} tokens, batch ${row.batch}`, row)).join("\n")}
${line("open, first vector", opening)}
`;
}

async function sizes() {
  const line = async (name, path) => {
    const bytes = await readFile(path);
    const show = (size) => `${(size / 1e6).toFixed(2)} MB`;
    return `| ${name} | ${show(bytes.length)} | ${show(brotliCompressSync(bytes).length)} |`;
  };
  return `### Modules

|  | bytes | brotli |
|---|---:|---:|
${await line("semrel's encoder alone", paths.semrel)}
${await line("semrel's encoder alone, relaxed SIMD", paths.relaxed)}
${await line("onnxruntime-web 1.30.0", paths.runtime)}
`;
}

function milliseconds(value) {
  return value < 1 ? `${(value * 1000).toFixed(0)} us` : `${value.toFixed(2)} ms`;
}
