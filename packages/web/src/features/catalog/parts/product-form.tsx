import type { Product, ProductImage } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type FormValues, useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Switch } from '../../../ui/choice/choice.tsx';
import { Select, TextArea, TextField } from '../../../ui/field/text-field.tsx';
import { FormNote, FormProblem } from '../../identity/index.ts';
import { namedImages, readPrice, writtenPrice } from '../model.ts';
import styles from './catalog.module.css';
import { PicturesField } from './pictures-field.tsx';

/** What stands in the form of a product, read. */
export interface ProductValues {
  name: string;
  description: string;
  price: number;
  currency: string;
  lowStock: number;
  active: boolean;
  images: ReturnType<typeof namedImages>;
  /** Of a new product alone: later its stock changes by movements. */
  stock: number;
}

type Typed = Pick<ProductValues, 'price' | 'images'>;

const valuesOf = ({ name = '', description = '', ...rest }: FormValues, { price, images }: Typed): ProductValues => ({
  name,
  description,
  price,
  currency: rest.currency ?? '',
  lowStock: Number(rest.lowStock ?? 0),
  active: rest.active !== undefined,
  stock: Number(rest.stock ?? 0),
  images,
});

/** The currencies that this browser knows; those that are used most come first. */
const CURRENCIES = [
  ...new Set(['EUR', 'USD', 'GBP', 'CHF', 'JPY', ...Intl.supportedValuesOf('currency')]),
] as readonly string[];

/** The fields of a product; a new one where none is given. */
export function ProductForm({
  product,
  workspaceId,
  currency,
  send,
}: {
  product?: Product;
  workspaceId: string;
  /** Of a new product. */
  currency: string;
  send: (values: ProductValues) => Promise<void>;
}) {
  const { t } = useLingui();
  const [priceError, setPriceError] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const [images, setImages] = useState<readonly ProductImage[]>(product?.images ?? []);
  const known = product?.currency ?? currency;
  const { form, isBusy, errors, problem } = useForm({
    send: async (values) => {
      setSaved(false);
      const price = readPrice(values.price ?? '', values.currency ?? '');
      setPriceError(
        price === undefined ? t`Enter a price such as 4.90, with no more digits than the currency has.` : undefined,
      );
      if (price === undefined) return;
      await send(valuesOf(values, { price, images: namedImages(images) }));
      setSaved(true);
    },
  });
  return (
    <form {...form} className={styles.form}>
      <TextField
        name="name"
        label={t`Name`}
        dir="auto"
        required
        maxLength={200}
        defaultValue={product?.name}
        error={errors.name}
      />
      <TextArea
        name="description"
        label={t`Description`}
        maxLength={5000}
        defaultValue={product?.description}
        error={errors.description}
      />
      <PicturesField workspaceId={workspaceId} images={images} onChange={setImages} />
      <div className={styles.pair}>
        <TextField
          name="price"
          label={t`Price`}
          inputMode="decimal"
          required
          maxLength={20}
          defaultValue={product && writtenPrice(product.price, known)}
          error={priceError ?? errors.price}
        />
        <Select name="currency" label={t`Currency`} defaultValue={known}>
          {CURRENCIES.map((code) => (
            <option key={code} value={code} translate="no">
              {code}
            </option>
          ))}
        </Select>
      </div>
      <div className={styles.pair}>
        {!product && (
          <TextField name="stock" type="number" label={t`In stock`} min={0} max={1e9} required defaultValue={0} />
        )}
        <TextField
          name="lowStock"
          type="number"
          label={t`Low from`}
          hint={t`From here down it is shown as nearly sold out.`}
          min={0}
          max={1e9}
          required
          defaultValue={product?.lowStock ?? 5}
        />
      </div>
      <Switch
        name="active"
        label={t`In the shop`}
        hint={t`Archived products can be neither seen nor bought by customers.`}
        defaultChecked={product?.active ?? true}
      />
      <FormProblem>{problem}</FormProblem>
      <FormNote>{isSaved && product && t({ message: 'Saved', context: 'form' })}</FormNote>
      <div>
        <Button type="submit" variant="primary" busy={isBusy}>
          {product ? <Trans>Save</Trans> : <Trans>Add product</Trans>}
        </Button>
      </div>
    </form>
  );
}
