// Runs before the first paint; app/theme.ts writes what it reads.
(() => {
  const root = document.documentElement;
  const read = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  root.dataset.theme = read('atrium:theme') ?? 'system';
  root.dataset.density = read('atrium:density') ?? 'comfortable';
})();
