
(() => {
  'use strict';
  const find = (selector, from = document) => [...from.querySelectorAll(selector)];
  const form = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const compare = new Intl.Collator('en', { numeric: true }).compare;

  // The page's issues as plain objects, so that a filter touches only what changes.
  const issueOf = (node, place) => ({
    node,
    place,
    words: null,
    severity: node.dataset.severity,
    order: Number(node.dataset.order),
    number: Number(node.dataset.number || Infinity),
    rule: node.dataset.rule,
    status: node.dataset.status,
  });
  const assets = find('section.asset').map(node => ({
    node,
    row: document.querySelector(`tr[data-asset="${node.id}"]`),
    groups: find('section.group', node).map(group => {
      const issues = find('li.issue', group).map(issueOf);
      let begin = 0;
      const lists = find('ol', group).map(list => ({ node: list, issues: issues.slice(begin, begin += list.children.length) }));
      return { node: group, issues, lists };
    }),
  }));
  const total = assets.reduce((sum, asset) => sum + asset.groups.reduce((part, group) => part + group.issues.length, 0), 0);

  const hide = (node, hidden) => {
    if (node && node.hidden !== hidden) node.hidden = hidden;
  };

  const filter = () => {
    const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hidden = new Set(find('input[name="severity"]:not(:checked)', form).map(box => box.value));
    const status = form.status.value;
    const active = words.length > 0 || status !== '' || hidden.size > 0;
    const fits = issue => !hidden.has(issue.severity)
      && (status === '' || issue.status === status)
      && words.every(word => (issue.words ??= issue.node.textContent.toLowerCase()).includes(word));
    let count = 0;
    for (const asset of assets) {
      let inAsset = 0;
      for (const group of asset.groups) {
        let inGroup = 0;
        for (const list of group.lists) {
          let inList = 0;
          for (const issue of list.issues) {
            const fit = !active || fits(issue);
            hide(issue.node, !fit);
            inList += fit;
          }
          hide(list.node, inList === 0);
          list.node.style.containIntrinsicBlockSize = `${inList * 8.5}rem`;
          inGroup += inList;
        }
        hide(group.node, inGroup === 0 && active);
        inAsset += inGroup;
      }
      hide(asset.node, inAsset === 0 && active);
      hide(asset.row, inAsset === 0 && active);
      count += inAsset;
    }
    const all = total.toLocaleString('en');
    shown.textContent = active ? `${count.toLocaleString('en')} of ${all} issues are shown, and the assets that have them.` : `All ${all} issues are shown.`;
  };

  const orders = {
    severity: (a, b) => a.order - b.order || a.number - b.number || a.place - b.place,
    number: (a, b) => a.number - b.number || a.place - b.place,
    rule: (a, b) => compare(a.rule, b.rule) || a.place - b.place,
    status: (a, b) => compare(a.status, b.status) || a.place - b.place,
  };

  const sort = () => {
    for (const group of assets.flatMap(asset => asset.groups)) {
      const sorted = [...group.issues].sort(orders[form.order.value]);
      for (const list of group.lists) {
        list.issues = sorted.splice(0, list.issues.length);
        list.node.append(...list.issues.map(issue => issue.node));
      }
    }
    filter();
  };

  const sortTable = (table, column, button) => {
    const head = button.parentElement;
    const down = head.getAttribute('aria-sort') === 'ascending';
    find('th[aria-sort]', table).forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const body = table.tBodies[0];
    const key = row => row.cells[column].dataset.value ?? row.cells[column].textContent;
    const rows = [...body.rows].map(row => ({ row, key: key(row) }));
    rows.sort((a, b) => (down ? -1 : 1) * compare(a.key, b.key));
    body.append(...rows.map(item => item.row));
  };

  for (const table of find('table')) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      button.addEventListener('click', () => sortTable(table, column, button));
      head.append(button);
    });
  }

  let waiting = 0;
  form.addEventListener('input', event => {
    if (event.target.name === 'order') return;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(filter);
  });
  form.order.addEventListener('change', sort);
  form.addEventListener('reset', () => requestAnimationFrame(sort));
  form.addEventListener('submit', event => event.preventDefault());

  // A browser that goes back may have kept what was typed.
  form.reset();
  form.hidden = shown.hidden = total === 0;
  document.documentElement.dataset.ready = 'true';
})();
