import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { DeleteIcon } from '../../../ui/icons.ts';
import { filesProblem, PictureButton, uploadPictures } from '../../files/index.ts';
import { useMe } from '../hooks.ts';
import { FormNote, FormProblem } from './auth-page.tsx';
import styles from './settings.module.css';

/** The picture by which others see me: saved as soon as it is chosen. */
export function OwnPicture() {
  const { t } = useLingui();
  const { avatar, id, isBot, name } = useMe();
  const [busy, setBusy] = useState<'upload' | 'remove'>();
  const [problem, setProblem] = useState<string>();
  const [done, setDone] = useState<string>();
  const act = async (what: 'upload' | 'remove', carryOut: () => Promise<void>, note: string) => {
    setBusy(what);
    setProblem(undefined);
    setDone(undefined);
    try {
      await carryOut();
      setDone(note);
    } catch (error) {
      setProblem(filesProblem(error));
    }
    setBusy(undefined);
  };
  const upload = async ([file]: File[]) => {
    if (file === undefined) return;
    const [picture] = await uploadPictures(undefined, [file]);
    await client.call('users.updateMe', { avatar: picture?.url ?? null });
  };
  const remove = async () => {
    await client.call('users.updateMe', { avatar: null });
  };
  return (
    <section aria-label={t`Picture`} className={styles.picture}>
      <Avatar id={id} name={name} picture={avatar} size="xl" kind={isBot ? 'bot' : 'person'} />
      <div className={styles.pictureWords}>
        <p className={styles.hint}>
          <Trans>
            A picture of you: JPEG, PNG, GIF, WebP or AVIF. What the camera noted in it, such as the place, is removed.
          </Trans>
        </p>
        <div className={styles.buttons}>
          <PictureButton
            busy={busy === 'upload'}
            onFiles={(files) => void act('upload', () => upload(files), t`Your picture is saved`)}
          >
            {avatar === null ? <Trans>Upload a picture</Trans> : <Trans>Change picture</Trans>}
          </PictureButton>
          {avatar !== null && (
            <Button
              variant="plain"
              icon={DeleteIcon}
              busy={busy === 'remove'}
              onClick={() => void act('remove', remove, t`Your picture is removed`)}
            >
              <Trans>Remove picture</Trans>
            </Button>
          )}
        </div>
        <FormProblem>{problem}</FormProblem>
        <FormNote>{done}</FormNote>
      </div>
    </section>
  );
}
