import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import styles from './admin.module.css';

/** New keys for sessions and for push messages, for whoever fears that somebody has the old ones. */
export function RotateKeys() {
  const { t } = useLingui();
  const [asking, setAsking] = useState<'admin.rotateKeys' | 'push.rotateKey'>();
  const rotate = async () => {
    if (!asking) return;
    setAsking(undefined);
    try {
      await client.call(asking, {});
      showToast({ kind: 'done', title: t`There is a new key` });
    } catch (error) {
      showToast({ kind: 'problem', title: t`The key stays`, body: problemText(error) });
    }
  };
  return (
    <Section title={<Trans>Keys</Trans>}>
      <p className={styles.words}>
        <Trans>Nobody is signed out: what was signed with the keys so far stays good until it ends.</Trans>
      </p>
      <span className={styles.buttons}>
        <Button onClick={() => setAsking('admin.rotateKeys')}>
          <Trans>New key for sessions…</Trans>
        </Button>
        <Button onClick={() => setAsking('push.rotateKey')}>
          <Trans>New key for push messages…</Trans>
        </Button>
      </span>
      <Confirm
        open={asking !== undefined}
        title={asking === 'push.rotateKey' ? t`Make a new key for push messages?` : t`Make a new key for sessions?`}
        action={t`Make a new key`}
        onConfirm={() => void rotate()}
        onClose={() => setAsking(undefined)}
      >
        {asking === 'push.rotateKey' ? (
          <Trans>Devices go on to get messages, and are asked to renew their subscription.</Trans>
        ) : (
          <Trans>Sessions go on. New tokens are signed with the new key.</Trans>
        )}
      </Confirm>
    </Section>
  );
}
