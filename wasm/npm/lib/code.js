import { SemrelError, aborted } from './errors.js';
import { bytesOf, failure, request } from './download.js';

// Two of the smallest modules there are: a function that splats, and one that swizzles as it likes.
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
const RELAXED_SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15,
  253, 128, 2, 11,
];

const understands = (module) => WebAssembly.validate(new Uint8Array(module));

export const hasRelaxedSimd = () => understands(RELAXED_SIMD);

/** Compiled modules by address: loading again compiles nothing. */
const compiled = new Map();

/** The compiled module of a build. `code` is what the caller gave, or nothing. */
export async function moduleOf(build, code, signal, onBytes) {
  if (!understands(SIMD)) {
    throw new SemrelError('unavailable', 'this engine has no WebAssembly SIMD; every browser since 2023 has');
  }
  if (code instanceof WebAssembly.Module) return code;
  if (code instanceof ArrayBuffer || ArrayBuffer.isView(code)) return compile(() => WebAssembly.compile(code), signal);
  const { url, bytes } = code === undefined ? build.code() : { url: code };
  const key = String(url);
  const known = compiled.get(key);
  if (known) {
    onBytes?.(bytes ?? 0);
    return known;
  }
  const module = await download(url, signal, onBytes);
  compiled.set(key, module);
  return module;
}

async function download(url, signal, onBytes) {
  const response = await request(url, signal);
  const type = response.headers.get('content-type') ?? '';
  const streams = 'compileStreaming' in WebAssembly && type.split(';')[0].trim() === 'application/wasm';
  if (!streams) {
    const bytes = await bytesOf(response, signal, onBytes);
    return compile(() => WebAssembly.compile(bytes), signal, url);
  }
  // The response itself is compiled, not one of ours, because engines keep what they made of it.
  const counted = onBytes && bytesOf(response.clone(), signal, onBytes).catch(() => {});
  const module = await compile(() => WebAssembly.compileStreaming(response), signal, url);
  await counted;
  return module;
}

async function compile(work, signal, url) {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) throw aborted(signal);
    if (error instanceof WebAssembly.CompileError) {
      const what = url ? `${url} is` : 'that is';
      throw new SemrelError('corrupt', `${what} no WebAssembly module, or was damaged: ${error.message}`, { cause: error });
    }
    throw failure(error, signal, url);
  }
}
