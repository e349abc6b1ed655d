import type { Product, ProductImage } from '@atrium/protocol';
import { Icon } from '../../../ui/icon/icon.tsx';
import { PackageIcon } from '../../../ui/icons.ts';
import { Picture as StoredPicture } from '../../files/index.ts';
import { picturesOf } from '../model.ts';
import styles from './catalog.module.css';

const BOX = { width: 320, height: 320 };

/** The first picture of a product, or a sign in its place. */
export function Picture({ product }: { product: Pick<Product, 'images'> }) {
  const [image] = picturesOf(product, location.origin);
  return <span className={styles.picture}>{image ? <Image image={image} /> : <Icon of={PackageIcon} />}</span>;
}

/** One picture of a product; whatever it stands in says how large it is. */
export function Image({ image: { alt, fileId, image, url }, whole }: { image: ProductImage; whole?: boolean }) {
  if (fileId === null || image === undefined) return <img src={url} alt={alt} loading="lazy" decoding="async" />;
  return <StoredPicture key={fileId} file={{ id: fileId, url, image }} alt={alt} box={BOX} whole={whole ?? false} />;
}
