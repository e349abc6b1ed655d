import { instance } from '@atrium/protocol';
import { type Implementation, read } from '../../platform/module/index.ts';
import { presentProvider } from './providers/present.ts';
import type { Provider } from './providers/provider.ts';
import { instanceSettings, setupState } from './rows/settings-store.ts';

/** What the public facts about the instance are made of. */
export interface InstanceDeps {
  providers: ReadonlyMap<string, Provider>;
  /** Whether mails land in the development mailbox. */
  hasMailbox: boolean;
}

/** `instance.get`: what a person who is not signed in needs in order to begin. */
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
