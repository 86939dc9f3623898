import { SemrelError, aborted } from './errors.js';

/** Node's own modules, where there are any; bundlers need not know of them. */
export const builtin = (name) => globalThis.process?.getBuiltinModule?.(name);

/** A response whose body is counted while it is read. */
export async function request(url, signal, onBytes) {
  const address = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  const files = address.protocol === 'file:' && builtin('node:fs/promises');
  try {
    if (files) {
      const bytes = await files.readFile(address, { signal });
      onBytes?.(bytes.length);
      return new Response(bytes, { headers: { 'content-type': typeOf(address) } });
    }
    const response = await fetch(address, { signal });
    if (!response.ok) {
      throw new SemrelError('network', `${address} cannot be loaded: the server answers ${response.status}`);
    }
    return response;
  } catch (error) {
    throw failure(error, signal, address);
  }
}

/** The whole body of a response. */
export async function bytesOf(response, signal, onBytes) {
  const chunks = [];
  let length = 0;
  try {
    for await (const chunk of stream(response.body)) {
      if (signal?.aborted) throw aborted(signal);
      chunks.push(chunk);
      length += chunk.length;
      onBytes?.(chunk.length);
    }
  } catch (error) {
    throw failure(error, signal, response.url);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Safari's streams cannot be iterated. */
async function* stream(body) {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

export function failure(error, signal, address) {
  if (error instanceof SemrelError) return error;
  if (signal?.aborted) return aborted(signal);
  return new SemrelError('network', `${address || 'the data'} cannot be loaded: ${error?.message ?? error}`, { cause: error });
}

const typeOf = (address) => (address.pathname.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream');
