import type { Upload } from '@atrium/protocol';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';
import { multipart, type TestFile } from '../../../../test/multipart.ts';

/** What a request came to. */
export interface Sent<Body = Upload & { code?: string; detail?: string }> {
  status: number;
  body: Body;
}

/** The whole program, served, with somebody who has a task. */
export interface FilesWorld {
  app: TestApp;
  url: string;
  ann: Person;
  workspaceId: string;
  taskId: string;
  /** Sends files to the task over HTTP. */
  send(files: readonly TestFile[], options?: { path?: string; as?: Person }): Promise<Sent>;
  /** The content of a file, over HTTP. */
  fetch(
    path: string,
    options?: { as?: Person | undefined; headers?: Record<string, string>; method?: string },
  ): Promise<Response>;
  close(): Promise<void>;
}

/** Makes one. */
export async function filesWorld(options: Parameters<typeof testApp>[0] = {}): Promise<FilesWorld> {
  const app = await testApp(options);
  const ann = await app.person('Ann');
  const workspace = await ann.call('workspaces.create', { name: 'Garden' });
  const { id: taskId } = await ann.call('tasks.create', { workspaceId: workspace.id, title: 'Plan the beds' });
  const url = (await app.listen()).replace(/\/$/, '');
  return {
    app,
    url,
    ann,
    workspaceId: workspace.id,
    taskId,
    async send(files, { path = `/tasks/${taskId}/attachments`, as = ann } = {}) {
      const { headers, body } = multipart(files);
      const response = await fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${as.accessToken}` },
        body: new Uint8Array(body),
      });
      return { status: response.status, body: (await response.json()) as Sent['body'] };
    },
    fetch(path, fetching = {}) {
      const as = 'as' in fetching ? fetching.as : ann;
      const authorization = as === undefined ? {} : { authorization: `Bearer ${as.accessToken}` };
      return fetch(new URL(path, url), {
        method: fetching.method ?? 'GET',
        headers: { ...authorization, ...fetching.headers },
      });
    },
    close: () => app.close(),
  };
}
