import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useLive } from '../../../../live/use-live.ts';
import { useOperation } from '../../../../live/use-operation.ts';
import { useShortcodes } from '../../../../text/shortcodes.ts';
import { best, type Completion, rankOf } from '../../model/completion.ts';

/** An entry of the completion list. */
export interface Choice {
  key: string;
  /** The replacement of the typed text. */
  insert: string;
  label: string;
  hint?: string;
  emoji?: string;
  person?: { id: string; name: string; picture: string | null; isBot: boolean };
}

/** The completions of the typed text, best first. */
export function useChoices(conversationId: string, completion: Completion | undefined): Choice[] {
  const people = usePeople(conversationId);
  const shortcodes = useShortcodes(completion?.kind === 'emoji');
  const commands = useOperation('commands.list', completion?.kind === 'command' ? {} : undefined).data?.items;
  return useMemo(() => {
    if (!completion) return [];
    const { kind, query } = completion;
    if (kind === 'person') return best(people, ({ label, hint }) => rankOf(query, label, hint));
    if (kind === 'command') {
      return best(commands ?? [], ({ name }) => rankOf(query, name), 12).map(({ name, usage, summary }) => ({
        key: name,
        insert: `/${name} `,
        label: usage,
        hint: summary,
      }));
    }
    return best([...(shortcodes ?? [])], ([name]) => rankOf(query, name)).map(([name, emoji]) => ({
      key: name,
      insert: `${emoji} `,
      label: `:${name}:`,
      emoji,
    }));
  }, [completion, people, commands, shortcodes]);
}

/** The people who can be mentioned: members of the conversation, and everyone. */
function usePeople(conversationId: string): Choice[] {
  const { t } = useLingui();
  const members = useLive(({ conversations }) => conversations[conversationId]?.members);
  const mentionAll = useLive(({ conversations }) => conversations[conversationId]?.can.mentionAll ?? false);
  const known = useLive(
    ({ conversations, workspaces }) => workspaces[conversations[conversationId]?.workspaceId ?? '']?.members,
  );
  return useMemo(() => {
    const people = Object.keys(members ?? {}).flatMap((id): Choice[] => {
      const user = known?.[id]?.user;
      if (!user?.username) return [];
      return [
        {
          key: id,
          insert: `@${user.username} `,
          label: user.name,
          hint: `@${user.username}`,
          person: { id, name: user.name, picture: user.avatar, isBot: user.isBot },
        },
      ];
    });
    return [
      ...people.sort((one, other) => one.label.localeCompare(other.label)),
      ...(mentionAll
        ? [
            { key: 'here', insert: '@here ', label: '@here', hint: t`Everyone who is here now` },
            { key: 'channel', insert: '@channel ', label: '@channel', hint: t`Everyone in this conversation` },
          ]
        : []),
    ];
  }, [members, known, mentionAll, t]);
}
