import type { ProductImage } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { announce } from '../../../live/announce.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { DeleteIcon, DownIcon, UpIcon } from '../../../ui/icons.ts';
import { filesProblem, PictureButton, uploadPictures } from '../../files/index.ts';
import { FormProblem } from '../../identity/index.ts';
import { moved } from '../model.ts';
import styles from './catalog.module.css';
import { Picture } from './picture.tsx';

const MOST = 10;

/** The pictures of a product in their order, with the words for people who do not see them. */
export function PicturesField({
  workspaceId,
  images,
  onChange,
}: {
  workspaceId: string;
  images: readonly ProductImage[];
  onChange: (change: (images: readonly ProductImage[]) => readonly ProductImage[]) => void;
}) {
  const { t } = useLingui();
  const label = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const add = async (files: readonly File[]) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const added = await uploadPictures(workspaceId, files);
      onChange((before) => [...before, ...added.map(({ id, url, image }) => ({ fileId: id, url, alt: '', image }))]);
    } catch (error) {
      setProblem(filesProblem(error));
    }
    setBusy(false);
  };
  const room = MOST - images.length;
  const choose = (files: readonly File[]) => {
    if (files.length > room) setProblem(t`A product has at most ${MOST} pictures.`);
    else void add(files);
  };
  return (
    <fieldset className={styles.pictures} aria-labelledby={label}>
      <span id={label} className={styles.label}>
        <Trans>Pictures</Trans>
      </span>
      {images.length > 0 && (
        <ol className={styles.pictureList}>
          {images.map((image, at) => (
            <PictureRow
              key={image.fileId ?? image.url}
              image={image}
              number={at + 1}
              isLast={at === images.length - 1}
              onAlt={(alt) =>
                onChange((before) => before.map((each, index) => (index === at ? { ...each, alt } : each)))
              }
              onMove={(by) => {
                onChange((before) => moved(before, at, by));
                const [number, place] = [at + 1, at + 1 + by];
                announce(t`Picture ${number} is number ${place} now`);
              }}
              onRemove={() => onChange((before) => before.filter((_, index) => index !== at))}
            />
          ))}
        </ol>
      )}
      <p className={styles.hint}>
        <Trans>The first one is shown in the shop. JPEG, PNG, GIF, WebP or AVIF, at most 10 MB each.</Trans>
      </p>
      <FormProblem>{problem}</FormProblem>
      <div>
        <PictureButton
          multiple
          busy={busy}
          disabledReason={room <= 0 ? t`A product has at most ${MOST} pictures.` : undefined}
          onFiles={choose}
        >
          <Trans>Add pictures</Trans>
        </PictureButton>
      </div>
    </fieldset>
  );
}

function PictureRow({
  image,
  number,
  isLast,
  onAlt,
  onMove,
  onRemove,
}: {
  image: ProductImage;
  number: number;
  isLast: boolean;
  onAlt: (alt: string) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}) {
  const { t } = useLingui();
  return (
    <li className={styles.pictureRow}>
      <Picture product={{ images: [{ ...image, alt: '' }] }} />
      <span className={styles.alt}>
        <TextField
          label={t`What picture ${number} shows`}
          dir="auto"
          maxLength={200}
          value={image.alt}
          hint={image.fileId === null ? image.url : undefined}
          onChange={({ currentTarget }) => onAlt(currentTarget.value)}
        />
      </span>
      <span className={styles.buttons}>
        <IconButton
          icon={UpIcon}
          label={t`Move picture ${number} up`}
          disabledReason={number === 1 ? t`It is the first one.` : undefined}
          onClick={() => onMove(-1)}
        />
        <IconButton
          icon={DownIcon}
          label={t`Move picture ${number} down`}
          disabledReason={isLast ? t`It is the last one.` : undefined}
          onClick={() => onMove(1)}
        />
        <IconButton icon={DeleteIcon} label={t`Remove picture ${number}`} onClick={onRemove} />
      </span>
    </li>
  );
}
