// Builds the module, measures in Node and in Chromium, and prints the tables of README.md; with
// `--update FILE` it puts them between the markers of a file.

import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";

import { inChromium } from "./chromium.mjs";
import { paths } from "./paths.mjs";

const [BEGIN, END] = ["<!-- report: begin -->\n", "<!-- report: end -->\n"];
const FEATURES = process.env.SEMREL_WASM_FEATURES ?? "+simd128";
const LOADS = 7;

const [option, file] = process.argv.slice(2);
if (option !== undefined && (option !== "--update" || file === undefined)) {
  console.error("usage: node report.mjs [--update FILE]");
  process.exit(2);
}
build();
const report = [
  await sizes(),
  section(`Node ${process.versions.node}`, inNode()),
  await inChromium(async (evaluate) => ({
    ...(await evaluate("measure_all()")),
    loads: await loads((engine) => evaluate(`load_engine("${engine}")`)),
  })).then((found) => section(`Chromium ${found.version}`, found)),
].join("\n");
if (file === undefined) {
  process.stdout.write(report);
} else {
  const text = await readFile(file, "utf8");
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file} lacks the markers of a report`);
  await writeFile(file, `${text.slice(0, begin)}${BEGIN}\n${report}\n${text.slice(end)}`);
}

function build() {
  const words = ["build", "--release", "--target", "wasm32-unknown-unknown"];
  execFileSync("cargo", [...words, "--manifest-path", paths.manifest], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, RUSTFLAGS: `-C target-feature=${FEATURES}` },
  });
}

function inNode() {
  const ask = (...words) =>
    JSON.parse(execFileSync(process.execPath, [`${paths.here}node.mjs`, ...words]));
  const found = { semrel: [], onnxruntime: [] };
  for (let i = 0; i < LOADS; i++) {
    for (const engine of Object.keys(found)) found[engine].push(ask("load", engine));
  }
  return { ...ask("measure"), loads: found };
}

async function loads(load) {
  const found = { semrel: [], onnxruntime: [] };
  for (let i = 0; i < LOADS; i++) {
    for (const engine of Object.keys(found)) found[engine].push(await load(engine));
  }
  return found;
}

function section(title, { rows, loads, leastCosine }) {
  const line = (name, ours, theirs) => {
    const show = ({ median, least }) => `${milliseconds(median)} (${milliseconds(least)})`;
    const ratio = (ours.median / theirs.median).toFixed(2);
    return `| ${name} | ${show(ours)} | ${show(theirs)} | ${ratio} |`;
  };
  const summary = (times) => {
    times.sort((a, b) => a - b);
    return { median: times[times.length >> 1], least: times[0] };
  };
  const lines = rows.map((row) =>
    line(`${row.tokens} tokens, batch ${row.batch}`, row.semrel, row.onnxruntime),
  );
  lines.push(line("open, first vector", summary(loads.semrel), summary(loads.onnxruntime)));
  return `### ${title}

Median of a call (least). Least cosine of the vectors of one sequence by the two: ${leastCosine.toFixed(5)}.

|  | semrel | onnxruntime-web | ratio |
|---|---:|---:|---:|
${lines.join("\n")}
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
${await line(`semrel's encoder alone, ${FEATURES}`, paths.semrel)}
${await line("onnxruntime-web 1.30.0", paths.runtime)}
`;
}

function milliseconds(value) {
  return value < 1 ? `${(value * 1000).toFixed(0)} us` : `${value.toFixed(2)} ms`;
}
