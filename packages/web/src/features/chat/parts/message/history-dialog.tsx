import type { Message } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../../i18n/formats.ts';
import { problemText } from '../../../../i18n/problems.ts';
import { useOperation } from '../../../../live/use-operation.ts';
import { Dialog } from '../../../../ui/dialog/dialog.tsx';
import { ErrorState } from '../../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../../ui/feedback/skeleton.tsx';
import { List, Row } from '../../../../ui/layout/pane.tsx';

/** Earlier versions of a message, latest first. */
export function HistoryDialog({ message, open, onClose }: { message: Message; open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog open={open} onClose={onClose} title={t`What it said before`} size="m">
      <Revisions message={message} />
    </Dialog>
  );
}

function Revisions({ message }: { message: Message }) {
  const { t } = useLingui();
  const { full } = useFormats();
  const { data, error, refetch } = useOperation('messages.history', { messageId: message.id, limit: 50 });
  if (error) {
    return (
      <ErrorState title={t`It could not be loaded`} onRetry={() => void refetch()}>
        {problemText(error)}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton rows={3} />;
  return (
    <List label={t`Versions`}>
      {data.items.map(({ version, content, changedAt }) => (
        <Row key={version} sub={<Trans>until {full(changedAt)}</Trans>}>
          <span dir="auto">{content}</span>
        </Row>
      ))}
    </List>
  );
}
