// Where everything is that is measured.

import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? here("../../../target");

export const paths = {
  here: here("."),
  manifest: here("Cargo.toml"),
  onnx: here("../../../models/tr/embedder.onnx"),
  built: `${target}/wasm32-unknown-unknown/release/semrel_inference_web.wasm`,
  semrel: here("target/simd128.wasm"),
  relaxed: here("target/relaxed-simd.wasm"),
  runtimes: here("node_modules/onnxruntime-web/dist/"),
  runtime: here("node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm"),
};
