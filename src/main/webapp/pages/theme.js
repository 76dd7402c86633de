// Before anything is painted: light or dark, as the system has it. For pages that have both; loaded as an ordinary script, for a module would come late.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; };
  dark.addEventListener('change', show);
  show();
})();
