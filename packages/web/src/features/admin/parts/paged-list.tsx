import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import type { Pages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { List } from '../../../ui/layout/pane.tsx';
import styles from './admin.module.css';

export interface PagedListProps<Item> {
  label: string;
  pages: Pages<Item>;
  /** The title of the message when the list could not be loaded. */
  failure: string;
  /** Shown in place of a list without items. */
  empty: ReactNode;
  /** Shows one item, with its key. */
  children: (item: Item) => ReactNode;
  /** What the button says that loads more. */
  more?: ReactNode;
}

/** A list that is loaded page by page: while it loads, when that fails, when it is empty, and with its items. */
export function PagedList<Item>({ label, pages, failure, empty, children, more }: PagedListProps<Item>) {
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = pages;
  if (!items) {
    return error ? (
      <ErrorState title={failure} onRetry={retry}>
        {problemText(error)}
      </ErrorState>
    ) : (
      <Skeleton rows={6} />
    );
  }
  return (
    <>
      {items.length === 0 ? empty : <List label={label}>{items.map(children)}</List>}
      {hasMore && (
        <div className={styles.more}>
          <Button busy={isLoadingMore} onClick={loadMore}>
            {more ?? <Trans>Show more</Trans>}
          </Button>
        </div>
      )}
    </>
  );
}

/** The way back from filters that nothing matches. */
export function ClearFilters({ onClear }: { onClear: () => void }) {
  return (
    <Button onClick={onClear}>
      <Trans>Clear filters</Trans>
    </Button>
  );
}
