// Measures in this Node: `node node.mjs load ENGINE` or `node node.mjs measure`; prints JSON.

import { readFile } from "node:fs/promises";

import * as ort from "onnxruntime-web";

import { load, measure } from "./measure.mjs";
import { paths } from "./paths.mjs";

const [what, engine] = process.argv.slice(2);
const read = async (path) => new Uint8Array(await readFile(path));
const files = {
  ort,
  semrel: await read(paths.semrel),
  runtime: (await read(paths.runtime)).buffer,
  onnx: await read(paths.onnx),
};
console.log(JSON.stringify(what === "load" ? await load(engine, files) : await measure(files)));
