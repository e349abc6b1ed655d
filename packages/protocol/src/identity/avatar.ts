const PATH = /^\/api\/v1\/attachments\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/content(?:\/thumbnail)?$/i;

/** The file whose content or thumbnail this path is; undefined: it is no such path. */
export const fileOfPath = (path: string): string | undefined => PATH.exec(path)?.[1]?.toLowerCase();

/** How an uploaded picture stands in the profile of its owner: as the path of its thumbnail. */
export const avatarOfFile = (fileId: string): string => `/api/v1/attachments/${fileId}/content/thumbnail`;
