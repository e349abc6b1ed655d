import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { PackageIcon } from '../../../ui/icons.ts';
import { Page } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { productsAddress } from '../../catalog/index.ts';
import { useDesk } from '../hooks.ts';
import styles from '../parts/desk.module.css';
import { DeskBoard } from '../parts/desk-board.tsx';
import { DeskFigures } from '../parts/desk-figures.tsx';

/** `/w/:id/desk`: the orders of a workspace, live, for those who work there. */
export function DeskScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { columns, counts } = useDesk(workspaceId);
  const title = t`Desk`;
  useEffect(() => {
    document.title = `${title} · Atrium`;
  }, [title]);
  return (
    <Page
      wide
      title={title}
      actions={
        <Button icon={PackageIcon} onClick={() => navigate(productsAddress(workspaceId))}>
          <Trans>Products</Trans>
        </Button>
      }
    >
      {columns && counts ? (
        <>
          <DeskBoard columns={columns} counts={counts} />
          <p className={styles.hint}>
            <Trans>Arrows move between orders, ] moves an order on, Enter opens it.</Trans>
          </p>
          <DeskFigures workspaceId={workspaceId} />
        </>
      ) : (
        <EmptyState title={t`There is no desk here for you`}>
          <Trans>The desk is for owners, admins and members of a workspace.</Trans>
        </EmptyState>
      )}
    </Page>
  );
}
