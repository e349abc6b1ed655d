import type { ExternalEventType } from '@atrium/protocol';
import { Checkbox } from '../../../ui/choice/choice.tsx';
import { EVENT_GROUPS, typesOf } from '../model.ts';
import { useGroupNames } from './names.ts';
import styles from './webhooks.module.css';

/** Which types of event an endpoint is sent, by what they are about. */
export function EventTypes({
  chosen,
  onChange,
}: {
  chosen: readonly ExternalEventType[];
  onChange: (chosen: ExternalEventType[]) => void;
}) {
  const names = useGroupNames();
  const set = (type: ExternalEventType, isOn: boolean) =>
    onChange(isOn ? [...chosen, type] : chosen.filter((each) => each !== type));
  return (
    <div className={styles.types}>
      {EVENT_GROUPS.map((group) => (
        <fieldset key={group} className={styles.group}>
          <legend>{names[group]}</legend>
          {typesOf(group).map((type) => (
            <Checkbox
              key={type}
              label={<code>{type}</code>}
              checked={chosen.includes(type)}
              onChange={({ target }) => set(type, target.checked)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
