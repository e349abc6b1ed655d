import { mayBecome, type OrderStatus, orderCanOf, orderStatus, type WorkspaceRole } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { factsOf, mayHandle, mayMove, maySeeOrder } from './policy.ts';

/**
 * Who, then (s)ees an order of somebody else and one of their own, and what they may do with their own in each status,
 * pending to cancelled: (p)rocess, (s)hip, (d)eliver, (c)ancel, (a)ssign; then what with one of somebody else.
 */
const table = `
owner     s s  p--ca -s-ca --d-a ----- -----  p--ca -s-ca --d-a ----- -----
admin     s s  p--ca -s-ca --d-a ----- -----  p--ca -s-ca --d-a ----- -----
member    s s  p--ca -s-ca --d-a ----- -----  p--ca -s-ca --d-a ----- -----
customer  - s  ---c- ----- ----- ----- -----  ----- ----- ----- ----- -----
guest     - s  ---c- ----- ----- ----- -----  ----- ----- ----- ----- -----
gone      - -  ----- ----- ----- ----- -----  ----- ----- ----- ----- -----
`
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/));

const STATUSES = orderStatus.options;

describe('what one may do with an order', () => {
  it.each(table)('%s', (who, seesOthers, seesOwn, ...cells) => {
    const role = who === 'gone' ? undefined : (who as WorkspaceRole);
    const [own, others] = ['me', 'you'].map((buyer) => factsOf(buyer, { role, userId: 'me' }));
    expect([others, own].map((facts) => (maySeeOrder(facts!) ? 's' : '-'))).toEqual([seesOthers, seesOwn]);
    const letters = [own, others].flatMap((facts) =>
      STATUSES.map((status) => {
        const { process, ship, deliver, cancel, assign } = orderCanOf(status, facts!);
        return [process && 'p', ship && 's', deliver && 'd', cancel && 'c', assign && 'a']
          .map((each) => each || '-')
          .join('');
      }),
    );
    expect(letters).toEqual(cells);
    expect(mayHandle(role)).toBe(seesOthers === 's');
  });

  it('only allows the next status, or cancelling before shipping', () => {
    const steps = STATUSES.flatMap((from) => STATUSES.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`));
    expect(steps).toEqual([
      'pending processing',
      'pending cancelled',
      'processing shipped',
      'processing cancelled',
      'shipped delivered',
    ]);
    const everything = { isStaff: true, isBuyer: true };
    const moves = (from: OrderStatus) => STATUSES.filter((to) => mayMove(from, to, everything) && !mayBecome(from, to));
    expect(STATUSES.flatMap(moves)).toEqual([]);
  });
});
