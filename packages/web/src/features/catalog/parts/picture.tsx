import type { Product } from '@atrium/protocol';
import { Icon } from '../../../ui/icon/icon.tsx';
import { PackageIcon } from '../../../ui/icons.ts';
import { pictureOf } from '../model.ts';
import styles from './catalog.module.css';

/** The picture of a product, or a sign in its place. */
export function Picture({ product }: { product: Pick<Product, 'images'> }) {
  const picture = pictureOf(product, location.origin);
  return (
    <span className={styles.picture}>
      {picture ? <img src={picture.src} alt={picture.alt} loading="lazy" /> : <Icon of={PackageIcon} />}
    </span>
  );
}
