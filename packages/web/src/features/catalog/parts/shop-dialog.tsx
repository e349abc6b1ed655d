import type { Shop } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Switch } from '../../../ui/choice/choice.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { TextArea } from '../../../ui/field/text-field.tsx';
import { FormProblem } from '../../identity/index.ts';
import { CopyField } from '../../workspaces/index.ts';
import { changeShop } from '../commands.ts';
import { shopAddress } from '../model.ts';
import styles from './catalog.module.css';

/** Opens the shop to everybody, and what it says of itself. */
export function ShopDialog({ shop, onClose }: { shop: Shop; onClose: () => void }) {
  const { t } = useLingui();
  const { workspaceId, version } = shop;
  const { form, isBusy, errors, problem } = useForm({
    send: async ({ public: isPublic, introduction = '' }) => {
      await changeShop({ workspaceId, public: isPublic !== undefined, introduction, version });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={t`Shop`}>
      <form {...form} className={styles.form}>
        <Switch
          name="public"
          label={t`Open to everybody`}
          hint={t`Anyone with the address can see the products without an account, and become a customer.`}
          defaultChecked={shop.public}
        />
        <TextArea
          name="introduction"
          label={t`Introduction`}
          hint={t`It stands above the products.`}
          maxLength={2000}
          defaultValue={shop.introduction}
          error={errors.introduction}
        />
        <CopyField label={t`Address`} value={location.origin + shopAddress(workspaceId)} />
        <FormProblem>{problem}</FormProblem>
        <div className={styles.buttons}>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
