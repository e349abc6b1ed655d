import { useProduct } from '../hooks.ts';
import styles from './catalog.module.css';
import { Picture } from './picture.tsx';

/** The picture of a product beside its name in a cart or an order; a sign for one that is gone. */
export function LinePicture({ productId }: { productId: string }) {
  const { data } = useProduct(productId);
  const [first] = data?.images ?? [];
  return (
    <span className={styles.linePicture}>
      <Picture product={{ images: first ? [{ ...first, alt: '' }] : [] }} />
    </span>
  );
}
