import { AtriumError, readProblem, refusal } from '../error.ts';

/**
 * Reads a response.
 * Throws AtriumError: the server's problem, or `bad_response` if there are no problem details (from a proxy).
 */
export async function readAnswer(response: Response): Promise<Record<string, unknown>> {
  const body = await readJson(response);
  if (response.ok && typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  const problem = readProblem(body);
  if (!problem) throw new AtriumError('bad_response', `The answer ${response.status} is not from an Atrium server`);
  const retryAfterMs = problem.retryAfterMs ?? retryAfter(response.headers);
  throw refusal(retryAfterMs === undefined ? problem : { ...problem, retryAfterMs });
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function retryAfter(headers: Headers): number | undefined {
  const seconds = Number.parseFloat(headers.get('retry-after') ?? '');
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : undefined;
}
