// The views, the theme, the address, and the start.

function view(name) {
  if (!byId(name)) name = 'requests';
  state.view = name;
  for (const s of document.querySelectorAll('.view')) s.hidden = s.id !== name;
  for (const b of document.querySelectorAll('nav button')) b.setAttribute('aria-current', b.dataset.view === name ? 'page' : 'false');
  if (name === 'iterations') iterations();
  if (name === 'variables') variables();
  if (name === 'folders') folders();
  if (name === 'timeline') timeline();
  if (name === 'causes') causes();
  if (name === 'coverage' && run.coverage) coverage();
}

// The theme follows the system until it is chosen; the choice is kept where the browser lets a file keep one.
const dark = matchMedia('(prefers-color-scheme: dark)');
let theme = 'auto';
try { theme = localStorage.getItem('posthaste-theme') || 'auto'; } catch { /* not for files */ }

function paintTheme() {
  document.documentElement.dataset.theme = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
  byId('theme').textContent = 'Theme: ' + theme;
}
dark.addEventListener('change', paintTheme);
byId('theme').addEventListener('click', () => {
  theme = { auto: 'light', light: 'dark', dark: 'auto' }[theme];
  try { localStorage.setItem('posthaste-theme', theme); } catch { /* not for files */ }
  paintTheme();
  remember();
});

// What is looked at stands in the address, so that a link to it can be passed on.
function remember() {
  const p = new URLSearchParams();
  if (state.query) p.set('q', state.query);
  if (state.filter !== 'all') p.set('show', state.filter);
  if (state.order !== 'failed') p.set('order', state.order);
  if (state.iteration >= 0) p.set('iteration', state.iteration + 1);
  if (state.view !== 'requests') p.set('view', state.view);
  if (state.chosen >= 0 && state.chosen !== shown[0]) p.set('request', state.chosen + 1);
  try { history.replaceState(null, '', '#' + p); } catch { /* too often, or not for files */ }
}

function recall() {
  const p = new URLSearchParams(location.hash.slice(1));
  state.query = p.get('q') || '';
  if ([...verdicts, 'all'].includes(p.get('show'))) state.filter = p.get('show');
  if (['run', 'slow'].includes(p.get('order')) || p.get('order') === 'cause' && run.caused) state.order = p.get('order');
  if (p.get('iteration') > 0) state.iteration = p.get('iteration') - 1;
  if (rows[p.get('request') - 1]) state.chosen = p.get('request') - 1;
  if (['auto', 'light', 'dark'].includes(p.get('theme'))) theme = p.get('theme');
  return p.get('view') || 'requests';
}

const wanted = recall();
paintTheme();
head();
controls();
for (const b of document.querySelectorAll('nav button')) if (b.dataset.view === 'causes') b.hidden = !run.causes; else if (b.dataset.view === 'coverage') b.hidden = !run.coverage;
view(wanted);
refresh();
setTimeout(haystack, 200);
