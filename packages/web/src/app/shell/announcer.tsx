import { useAnnouncement } from '../../live/announce.ts';
import { Hidden } from '../../ui/text/hidden.tsx';

/** The two places from which screen readers are told what happens. */
export function Announcer() {
  const polite = useAnnouncement('polite');
  const assertive = useAnnouncement('assertive');
  return (
    <>
      <div aria-live="polite">
        <Hidden>{polite}</Hidden>
      </div>
      <div aria-live="assertive">
        <Hidden>{assertive}</Hidden>
      </div>
    </>
  );
}
