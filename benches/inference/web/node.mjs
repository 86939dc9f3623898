// Measures in this Node: `node node.mjs engines`, `load ENGINE` or `measure`; prints JSON.

import { readFile } from "node:fs/promises";

import * as ort from "onnxruntime-web";

import { engines, load, measure } from "./measure.mjs";
import { paths } from "./paths.mjs";

const [what, engine] = process.argv.slice(2);
const read = async (path) => new Uint8Array(await readFile(path));
const files = {
  ort,
  semrel: await read(paths.semrel),
  relaxed: await read(paths.relaxed),
  runtime: (await read(paths.runtime)).buffer,
  onnx: await read(paths.onnx),
};
const work = { engines, load: () => load(engine, files), measure };
console.log(JSON.stringify(await work[what](files)));
