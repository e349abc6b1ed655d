import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { List, Row, Section } from '../../../ui/layout/pane.tsx';
import { useCustomersHere } from '../hooks.ts';
import styles from './desk.module.css';

/** Below the board: revenue by day, customers who are here, open conversations, and who has taken what. */
export function DeskFigures({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const { dateOfDay, list, money, number } = useFormats();
  const { data } = useOperation('desks.get', { workspaceId, days: 14 });
  const here = useCustomersHere(workspaceId);
  if (!data) return null;
  const { conversations, people, revenue, staff } = data;
  const nameOf = (userId: string) => people.find(({ id }) => id === userId)?.name ?? t`somebody`;
  const unassigned = number(conversations.unassigned);
  const assigned = number(conversations.assigned);
  return (
    <div className={styles.figures}>
      <Section title={<Trans>Revenue by day</Trans>}>
        {revenue.length > 0 ? (
          <List label={t`Revenue by day`}>
            {[...revenue].reverse().map(({ currency, day, orders, total }) => (
              <Row
                key={`${day} ${currency}`}
                sub={plural(orders, { one: '# order', other: '# orders' })}
                end={<span className={styles.amount}>{money(total, currency)}</span>}
              >
                {dateOfDay(day)}
              </Row>
            ))}
          </List>
        ) : (
          <p className={styles.empty}>{t`Nobody has ordered in these days.`}</p>
        )}
      </Section>
      <div>
        <Section title={<Trans>Customers here now</Trans>}>
          <p className={styles.words}>{here.length > 0 ? list(here) : t`No customer is here now.`}</p>
        </Section>
        <Section title={<Trans>Open conversations</Trans>}>
          <p className={styles.words}>{t`${unassigned} waiting, ${assigned} taken`}</p>
        </Section>
        <Section title={<Trans>Who has taken what</Trans>}>
          {staff.length > 0 ? (
            <List label={t`Who has taken what`}>
              {staff.map(({ userId, orders, conversations: talks }) => (
                <Row
                  key={userId}
                  end={[
                    plural(orders, { one: '# order', other: '# orders' }),
                    plural(talks, { one: '# open conversation', other: '# open conversations' }),
                  ].join(' · ')}
                >
                  <bdi>{nameOf(userId)}</bdi>
                </Row>
              ))}
            </List>
          ) : (
            <p className={styles.empty}>{t`Nobody has taken an order.`}</p>
          )}
        </Section>
      </div>
    </div>
  );
}
