import type { Product } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { picturesOf } from '../model.ts';
import { Image, Picture } from './picture.tsx';
import styles from './shop.module.css';

/** The pictures of a product: one large, the others to choose from. Its place is there before it is. */
export function ItemPictures({ product }: { product: Product }) {
  const { t } = useLingui();
  const [at, setAt] = useState(0);
  const images = picturesOf(product, location.origin);
  const shown = images[at] ?? images[0];
  if (shown === undefined) return <Picture product={product} />;
  const nameOf = (alt: string, number: number) => (alt === '' ? t`Picture ${number}` : alt);
  return (
    <div className={styles.gallery}>
      <span className={styles.large}>
        <Image image={shown} whole />
      </span>
      {images.length > 1 && (
        <ul aria-label={t`Pictures`} className={styles.choices}>
          {images.map((image, index) => (
            <li key={image.fileId ?? image.url}>
              <button
                type="button"
                aria-label={nameOf(image.alt, index + 1)}
                aria-pressed={image === shown}
                className={styles.choice}
                onClick={() => setAt(index)}
              >
                <Image image={{ ...image, alt: '' }} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
