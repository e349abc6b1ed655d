import type { Product } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { Chip } from '../../../ui/text/chip.tsx';
import { stockLevel } from '../model.ts';

/** How much there is of a product. @param always for those who run the shop, also while there is enough */
export function StockChip({ product, always }: { product: Pick<Product, 'stock' | 'lowStock'>; always?: boolean }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const level = stockLevel(product);
  const count = number(product.stock);
  if (level === 'out') return <Chip tone="brick">{t`Sold out`}</Chip>;
  if (level === 'low') return <Chip tone="amber">{t`${count} left`}</Chip>;
  return always ? <Chip>{t`${count} in stock`}</Chip> : null;
}
