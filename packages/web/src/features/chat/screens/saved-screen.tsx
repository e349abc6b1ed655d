import { Trans, useLingui } from '@lingui/react/macro';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { BookmarkedIcon } from '../../../ui/icons.ts';
import { Page } from '../../../ui/layout/pane.tsx';
import { save } from '../message-commands.ts';
import { MessageCard } from '../parts/message/message-card.tsx';

/** `/saved`: messages that I have saved. */
export function SavedScreen() {
  const { t } = useLingui();
  const { data, error, refetch } = useOperation('saved.list', { limit: 100 });
  const saved = useLive(({ conversations }) =>
    Object.values(conversations)
      .flatMap((each) => each.saved)
      .join(),
  );
  const items = data?.items.filter(({ message }) => saved.includes(message.id));
  return (
    <Page title={t`Saved`}>
      {error ? (
        <ErrorState title={t`What you saved could not be loaded`} onRetry={() => void refetch()}>
          {problemText(error)}
        </ErrorState>
      ) : !items ? (
        <Skeleton rows={4} kind="message" />
      ) : items.length === 0 ? (
        <EmptyState title={t`Nothing saved`}>
          <Trans>Save a message with its bookmark, and you find it here.</Trans>
        </EmptyState>
      ) : (
        items.map(({ message }) => (
          <MessageCard
            key={message.id}
            showsPlace
            message={message}
            action={
              <IconButton
                size={28}
                icon={BookmarkedIcon}
                label={t`Do not keep any longer`}
                pressed
                onClick={() => void save(message, false)}
              />
            }
          />
        ))
      )}
    </Page>
  );
}
