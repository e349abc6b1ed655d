import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { BackIcon, DeleteIcon } from '../../../ui/icons.ts';
import { Page } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { FormProblem } from '../../identity/index.ts';
import { changeProduct, createProduct, deleteProduct } from '../commands.ts';
import { useProduct, useProducts } from '../hooks.ts';
import { productAddress, productsAddress } from '../model.ts';
import styles from '../parts/catalog.module.css';
import { ProductForm } from '../parts/product-form.tsx';
import { StockPart } from '../parts/stock-part.tsx';

/** `/w/:id/desk/products/:productId`: one product, and how its stock came about. */
export function ProductScreen({ productId }: { productId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { data: product, error, refetch } = useProduct(productId);
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (!product) {
    return (
      <Page title={t`Product`}>
        {error ? (
          <ErrorState title={t`This product could not be loaded`} onRetry={() => void refetch()}>
            {problemText(error)}
          </ErrorState>
        ) : (
          <Skeleton rows={6} />
        )}
      </Page>
    );
  }
  const back = () => navigate(productsAddress(product.workspaceId));
  const end = async () => {
    try {
      await deleteProduct(productId);
      back();
    } catch (refusal) {
      setProblem(problemText(refusal));
    }
  };
  return (
    <Page title={<bdi>{product.name}</bdi>} actions={<BackButton onBack={back} />}>
      {product.can.update ? (
        <div className={styles.sections}>
          <ProductForm
            key={product.version}
            product={product}
            workspaceId={product.workspaceId}
            currency={product.currency}
            send={({ stock: _, ...values }) => changeProduct({ productId, version: product.version, ...values })}
          />
          <StockPart product={product} />
          <div>
            <Button variant="danger" icon={DeleteIcon} onClick={() => setAsking(true)}>
              <Trans>Delete product</Trans>
            </Button>
          </div>
        </div>
      ) : (
        <p className={styles.description}>{product.description}</p>
      )}
      <Confirm
        open={isAsking}
        title={t`Delete ${product.name}?`}
        action={t`Delete product`}
        error={<FormProblem>{problem}</FormProblem>}
        onConfirm={() => void end()}
        onClose={() => setAsking(false)}
      >
        <Trans>Orders that were placed keep it. To take it out of the shop for a while, archive it instead.</Trans>
      </Confirm>
    </Page>
  );
}

/** `/w/:id/desk/products/new` */
export function NewProductScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  // Shops mostly have one currency: that of the newest product.
  const { items } = useProducts(workspaceId, {});
  return (
    <Page title={t`New product`} actions={<BackButton onBack={() => navigate(productsAddress(workspaceId))} />}>
      {items ? (
        <div className={styles.sections}>
          <ProductForm
            workspaceId={workspaceId}
            currency={items[0]?.currency ?? 'EUR'}
            send={async (values) => {
              const id = await createProduct({ workspaceId, ...values });
              navigate(productAddress(workspaceId, id), { replace: true });
            }}
          />
        </div>
      ) : (
        <Skeleton rows={6} />
      )}
    </Page>
  );
}

function BackButton({ onBack }: { onBack: () => void }) {
  return (
    <Button icon={BackIcon} onClick={onBack}>
      <Trans>All products</Trans>
    </Button>
  );
}
