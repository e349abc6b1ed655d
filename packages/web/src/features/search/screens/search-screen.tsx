import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { Page } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { MessageCard } from '../../chat/index.ts';
import { useSearch } from '../hooks.ts';
import { asksSomething, type SearchQuery, searchAddress } from '../model/query.ts';
import styles from '../parts/search.module.css';
import { SearchFilters } from '../parts/search-filters.tsx';

export type { SearchQuery };

/** Milliseconds without a key after which what was typed is searched for. */
const REST = 250;

/** `/search`: messages, by words and filters; all of it stands in the address. */
export function SearchScreen({ query }: { query: SearchQuery }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [text, setText] = useState(query.q ?? '');
  const change = (part: SearchQuery) => navigate(searchAddress({ ...query, q: text, ...part }), { replace: true });
  useEffect(() => {
    if (text === (query.q ?? '')) return;
    const timer = setTimeout(() => navigate(searchAddress({ ...query, q: text }), { replace: true }), REST);
    return () => clearTimeout(timer);
  }, [text, query, navigate]);
  return (
    <Page title={t`Search`}>
      <search className={styles.search}>
        <TextField
          label={t`Search messages`}
          hideLabel
          type="search"
          autoFocus
          maxLength={200}
          placeholder={t`Words, or "words side by side"`}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <SearchFilters query={query} onChange={change} />
      </search>
      {asksSomething(query) ? (
        <Results query={query} onClear={() => navigate(searchAddress({ q: text }), { replace: true })} />
      ) : (
        <EmptyState title={t`Find what was said`}>
          <Trans>In all conversations that you are in, and in those that are open to you.</Trans>
        </EmptyState>
      )}
    </Page>
  );
}

function Results({ query, onClear }: { query: SearchQuery; onClear: () => void }) {
  const { t } = useLingui();
  const { items, error, hasMore, loadMore, isLoadingMore, retry } = useSearch(query);
  if (error) {
    return (
      <ErrorState title={t`The search failed`} onRetry={retry}>
        {problemText(error)}
      </ErrorState>
    );
  }
  if (!items) return <Skeleton rows={5} kind="message" />;
  if (items.length === 0) {
    const { q: _, ...filters } = query;
    return (
      <EmptyState
        title={t`Nothing found`}
        action={
          asksSomething(filters) && (
            <Button onClick={onClear}>
              <Trans>Clear filters</Trans>
            </Button>
          )
        }
      >
        <Trans>Try fewer words, or parts of words of at least three letters.</Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <p role="status" className={styles.count}>
        {hasMore ? (
          <Trans>The newest {items.length}</Trans>
        ) : (
          <Plural value={items.length} one="# message" other="# messages" />
        )}
      </p>
      {items.map(({ message, snippet }) => (
        <MessageCard key={message.id} showsPlace message={message} snippet={snippet} />
      ))}
      {hasMore && (
        <div className={styles.more}>
          <Button busy={isLoadingMore} onClick={loadMore}>
            <Trans context="results">More</Trans>
          </Button>
        </div>
      )}
    </>
  );
}
