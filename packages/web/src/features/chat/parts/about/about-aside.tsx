import type { LiveConversation } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import { IconButton } from '../../../../ui/button/button.tsx';
import { Segmented } from '../../../../ui/choice/choice.tsx';
import { CloseIcon } from '../../../../ui/icons.ts';
import { PaneHead } from '../../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../../ui/link/link-context.tsx';
import { useTitle } from '../../hooks.ts';
import styles from './about.module.css';
import { FilesPart } from './files-part.tsx';
import { PeoplePart } from './people-part.tsx';
import { PinsPart } from './pins-part.tsx';
import { SettingsPart } from './settings-part.tsx';

export type AboutPart = 'people' | 'pins' | 'files' | 'settings';

/** The details of a conversation: members, pins, files and settings. */
export function AboutAside({ conversation, part }: { conversation: LiveConversation; part: AboutPart }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const title = useTitle(conversation);
  const close = () => navigate(`/c/${conversation.id}`);
  return (
    <>
      <PaneHead
        level={2}
        title={conversation.kind === 'channel' ? `# ${title}` : title}
        back={{ label: t`Back to the conversation`, onPress: close }}
        actions={<IconButton icon={CloseIcon} label={t`Close`} keys="Escape" onClick={close} />}
      />
      <div className={styles.body}>
        <Segmented
          label={t`About`}
          value={part}
          onChange={(chosen) => navigate(`/c/${conversation.id}/about?part=${chosen}`, { replace: true })}
          options={[
            { value: 'people', label: t`People`, count: Object.keys(conversation.members).length },
            { value: 'pins', label: t`Pinned`, count: conversation.pins.length },
            { value: 'files', label: t`Files` },
            { value: 'settings', label: t`Settings` },
          ]}
        />
        {part === 'people' && <PeoplePart conversation={conversation} />}
        {part === 'pins' && <PinsPart conversation={conversation} />}
        {part === 'files' && <FilesPart conversation={conversation} />}
        {part === 'settings' && <SettingsPart conversation={conversation} />}
      </div>
    </>
  );
}
