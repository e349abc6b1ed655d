import { attachments, sizes } from '@atrium/protocol';
import { command, type Implementation, read, uploading } from '../../platform/module/index.ts';
import type { Keyring } from '../identity/index.ts';
import { linkToken } from './downloads/link.ts';
import { filesOfWorkspace } from './of-workspace/list.ts';
import type { LookUpParent } from './rows/parents.ts';
import { presentAttachment, presentUpload } from './rows/present.ts';
import { usageOf } from './rows/usage-store.ts';
import type { Upload } from './storing/upload.ts';

/** Files, whatever they belong to. */
export function fileOperations(deps: {
  appUrl: string;
  keyring: Pick<Keyring, 'seal' | 'unseal'>;
  quotaBytes: number;
  upload: Upload;
  lookUpParent: LookUpParent;
}): Implementation[] {
  const { appUrl, keyring, lookUpParent, quotaBytes, upload } = deps;
  return [
    uploading(attachments.upload, async ({ actor, files, input, subject: { workspaceId } }) =>
      presentUpload(await upload({ actor, files, workspaceId, uploadId: input.uploadId })),
    ),

    read(attachments.get, ({ subject }) => presentAttachment(subject.row)),

    read(attachments.ofWorkspace, ({ actor, db, input }) =>
      filesOfWorkspace({ db, keyring, lookUpParent }, { ...input, userId: actor.userId }),
    ),

    read(attachments.link, ({ actor, input, now }) => {
      const { attachmentId, variant } = input;
      const expiresAt = now.getTime() + sizes.linkMinutes * 60_000;
      const token = linkToken(keyring, { attachmentId, variant, userId: actor.userId, expiresAt });
      const path = `/api/v1/attachments/${attachmentId}/content${variant === 'file' ? '' : '/thumbnail'}`;
      return {
        url: `${new URL(appUrl).origin}${path}?token=${token}`,
        expiresAt: new Date(expiresAt).toISOString(),
      };
    }),

    command(attachments.delete, async (context) => {
      const { parent, row } = context.subject;
      await parent.remove(context, context.actor.userId, row);
      return {};
    }),

    read(attachments.usage, async ({ db, input }) => ({ ...(await usageOf(db, input.workspaceId)), quotaBytes })),
  ];
}
