import { useState } from 'react';
import { linkTo } from '../commands.ts';
import { fitted, type PictureFile, type Size } from '../model/model.ts';

/** A picture in a box of its own size from the first moment, so that nothing moves when it has come. */
export function Picture({
  file,
  box,
  whole,
  className,
}: {
  file: PictureFile;
  box: Size;
  /** The picture itself; else its thumbnail. */
  whole?: boolean;
  className?: string | undefined;
}) {
  const [linked, setLinked] = useState<string>();
  const own = whole ? file.url : file.image.thumbnailUrl;
  // The session in the cookie may have expired while the page was open; the live connection is still good.
  const askLink = async () => {
    if (linked === undefined) setLinked(await linkTo(file, whole ? 'file' : 'thumbnail').catch(() => own));
  };
  return (
    <img
      {...fitted(file.image, box)}
      src={linked ?? own}
      alt={file.filename}
      loading={whole ? 'eager' : 'lazy'}
      decoding="async"
      className={className}
      onError={() => void askLink()}
    />
  );
}
