import { useRef, useState } from 'react';
import { MessageText } from '../text/message-text.tsx';
import { Avatar } from '../ui/avatar/avatar.tsx';
import { AvatarStack } from '../ui/avatar/avatar-stack.tsx';
import { Presence } from '../ui/avatar/presence.tsx';
import { Button, IconButton } from '../ui/button/button.tsx';
import { Checkbox, Radio, RoundCheck, Segmented, Switch, Tick, ToggleChip } from '../ui/choice/choice.tsx';
import { Confirm } from '../ui/dialog/confirm.tsx';
import { Dialog } from '../ui/dialog/dialog.tsx';
import { EmojiPicker } from '../ui/emoji-picker/emoji-picker.tsx';
import { Banner } from '../ui/feedback/banner.tsx';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { ErrorState } from '../ui/feedback/error-state.tsx';
import { Skeleton } from '../ui/feedback/skeleton.tsx';
import { CodeField, Select, TextArea, TextField } from '../ui/field/text-field.tsx';
import { Icon } from '../ui/icon/icon.tsx';
import * as icons from '../ui/icons.ts';
import { CopyIcon, DeleteIcon, EditIcon, MoreIcon, OfflineIcon, PinIcon, PlusIcon, StopIcon } from '../ui/icons.ts';
import { List, Page, PaneHead, Row, Section } from '../ui/layout/pane.tsx';
import { Link } from '../ui/link/link.tsx';
import { MenuButton, MenuIconButton } from '../ui/menu/menu.tsx';
import { menuOf } from '../ui/menu/menu-entry.ts';
import { PeoplePicker } from '../ui/picker/people-picker.tsx';
import type { Person } from '../ui/picker/person.ts';
import { preloadPopups } from '../ui/popups.ts';
import { Bdi } from '../ui/text/bdi.tsx';
import { Chip } from '../ui/text/chip.tsx';
import { Count } from '../ui/text/count.tsx';
import { Hidden } from '../ui/text/hidden.tsx';
import { Kbd } from '../ui/text/kbd.tsx';
import { showToast } from '../ui/toast/toasts.ts';
import styles from './gallery.module.css';

const PEOPLE: Person[] = [
  'Ann Weber',
  'Ben Koch',
  'Chiara Ito',
  'Dana Moss',
  '佐藤 花子',
  'منى حداد',
  'Emil Østergaard',
  'Deploy',
].map((name, at) => ({
  id: `${at}-${name}`,
  name,
  username: name.split(' ')[0]?.toLowerCase() ?? null,
  picture: null,
  isBot: name === 'Deploy',
}));
const nothing = () => undefined;
const ENTRIES = menuOf(
  { heading: 'Message' },
  { label: 'Edit', icon: EditIcon, keys: 'e', onSelect: nothing },
  { label: 'Copy link', icon: CopyIcon, keys: 'l', onSelect: nothing },
  { label: 'Pin', icon: PinIcon, disabledReason: 'This conversation is archived', onSelect: nothing },
  'line',
  { label: 'Delete', icon: DeleteIcon, danger: true, onSelect: nothing },
);
const TEXT = `The tomatoes in @ben's row are up, **finally**. Shall we move the frame to \`bed 4\` before the _weekend_? ~~No~~

> Water only on the second day
> the roots need air first

1. Fetch pots from the shed
2. Mix soil and sand :seedling:

\`\`\`ts
const total = entries.reduce((sum, { ms }) => sum + ms, 0);
\`\`\`

More at https://example.org/lemon-trees?season=autumn`;

/** Every part of the design system in every state; only in development and in tests. */
export function Gallery() {
  return (
    <Page title="Gallery" intro="Every part, in every state.">
      <Buttons />
      <Fields />
      <Choices />
      <Popups />
      <People />
      <Feedback />
      <Texts />
      <Icons />
    </Page>
  );
}

