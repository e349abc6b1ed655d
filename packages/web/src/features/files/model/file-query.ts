/** Which files of a workspace are listed, as the address says. */
export interface FileQuery {
  q?: string | undefined;
  kind?: 'image' | 'document' | undefined;
}

/** Reads it from an address; what is not of its form is left out. */
export function readFileQuery({ q, kind }: Record<string, unknown>): FileQuery {
  return {
    ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 100) }),
    ...((kind === 'image' || kind === 'document') && { kind }),
  };
}

/** The address of the files of a workspace: only what is set. */
export function filesAddress(workspaceId: string, { q, kind }: FileQuery): string {
  const params = new URLSearchParams({ ...(q && { q }), ...(kind && { kind }) }).toString();
  return `/w/${workspaceId}/files${params && `?${params}`}`;
}
