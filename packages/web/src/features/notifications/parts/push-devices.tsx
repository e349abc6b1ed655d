import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { usePush } from '../../../live/push.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { BellIcon } from '../../../ui/icons.ts';
import { List, Row } from '../../../ui/layout/pane.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { deviceName, FormProblem } from '../../identity/index.ts';
import styles from './settings.module.css';

/** Devices that show push messages. The browser asks for its permission only once the button is pressed. */
export function PushDevices() {
  const { t } = useLingui();
  const { relative } = useFormats();
  const { data } = useOperation('push.list', {});
  const { status, deviceId, turnOn, remove } = usePush();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const attempt = async (action: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await action();
    } catch (error) {
      setProblem(problemText(error));
    }
    setBusy(false);
  };
  const on = () => attempt(() => turnOn(deviceName(navigator.userAgent) ?? t`Browser`));
  const devices = data?.items ?? [];
  const here = devices.find(({ id }) => id === deviceId);
  const isOn = status === 'on' && here !== undefined;
  return (
    <div className={styles.fields}>
      <p className={styles.words}>
        {status === 'unsupported' ? (
          <Trans>This browser cannot show push messages. On a phone, add Atrium to the home screen first.</Trans>
        ) : status === 'denied' ? (
          <Trans>
            This browser does not let Atrium show messages. Allow it in the browser’s settings for this page.
          </Trans>
        ) : (
          <Trans>A device that takes push messages tells you also while Atrium is closed.</Trans>
        )}
      </p>
      {status === 'off' || (status === 'on' && (!here || here.isOutdated)) ? (
        <div>
          <Button icon={BellIcon} busy={isBusy} onClick={() => void on()}>
            {here?.isOutdated ? <Trans>Renew for this browser</Trans> : <Trans>Turn on for this browser</Trans>}
          </Button>
        </div>
      ) : null}
      <FormProblem>{problem}</FormProblem>
      {devices.length > 0 && (
        <List label={t`Devices with push messages`}>
          {devices.map(({ id, device, lastSentAt, error, isOutdated }) => (
            <Row
              key={id}
              sub={error ?? (lastSentAt !== null && t`Last message ${relative(lastSentAt)}`)}
              end={
                <>
                  {isOn && id === deviceId && <Chip tone="leaf">{t`This browser`}</Chip>}
                  {isOutdated && <Chip tone="amber">{t`To be renewed`}</Chip>}
                  <Button size={28} aria-label={t`Remove ${device}`} onClick={() => void attempt(() => remove(id))}>
                    <Trans>Remove</Trans>
                  </Button>
                </>
              }
            >
              {device}
            </Row>
          ))}
        </List>
      )}
    </div>
  );
}