function Buttons() {
  return (
    <Section title="Buttons">
      <div className={styles.line}>
        <Button variant="primary">Primary</Button>
        <Button>Quiet</Button>
        <Button variant="plain">Plain</Button>
        <Button variant="danger">Delete</Button>
        <Button variant="ember" icon={StopIcon}>
          Stop mine
        </Button>
        <Button variant="primary" busy>
          Primary
        </Button>
        <Button busy>Quiet</Button>
        <Button variant="primary" disabledReason="The server cannot be reached">
          Primary
        </Button>
        <Button disabledReason="Only managers can do this">Quiet</Button>
      </div>
      <div className={styles.line}>
        <Button size={24}>Size 24</Button>
        <Button size={28}>Size 28</Button>
        <Button size={32}>Size 32</Button>
        <Button size={40}>Size 40</Button>
        <IconButton icon={PlusIcon} label="Add" keys="c" />
        <IconButton icon={PinIcon} label="Pinned" pressed />
        <IconButton icon={PinIcon} label="Pin" disabledReason="Archived" />
        <IconButton icon={PlusIcon} label="Add small" size={24} />
        <IconButton icon={PlusIcon} label="Add with an edge" variant="quiet" />
        <Link to="/gallery">A link</Link>
      </div>
    </Section>
  );
}

function Fields() {
  return (
    <Section title="Fields">
      <div className={styles.columns}>
        <TextField label="Name" defaultValue="Ann Weber" hint="As others see you" />
        <TextField label="E-mail" placeholder="ann@example.org" />
        <TextField label="Username" defaultValue="ann" ok="This name is free" />
        <TextField
          label="Password"
          type="password"
          defaultValue="short"
          error="At least 10 characters"
          end={
            <Button size={28} variant="plain">
              Show
            </Button>
          }
        />
        <TextField label="Disabled" defaultValue="Cannot be changed" disabled />
        <Select label="Role" defaultValue="member">
          <option value="member">Member</option>
          <option value="guest">Guest</option>
        </Select>
        <CodeField label="Code" defaultValue="4211" />
        <TextArea label="Topic" defaultValue="What concerns all of us" />
      </div>
    </Section>
  );
}

function Choices() {
  const [view, setView] = useState<'list' | 'board'>('list');
  return (
    <Section title="Choices">
      <div className={styles.line}>
        <Checkbox label="Keep me signed in" defaultChecked />
        <Checkbox label="Also to #general" hint="Everyone there sees it" />
        <Radio name="visibility" label="Public" defaultChecked />
        <Radio name="visibility" label="Private" />
        <Switch label="Sounds" defaultChecked />
        <Switch label="Single keys" />
        <RoundCheck label="Repot the lemon trees" />
        <RoundCheck label="Fetch pots" defaultChecked />
        <Tick label="Tasks: Mail" defaultChecked />
        <Tick label="Tasks: Push" />
        <ToggleChip label="Monday" defaultChecked>
          Mon
        </ToggleChip>
        <ToggleChip label="Tuesday">Tue</ToggleChip>
        <Segmented
          label="View"
          value={view}
          onChange={setView}
          options={[
            { value: 'list', label: 'List', count: 12 },
            { value: 'board', label: 'Board' },
          ]}
        />
      </div>
    </Section>
  );
}

function Popups() {
  const [open, setOpen] = useState<'dialog' | 'confirm' | 'emoji'>();
  const [chosen, setChosen] = useState<Person[]>(PEOPLE.slice(1, 3));
  const emoji = useRef<HTMLButtonElement>(null);
  return (
    <Section
      title="Popups"
      action={
        <Button size={24} variant="plain" onClick={() => void preloadPopups()}>
          Load them
        </Button>
      }
    >
      <div className={styles.line}>
        <MenuButton label="Menu" entries={ENTRIES}>
          Menu
        </MenuButton>
        <MenuIconButton icon={MoreIcon} label="More" entries={ENTRIES} align="end" />
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('confirm')}>Confirm</Button>
        <Button ref={emoji} onClick={() => setOpen('emoji')}>
          Emoji
        </Button>
        <Button
          onClick={() =>
            showToast({ kind: 'undo', title: 'Message deleted', action: { label: 'Undo', onPress: nothing } })
          }
        >
          Toast: undo
        </Button>
        <Button onClick={() => showToast({ kind: 'done', title: 'Up to date' })}>Toast: done</Button>
        <Button
          onClick={() =>
            showToast({ kind: 'problem', title: 'Not sent', body: 'You are no longer in this conversation.' })
          }
        >
          Toast: problem
        </Button>
      </div>
      <EmojiPicker
        anchor={emoji.current}
        open={open === 'emoji'}
        label="Emoji"
        onClose={() => setOpen(undefined)}
        onPick={nothing}
      />
      <Dialog
        open={open === 'dialog'}
        onClose={() => setOpen(undefined)}
        title="New channel"
        description="Channels are where people talk about one subject."
        actions={
          <>
            <Button onClick={() => setOpen(undefined)}>Cancel</Button>
            <Button variant="primary">Create channel</Button>
          </>
        }
      >
        <TextField label="Name" placeholder="greenhouse" reserve />
        <PeoplePicker
          label="People"
          people={PEOPLE}
          chosen={chosen}
          onChange={setChosen}
          none="Nobody of that name"
          removeLabel={(name) => `Remove ${name}`}
        />
      </Dialog>
      <Confirm
        open={open === 'confirm'}
        title="Delete #seeds?"
        action="Delete channel"
        onConfirm={() => setOpen(undefined)}
        onClose={() => setOpen(undefined)}
      >
        All 214 messages in it are deleted for everyone. This cannot be undone.
      </Confirm>
    </Section>
  );
}

