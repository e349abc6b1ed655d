import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { List, Row } from '../../../ui/layout/pane.tsx';
import { deviceName } from '../model/device-name.ts';
import { AccountFrame } from '../parts/account-frame.tsx';
import { FormProblem } from '../parts/auth-page.tsx';
import styles from '../parts/settings.module.css';

/** My sessions. */
export function DevicesScreen() {
  const { t } = useLingui();
  const { relative } = useFormats();
  const { data, refetch } = useOperation('auth.sessions', {});
  const [problem, setProblem] = useState<string>();
  const attempt = async (action: () => Promise<unknown>) => {
    try {
      setProblem(undefined);
      await action();
      await refetch();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const others = data?.items.filter(({ current }) => !current) ?? [];
  return (
    <AccountFrame part="devices" intro={t`Everywhere you are signed in.`}>
      {!data && <Skeleton />}
      <List label={t`Devices`}>
        {data?.items.map(({ id, device, ip, lastUsedAt, current }) => (
          <Row
            key={id}
            sub={ip}
            end={
              current ? (
                t`This device`
              ) : (
                <>
                  {relative(lastUsedAt)}
                  <Button
                    size={28}
                    onClick={() => void attempt(() => client.call('auth.revokeSession', { sessionId: id }))}
                  >
                    <Trans>Sign out</Trans>
                  </Button>
                </>
              )
            }
          >
            <span translate="no">{deviceName(device) ?? device}</span>
          </Row>
        ))}
      </List>
      <FormProblem>{problem}</FormProblem>
      {others.length > 0 && (
        <p className={styles.words}>
          <Button
            onClick={() =>
              void attempt(() =>
                Promise.all(others.map(({ id }) => client.call('auth.revokeSession', { sessionId: id }))),
              )
            }
          >
            <Trans>Sign out all others</Trans>
          </Button>
        </p>
      )}
    </AccountFrame>
  );
}
