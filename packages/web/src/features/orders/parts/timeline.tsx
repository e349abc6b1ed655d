import type { Order, OrderChange } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { List, Row, Section } from '../../../ui/layout/pane.tsx';
import { useStatusNames } from '../hooks.ts';

/** What happened to an order, the oldest first. */
export function Timeline({ order: { people, timeline } }: { order: Order }) {
  const { t } = useLingui();
  const { full, recent } = useFormats();
  const names = useStatusNames();
  const nameOf = (userId: string) => people.find(({ id }) => id === userId)?.name;
  const words = ({ from, to, assigneeId }: OrderChange): string => {
    if (from === null) return t`Placed`;
    if (from !== to) return names[to];
    if (assigneeId === null) return t`Released`;
    const name = nameOf(assigneeId) ?? t`somebody`;
    return t`Taken by ${name}`;
  };
  return (
    <Section title={<Trans>Timeline</Trans>}>
      <List label={t`Timeline`}>
        {timeline.map((change) => (
          <Row
            key={`${change.at} ${change.from} ${change.to} ${change.assigneeId}`}
            // The note of the buyer stands above the timeline.
            sub={[change.from === null ? '' : change.note, nameOf(change.authorId)].filter(Boolean).join(' · ')}
            end={
              <time dateTime={change.at} data-tip={full(change.at)}>
                {recent(change.at)}
              </time>
            }
          >
            {words(change)}
          </Row>
        ))}
      </List>
    </Section>
  );
}
