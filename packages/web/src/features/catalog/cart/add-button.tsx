import type { Product } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { PlusIcon } from '../../../ui/icons.ts';
import { withProduct } from './model.ts';
import { cartOf, changeCart } from './store.ts';

/** Puts a piece of a product into the cart. @param small an icon alone, on a tile */
export function AddButton({ product, small }: { product: Product; small?: boolean }) {
  const { t } = useLingui();
  const { name, stock, workspaceId } = product;
  const add = () => {
    changeCart(workspaceId, { lines: withProduct(cartOf(workspaceId).lines, product) });
  };
  // The chip beside it says that there is none left.
  if (stock <= 0) return null;
  if (small) {
    return <IconButton icon={PlusIcon} variant="quiet" label={t`Put ${name} into the cart`} onClick={add} />;
  }
  return (
    <Button variant="primary" size={40} icon={PlusIcon} onClick={add}>
      <Trans>Put into the cart</Trans>
    </Button>
  );
}
