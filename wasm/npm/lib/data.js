import { SemrelError } from './errors.js';
import { bytesOf, failure, request } from './download.js';

const CACHE = 'semrel';

/**
 * Calls `open` with the bytes of a pack, wherever they come from.
 *
 * A pack with an `id` is kept by the Cache API where there is one, once `open` has found it sound. What
 * is kept and has gone bad is thrown away and loaded again.
 */
export async function withData(data, signal, onBytes, open) {
  const kept = await Kept.of(data);
  const known = await kept?.read();
  if (known) {
    try {
      onBytes?.(known.length);
      return await open(known);
    } catch (error) {
      if (error.kind !== 'corrupt' && error.kind !== 'version') throw error;
      await kept.forget();
    }
  }
  const bytes = await read(data, signal, onBytes);
  const opened = await open(bytes);
  await kept?.write(bytes);
  return opened;
}

async function read(data, signal, onBytes) {
  const source = await settled(data, signal);
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (typeof Blob !== 'undefined' && source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  if (source instanceof Response) {
    if (!source.ok) throw new SemrelError('network', `${source.url} cannot be loaded: the server answers ${source.status}`);
    return bytesOf(source, signal, onBytes);
  }
  return bytesOf(await request(addressOf(source), signal), signal, onBytes);
}

/** Data may be a promise of data: `fetch(…)`, say. */
async function settled(data, signal) {
  try {
    return await data;
  } catch (error) {
    throw failure(error, signal);
  }
}

/** Where data lie, or nothing if they are at hand. */
export function addressOf(data) {
  if (typeof data === 'string' || data instanceof URL) return data;
  if (typeof data?.url === 'string' || data?.url instanceof URL) return data.url;
  throw new SemrelError('type', 'data must be an address, a Response, an ArrayBuffer, a typed array or a Blob');
}

class Kept {
  /** Where `data` is kept, if it is. */
  static async of(data) {
    const address = data?.id && String(data.url);
    if (!address?.startsWith('http')) return undefined;
    try {
      return new Kept(await caches.open(CACHE), address, data.id);
    } catch {
      return undefined; // no Cache API, or not for this page
    }
  }

  constructor(cache, address, id) {
    this.cache = cache;
    this.address = address;
    this.key = `${address}?${id}`;
  }

  async read() {
    const response = await this.cache.match(this.key).catch(() => undefined);
    return response && new Uint8Array(await response.arrayBuffer());
  }

  async forget() {
    await this.cache.delete(this.key).catch(() => {});
  }

  /** Keeping is a kindness: no room is no error. */
  async write(bytes) {
    try {
      for (const request of await this.cache.keys()) {
        if (request.url.startsWith(`${this.address}?`)) await this.cache.delete(request);
      }
      await this.cache.put(this.key, new Response(bytes, { headers: { 'content-type': 'application/octet-stream' } }));
    } catch {
      // loaded again next time
    }
  }
}
