// What the edge worker and the Node server have in common: a search request comes in, goes on to the
// search engine with its query widened, and the engine's answer goes back as it is.

/** Engines whose query is a body, not a parameter. */
const BODIES = new Set(['elasticsearch', 'opensearch']);

/**
 * Settings: `ORIGIN` (where the search engine answers), `ENGINE` (lucene), `FIELDS` (of the index, with
 * commas between), `PATH` (/search), `PARAMETER` (q).
 */
export async function handle(semrel, request, env) {
  const { ENGINE = 'lucene', PATH = '/search', PARAMETER = 'q' } = env;
  const url = new URL(request.url);
  const query = url.searchParams.get(PARAMETER);
  if (url.pathname !== PATH || request.method !== 'GET' || query === null) return refuse(404, `GET ${PATH}?${PARAMETER}=… is all there is`);

  const target = new URL(url.pathname + url.search, env.ORIGIN);
  let widened;
  try {
    const fields = env.FIELDS?.split(',').map((field) => field.trim());
    widened = (await semrel.rewrite(query, { to: ENGINE, fields })).rewritten;
  } catch (error) {
    // A query that nobody can search for is the user's to mend. Everything else must not stand
    // between users and their search engine.
    if (error.kind === 'limit' || error.kind === 'invalid_input') return refuse(400, error.message);
    console.error(`${error.kind}: ${error.message}`);
    return forward(target, {}, 'failed');
  }
  if (BODIES.has(ENGINE)) {
    target.searchParams.delete(PARAMETER);
    return forward(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body: widened }, 'widened');
  }
  target.searchParams.set(PARAMETER, widened);
  return forward(target, {}, 'widened');
}

async function forward(target, init, how) {
  let answer;
  try {
    answer = await fetch(target, init);
  } catch (error) {
    console.error(`the search engine cannot be reached: ${error.message}`);
    return refuse(502, 'the search engine cannot be reached');
  }
  const headers = new Headers(answer.headers);
  headers.set('x-semrel', how);
  // The body was decoded on its way here.
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(answer.body, { status: answer.status, headers });
}

const refuse = (status, message) => new Response(`${message}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
