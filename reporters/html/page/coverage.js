// The view of what a run covered of OpenAPI files: sums, and every point, those first that nothing met. Heads sort.

function coverage() {
  once('coverage', (box) => {
    const c = run.coverage;
    const cells = (tag, list, scope) => make('tr', {}, list.map((t) => make(tag, scope ? { scope } : {}, t)));
    box.append(make('h2', {}, 'OpenAPI coverage'), make('p', {}, c.text));
    box.append(make('table', { 'aria-label': 'Coverage by kind' }, make('thead', {}, cells('th', ['Of', 'Seen', 'Documented', 'Share'], 'col')),
      make('tbody', {}, c.kinds.map(([name, seen, all]) => cells('td', [name, grouped(seen), grouped(all), all ? Math.floor(100 * seen / all) + ' %' : '–'])))));
    const heads = ['Kind', 'Operation', 'Name', 'Times seen', 'Place'];
    const body = make('tbody', {});
    let by = 3, down = false;
    const draw = () => {
      const sorted = [...c.points].sort((a, b) => (typeof a[by] === 'number' ? a[by] - b[by] : a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : 0) * (down ? -1 : 1));
      body.replaceChildren(...sorted.map((p) => make('tr', {}, p.map((v, i) => make('td', { class: i === 3 && !v ? 'failed' : '' }, i === 3 ? (v ? grouped(v) : 'never') : v)))));
      for (const [i, th] of [...row.children].entries()) th.setAttribute('aria-sort', i === by ? (down ? 'descending' : 'ascending') : 'none');
    };
    const row = make('tr', {}, heads.map((h, i) => make('th', { scope: 'col' }, make('button', { type: 'button', onclick: () => { down = by === i && !down; by = i; draw(); } }, h))));
    box.append(make('h3', {}, 'What the files document'), make('table', { 'aria-label': 'What the files document' }, make('thead', {}, row), body));
    if (c.left) box.append(make('p', { class: 'hint' }, grouped(c.left) + ' more are left out' + (c.never ? ', of these ' + grouped(c.never) + ' were never met' : ': all were met')));
    draw();
  });
}

