// The page in a headless Chromium, from a server of its own.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, extname, join } from "node:path";

import { chromium } from "playwright-core";

import { paths } from "./paths.mjs";

const TYPES = { ".html": "text/html", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// Calls `work` with the browser's version and a function that opens a page of its own and evaluates
// an expression in it.
export async function inChromium(work) {
  const server = createServer(answer);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${server.address().port}/page.html`;
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const evaluate = async (expression) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.on("pageerror", (error) => console.error(error.message));
      await page.goto(address);
      await page.waitForFunction("document.body.textContent === 'ready'");
      const value = await page.evaluate(expression);
      await context.close();
      return value;
    };
    return await work(browser.version(), evaluate);
  } finally {
    await browser.close();
    server.close();
  }
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const name = basename(pathname);
  const known = {
    "/semrel.wasm": paths.semrel,
    "/relaxed.wasm": paths.relaxed,
    "/runtime.wasm": paths.runtime,
    "/embedder.onnx": paths.onnx,
  };
  const folder = pathname.startsWith("/runtime/") ? paths.runtimes : paths.here;
  try {
    const body = await readFile(known[pathname] ?? join(folder, name));
    response.writeHead(200, {
      "content-type": TYPES[extname(name)] ?? "application/octet-stream",
      // Isolated pages have a clock of 5 microseconds.
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}