function People() {
  const [ann, ben, chiara, dana] = PEOPLE;
  return (
    <Section title="People">
      <div className={styles.line}>
        {PEOPLE.map(({ id, name, isBot }) => (
          <Avatar key={id} id={id} name={name} kind={isBot ? 'bot' : 'person'} />
        ))}
        <Avatar id="gone" name="Deleted" kind="deleted" />
        <Avatar id="garden" name="Garden" kind="workspace" />
        <Avatar id="ci" name="CI" kind="bot" emoji="🚀" />
      </div>
      <div className={styles.line}>
        {ann && <Avatar {...ann} status="online" />}
        {ben && <Avatar {...ben} status="away" />}
        {chiara && <Avatar {...chiara} status="dnd" />}
        {dana && <Avatar {...dana} status="offline" />}
        <AvatarStack people={PEOPLE.slice(0, 4)} />
        <AvatarStack people={PEOPLE.slice(0, 4)} size="xs" />
        <Presence status="online" />
        <Presence status="away" />
        <Presence status="dnd" />
        <Avatar id="a" name="Ann Weber" size="s" />
        <Avatar id="a" name="Ann Weber" size="m" />
        <Avatar id="a" name="Ann Weber" size="xl" />
      </div>
    </Section>
  );
}

function Feedback() {
  return (
    <Section title="Feedback">
      <Banner tone="amber" icon={OfflineIcon}>
        Not connected. Messages are sent when the connection is back.
      </Banner>
      <Banner tone="leaf">Up to date</Banner>
      <Banner tone="brick">This conversation is gone.</Banner>
      <Banner action={<Button size={24}>Unarchive</Button>}>Archived: it can be read, not written in.</Banner>
      <div className={styles.columns}>
        <EmptyState title="No messages yet" action={<Button variant="primary">Say hello</Button>}>
          What is written here is seen by everyone in #general.
        </EmptyState>
        <ErrorState title="The list could not be loaded" requestId="req-0192f" onRetry={nothing}>
          The server cannot be reached.
        </ErrorState>
      </div>
      <Skeleton rows={2} kind="message" />
    </Section>
  );
}

function Texts() {
  return (
    <Section title="Text">
      <div className={styles.frame}>
        <PaneHead
          title="# general"
          level={2}
          sub="What concerns all of us · watering plan in the pins"
          actions={<IconButton icon={MoreIcon} label="More about it" />}
        />
      </div>
      <div className={styles.line}>
        <Chip>Greenhouse</Chip>
        <Chip tone="pool">Shipped</Chip>
        <Chip tone="ember">Running</Chip>
        <Chip tone="leaf">Done</Chip>
        <Chip tone="amber">2 days ago</Chip>
        <Chip tone="brick">High</Chip>
        <Count of={2} label="2 mentions" />
        <Count of={120} label="120 mentions" />
        <Kbd keys="mod+k" />
        <span>
          <Bdi>منى حداد</Bdi>, <Hidden>hidden</Hidden>12
        </span>
      </div>
      <List label="Rows">
        <Row start={<RoundCheck label="Done" />} end="12:00">
          Repot the lemon trees
        </Row>
        <Row sub="mentioned you in #seeds" end="9:58">
          Chiara Ito
        </Row>
      </List>
      <MessageText
        content={TEXT}
        mention={(name) => (name === 'ben' ? { label: 'Ben Koch', isMe: false } : undefined)}
      />
    </Section>
  );
}

function Icons() {
  return (
    <Section title="Icons">
      <div className={styles.line}>
        {Object.entries(icons).map(([name, icon]) => (
          <span key={name} role="img" aria-label={name} data-tip={name}>
            <Icon of={icon} />
          </span>
        ))}
      </div>
    </Section>
  );
}
