import { useLingui } from '@lingui/react/macro';
import { Fragment } from 'react';
import { Page } from '../../ui/layout/pane.tsx';
import { Kbd } from '../../ui/text/kbd.tsx';
import styles from './shortcuts.module.css';
import { SHORTCUTS } from './table.ts';

/** `/keys`: all keyboard shortcuts. */
export function KeysScreen() {
  const { i18n, t } = useLingui();
  return (
    <Page title={t`Keys`} intro={t`Single letters mean themselves while you write.`}>
      <div className={styles.groups}>
        {SHORTCUTS.map(({ title, shortcuts }) => (
          <section key={title.id}>
            <h2 className={styles.title}>{i18n._(title)}</h2>
            <dl className={styles.list}>
              {shortcuts.map(({ keys, label }) => (
                <Fragment key={label.id}>
                  <dt>{i18n._(label)}</dt>
                  <dd>
                    {keys.map((each) => (
                      <Kbd key={each} keys={each} />
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Page>
  );
}
