const ROOT = '/api/v1';

/** What the server answered instead of doing as it was told: problem details (RFC 9457). */
export class Refusal extends Error {
  /** @param {{ code: string, title: string, detail?: string, errors?: { path: string, message: string }[], retryAfterMs?: number }} problem */
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/**
 * Calls an operation with the cookies of this browser. Rejects with a Refusal.
 * @param {string} method
 * @param {string} path below /api/v1
 * @param {object} [input] the body
 */
export async function call(method, path, input) {
  const body = input && { body: JSON.stringify(input), headers: { 'content-type': 'application/json' } };
  let response;
  try {
    response = await fetch(ROOT + path, { method, credentials: 'same-origin', ...body });
  } catch {
    throw new Refusal({ code: 'unreachable', title: 'The server cannot be reached', detail: 'Try again in a moment.' });
  }
  const answer = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  throw new Refusal(answer?.code ? answer : { code: 'internal', title: `The server answered ${response.status}` });
}

/** The signed-in person, or undefined. */
export async function whoAmI() {
  try {
    return await call('GET', '/users/me');
  } catch (error) {
    if (error instanceof Refusal && /^(unauthenticated|invalid_token|token_expired)$/.test(error.problem.code)) {
      return undefined;
    }
    throw error;
  }
}
