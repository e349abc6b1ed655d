import { instance } from '@atrium/protocol';
import { type Implementation, read } from '../../platform/module/index.ts';
import { presentProvider } from './providers/present.ts';
import type { Provider } from './providers/provider.ts';
import { instanceSettings, setupState } from './rows/settings-store.ts';

/** The sources of the public facts about the instance. */
export interface InstanceDeps {
  providers: ReadonlyMap<string, Provider>;
  /** Whether mails go to the development mailbox. */
  hasMailbox: boolean;
}

/** `instance.get`: what a client needs to know before anybody signs in. */
export function instanceOperations({ providers, hasMailbox }: InstanceDeps): Implementation[] {
  return [
    read(instance.get, async ({ db }) => {
      const { neutralRegistration, registration } = await instanceSettings(db);
      return {
        ...(await setupState(db)),
        registration,
        neutralRegistration,
        providers: [...providers.values()].map(presentProvider),
        hasMailbox,
      };
    }),
  ];
}
