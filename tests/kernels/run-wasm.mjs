// Runs a test program compiled to wasm32-unknown-unknown: node run-wasm.mjs PROGRAM.wasm
// Such a program cannot print; a test that fails traps, and the trace names it.
import { readFileSync } from "node:fs";

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const status = instance.exports.main(0, 0);
console.log(status === 0 ? "ok" : `failed with status ${status}`);
process.exit(status);
