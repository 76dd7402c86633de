// Before anything is painted: light or dark, as the system has it. For pages that have both; loaded as an ordinary script, for a module would come late.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; };
  dark.addEventListener('change', show);
  show();
  // What was drawn before a font came, in letters that no other font here has, Chromium goes on to draw without it (seen with 150); in another size it does not.
  let times = 0;
  const nudge = () => document.documentElement.style.setProperty('--pado-nudge', `${++times % 8 / 50}px`);
  document.fonts?.addEventListener('loadingdone', () => {
    nudge();
    setTimeout(nudge, 300);
  });
})();
