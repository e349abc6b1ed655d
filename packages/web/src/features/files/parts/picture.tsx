import { useMemo, useState } from 'react';
import { linkTo } from '../commands.ts';
import { fitted, type PictureFile, type Size } from '../model/model.ts';
import { placeholderUrl } from '../model/placeholder.ts';

/** A stored picture, as far as it is needed to draw it. */
export type ShownPicture = Pick<PictureFile, 'id' | 'url' | 'image'> & Partial<Pick<PictureFile, 'filename'>>;

/** A picture in a box of its own size from the first moment, so that nothing moves when it has come. Until then it is blurred. */
export function Picture({
  file,
  box,
  alt,
  whole,
  className,
}: {
  file: ShownPicture;
  box: Size;
  /** What it shows; the name of the file unless given. */
  alt?: string | undefined;
  /** The picture itself; else its thumbnail. */
  whole?: boolean;
  className?: string | undefined;
}) {
  const [linked, setLinked] = useState<string>();
  const [isThere, setThere] = useState(false);
  const blurred = useMemo(() => placeholderUrl(file.image.placeholder), [file.image.placeholder]);
  const own = whole ? file.url : file.image.thumbnailUrl;
  // The session in the cookie may have expired while the page was open; the live connection is still good.
  const askLink = async () => {
    if (linked === undefined) setLinked(await linkTo(file, whole ? 'file' : 'thumbnail').catch(() => own));
  };
  return (
    <img
      {...fitted(file.image, box)}
      src={linked ?? own}
      alt={alt ?? file.filename ?? ''}
      loading={whole ? 'eager' : 'lazy'}
      decoding="async"
      className={className}
      // What is transparent shows what is behind it.
      style={isThere || !blurred ? undefined : { background: `url(${blurred}) center / 100% 100%` }}
      onLoad={() => setThere(true)}
      onError={() => void askLink()}
    />
  );
}
