import { useAnnouncement } from '../../live/announce.ts';
import { Hidden } from '../../ui/text/hidden.tsx';

/** The two live regions for screen readers. */
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
