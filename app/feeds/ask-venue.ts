/** Asks a venue by HTTP: text of a bounded answer within a bounded time; an Error that says what came instead. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;
const ANSWER_MILLIS = 15_000;

export async function askVenue(url: string, signal: AbortSignal): Promise<string> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MILLIS)]);
  const response = await fetch(url, { signal: either, headers: { accept: 'application/json' } });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`${new URL(url).host} answers ${response.status} ${response.statusText}`);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > ANSWER_BYTES_MAX)
      throw new Error(`${new URL(url).host} answers more than ${ANSWER_BYTES_MAX} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
