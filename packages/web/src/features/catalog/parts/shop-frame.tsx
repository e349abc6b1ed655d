import type { Shop } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { useLive } from '../../../live/use-live.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { classes } from '../../../ui/classes.ts';
import { Link } from '../../../ui/link/link.tsx';
import { piecesIn } from '../cart/model.ts';
import { useCart } from '../cart/store.ts';
import { cartAddress, shopAddress } from '../model.ts';
import { JoinButton } from './join-button.tsx';
import styles from './shop.module.css';

/** The bar above a shop, for members, customers and strangers. */
export function ShopFrame({ shop, title, children }: { shop: Shop | undefined; title: string; children: ReactNode }) {
  const { t } = useLingui();
  const isMember = useLive(({ workspaces }) => shop !== undefined && shop.workspaceId in workspaces);
  const hasAccount = useLive(({ me }) => me !== null);
  useEffect(() => {
    document.title = `${title} · Atrium`;
  }, [title]);
  const here = encodeURIComponent(location.pathname);
  return (
    <div className={styles.scroll} data-scrolls>
      <header className={styles.bar}>
        {shop && (
          <Link to={shopAddress(shop.workspaceId)} className={styles.brand}>
            <Avatar id={shop.workspaceId} name={shop.name} size="m" kind="workspace" />
            <bdi>{shop.name}</bdi>
          </Link>
        )}
        <nav aria-label={t`Account`} className={styles.account}>
          {hasAccount && (
            <Link to="/orders" className={styles.link}>
              <Trans>My orders</Trans>
            </Link>
          )}
          {shop && <CartLink workspaceId={shop.workspaceId} />}
          {shop && isMember && (
            <Link to="/today" className={styles.link}>
              <Trans>To the workspace</Trans>
            </Link>
          )}
          {shop?.can.join && <JoinButton workspaceId={shop.workspaceId} />}
          {!hasAccount && (
            <>
              <Link to={`/sign-in?returnTo=${here}`} className={styles.link}>
                <Trans>Sign in</Trans>
              </Link>
              {shop && (
                <Link to={`/sign-up?returnTo=${here}`} className={classes(styles.link, styles.strong)}>
                  <Trans>Create account</Trans>
                </Link>
              )}
            </>
          )}
        </nav>
      </header>
      <main id="main" className={styles.main}>
        {children}
      </main>
    </div>
  );
}

function CartLink({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const pieces = piecesIn(useCart(workspaceId).lines);
  const count = number(pieces);
  return (
    <Link to={cartAddress(workspaceId)} className={styles.link}>
      <span aria-live="polite">{pieces === 0 ? t`Cart` : t`Cart: ${count}`}</span>
    </Link>
  );
}
