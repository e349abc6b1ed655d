/** A file to upload: a `File` of a browser, or any bytes with a name. */
export type UploadFile = File | { readonly name: string; readonly content: Blob };

/** The progress of an upload, in bytes. */
export interface UploadProgress {
  readonly sent: number;
  readonly total: number;
}

/** The part of XMLHttpRequest that is used here. */
interface Xhr {
  readonly upload: { onprogress: ((event: { loaded: number; total: number }) => void) | null };
  readonly responseText: string;
  readonly status: number;
  withCredentials: boolean;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getResponseHeader(name: string): string | null;
  send(body: FormData | null): void;
  abort(): void;
}

const xhrOf = () => (globalThis as { XMLHttpRequest?: new () => Xhr }).XMLHttpRequest;

const contentOf = (file: UploadFile): Blob => (file instanceof Blob ? file : file.content);

/** Files as the body of a request. */
export interface FilesBody {
  body: FormData | Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
  /** Total size of the files in bytes. */
  size: number;
}

/**
 * Encodes files as multipart/form-data. Outside of browsers the body is built in memory first: Node exits if a form is
 * answered before all of it was sent.
 */
export async function encodeFiles(files: readonly UploadFile[]): Promise<FilesBody> {
  const form = new FormData();
  let size = 0;
  for (const file of files) {
    form.append('file', contentOf(file), file.name);
    size += contentOf(file).size;
  }
  if (xhrOf() !== undefined) return { body: form, headers: {}, size };
  const encoded = new Response(form);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  return { body: new Uint8Array(await encoded.arrayBuffer()), headers, size };
}

/**
 * Like `fetch`, with the progress of the upload. Only XMLHttpRequest, which browsers have, reports it; elsewhere it is
 * reported once, at the end.
 */
export function withProgress(
  fetch: typeof globalThis.fetch,
  total: number,
  onProgress: (progress: UploadProgress) => void,
): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const XMLHttpRequest = xhrOf();
    if (XMLHttpRequest === undefined) {
      const response = await fetch(url, init);
      onProgress({ sent: total, total });
      return response;
    }
    return sendByXhr(new XMLHttpRequest(), url, init, onProgress);
  };
}

function sendByXhr(
  request: Xhr,
  url: string,
  { method = 'POST', headers, body, credentials, signal }: RequestInit,
  onProgress: (progress: UploadProgress) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    request.open(method, url);
    request.withCredentials = credentials === 'include';
    for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress({ sent: loaded, total });
    request.onload = () => {
      const retryAfter = request.getResponseHeader('retry-after');
      const answered = retryAfter === null ? {} : { 'retry-after': retryAfter };
      resolve(new Response(request.responseText, { status: request.status, headers: answered }));
    };
    request.onerror = () => reject(new TypeError('The request failed.'));
    request.onabort = () => reject(signal?.reason ?? new DOMException('The request was aborted.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body instanceof FormData ? body : null);
  });
}
