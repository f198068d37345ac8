// The connection console: follows the server's events and draws them. Text only ever becomes text:
// nothing that the server sends is read as markup.
'use strict';

const MINUTES = 10;
const SILENCE_MS = 5000;
const CHARTS = [
  {key: 'held', title: 'Held, on average', digits: 1, ceiling: seen => seen.pool.size},
  {key: 'waiting', title: 'Waiting', digits: 0},
  {key: 'longestWaitMs', title: 'Longest wait', format: duration},
  {key: 'leases', title: 'Leases / s', digits: 0},
  {key: 'refused', title: 'Turned away / s', digits: 1, grave: true},
];

const REASONS = {
  shed: 'The queue stood for too long',
  deadline: 'Not served before the deadline',
  full: 'The queue was full',
  ceiling: 'Waited as long as allowed',
  closed: 'The server was stopping',
};

let now = null;
let samples = [];
let stream = null;
let heard = 0;
let paused = false;
let pointed = null;

// ---- small tools

const by = id => document.getElementById(id);

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function svg(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

/** Touches the page only where something changed, so that nothing is read out or redrawn twice. */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function duration(ms) {
  if (ms > 0 && ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60000)} min ${Math.round(ms % 60000 / 1000)} s`;
}

/** How long something may last: set by people, so whole seconds, but for what a request has used up before. */
function limit(ms) {
  return ms < 950 ? duration(ms) : `${Math.round(ms / 1000)} s`;
}

function count(value, digits = 0) {
  return value.toLocaleString('en', {maximumFractionDigits: digits, minimumFractionDigits: value < 10 ? digits : 0});
}

function clock(at) {
  return new Date(at).toLocaleTimeString('en-GB');
}

/** A table of texts; numbers stand to the right. */
function table(columns, rows) {
  const head = element('tr', '', ...columns.map(([title, number]) => {
    const cell = element('th', number ? 'number' : '', title);
    cell.scope = 'col';
    return cell;
  }));
  const body = rows.map(row => element('tr', '', ...row.map((text, i) =>
      element('td', columns[i][1] ? 'number' : '', text))));
  return element('table', 'plain', element('thead', '', head), element('tbody', '', ...body));
}

/** Replaces the content of a part when it differs from what is there. */
function show(id, ...content) {
  const part = by(id);
  const made = element('div', '', ...content);
  if (part.innerHTML !== made.innerHTML) part.replaceChildren(...made.childNodes);
}

// ---- the stream

function connect() {
  if (stream) stream.close();
  stream = new EventSource('connections/events');
  stream.addEventListener('history', event => {
    samples = JSON.parse(event.data);
  });
  stream.addEventListener('now', event => {
    heard = Date.now();
    take(JSON.parse(event.data));
  });
  // A refused stream (too many viewers, a stop) is not tried again by the browser: we do.
  stream.onerror = () => live();
}

function take(seen) {
  if (seen.sample && seen.sample.at > (samples.at(-1)?.at ?? 0)) samples.push(seen.sample);
  samples = samples.filter(sample => sample.at > Date.parse(seen.at) - MINUTES * 60000);
  now = seen;
  live();
  if (!paused) draw();
}

function isLost() {
  return Date.now() - heard > SILENCE_MS;
}

/** What the header says of the stream, and the banner of it and of the database. */
function live() {
  const lost = heard > 0 && (isLost() || stream.readyState !== EventSource.OPEN);
  const state = lost ? 'lost' : !now ? 'connecting' : paused ? 'paused' : 'live';
  by('live').className = `live ${state}`;
  say(by('live'), now ? `${state}, ${clock(now.at)}` : state);
  document.body.classList.toggle('stale', lost);
  const text = lost ? `The stream from the server is lost. What you see is from ${clock(now.at)}; trying again.`
      : now && !now.readiness.ready ? `Not ready: ${now.readiness.reason}.` : '';
  by('banner').hidden = !text;
  say(by('banner'), text);
}

setInterval(() => {
  live();
  if (document.hidden) return;
  if (stream.readyState === EventSource.CLOSED || isLost()) connect();
}, 2000);

// A page that nobody looks at gives its place to another viewer.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) stream.close();
  else connect();
});

// ---- drawing

function draw() {
  summary();
  charts();
  leases();
  show('warnings', ...listed(now.warnings.map(warning => warning.text), 'None.'));
  show('queue', ...queue());
  show('reconciliation', ...reconciliation());
  show('refusals', ...refusals());
  show('modules', ...modules());
}

function listed(texts, none) {
  return texts.length ? texts.map(text => element('li', '', text)) : [element('li', 'none', none)];
}

let spokenAt = 0;

/** For the eye at once; for the ear at most every ten seconds. */
function summary() {
  const {size, open, leased, waiting} = now.pool;
  const late = now.connections.filter(lease => lease.heldMs > lease.budgetMs).length;
  const text = `${leased} of ${size} held${late ? `, ${late} late` : ''}. `
      + (waiting ? `${waiting} ${waiting === 1 ? 'waits' : 'wait'}.` : 'Nobody waits.');
  say(by('summary'), `${text} ${open} open.`);
  if (Date.now() - spokenAt > 10000) {
    spokenAt = Date.now();
    say(by('spoken'), `${text} ${now.warnings.length || 'No'} ${now.warnings.length === 1 ? 'warning' : 'warnings'}.`);
  }
}

// ---- charts

const WIDTH = 600;
const HEIGHT = 48;

function build() {
  for (const chart of CHARTS) {
    chart.path = svg('path', {class: 'line'});
    chart.area = svg('path', {class: 'area'});
    chart.limit = svg('path', {class: 'limit'});
    chart.cursor = svg('line', {class: 'cursor', y1: 0, y2: HEIGHT});
    chart.svg = svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img'},
        chart.area, chart.limit, chart.path, chart.cursor);
    chart.value = element('b', 'value');
    chart.most = element('span', 'most');
    chart.when = element('span', 'when');
    by('charts').append(element('figure', chart.grave ? 'grave' : '',
        element('figcaption', '', element('span', 'title', chart.title), chart.value),
        chart.svg, element('div', 'axis', chart.when, chart.most)));
  }
}

function written(chart, value) {
  return chart.format ? chart.format(value) : count(value, chart.digits);
}

function charts() {
  const end = Date.parse(now.at);
  const across = at => WIDTH * (1 - (end - at) / (MINUTES * 60000));
  for (const chart of CHARTS) {
    const values = samples.map(sample => sample[chart.key]);
    const highest = Math.max(0, ...values);
    const top = Math.max(chart.ceiling?.(now) ?? 0, highest, chart.digits ? 1 : 2) * 1.05;
    const height = value => (HEIGHT - HEIGHT * value / top).toFixed(1);
    const points = samples.map((sample, i) => `${across(sample.at).toFixed(1)},${height(values[i])}`);
    const line = points.length ? `M${points.join('L')}` : '';
    chart.path.setAttribute('d', line);
    chart.area.setAttribute('d', line && `${line}V${HEIGHT}H${points[0].split(',')[0]}Z`);
    const shown = pointed === null ? samples.at(-1) : nearest(end - (1 - pointed) * MINUTES * 60000);
    say(chart.value, shown ? written(chart, shown[chart.key]) : '-');
    say(chart.when, pointed === null || !shown ? '10 min' : clock(shown.at));
    say(chart.most, `highest ${written(chart, highest)}`);
    if (chart.ceiling) {
      chart.limit.setAttribute('d', `M0,${height(chart.ceiling(now))}H${WIDTH}`);
    }
    chart.cursor.classList.toggle('on', pointed !== null && Boolean(shown));
    if (shown) ['x1', 'x2'].forEach(side => chart.cursor.setAttribute(side, across(shown.at)));
    chart.svg.setAttribute('aria-label',
        `${chart.title}: now ${samples.length ? written(chart, values.at(-1)) : 'unknown'}, highest ${written(chart, highest)}`);
  }
}

function nearest(at) {
  return samples.reduce((best, sample) =>
      best && Math.abs(best.at - at) <= Math.abs(sample.at - at) ? best : sample, null);
}

// One pointer for all charts: what happened at the same time stands below each other.
by('charts').addEventListener('pointermove', event => {
  const chart = event.target.closest('figure')?.querySelector('svg')?.getBoundingClientRect();
  pointed = chart ? Math.min(1, Math.max(0, (event.clientX - chart.left) / chart.width)) : null;
  if (now) charts();
});
by('charts').addEventListener('pointerleave', () => {
  pointed = null;
  if (now) charts();
});

// ---- who holds

const slots = [];

/** A lease keeps its row as long as it lasts: nothing moves below the pointer. */
function leases() {
  const size = Math.max(now.pool.size, now.connections.length);
  while (slots.length < size) slots.push(slot(slots.length));
  while (slots.length > size) slots.pop().row.remove();
  const held = new Map(now.connections.map(lease => [lease.lease, lease]));
  for (const place of slots) {
    place.lease = held.get(place.lease?.lease) ?? null;
    if (place.lease) held.delete(place.lease.lease);
  }
  for (const lease of held.values()) slots.find(place => !place.lease).lease = lease;
  slots.forEach(fill);
  const off = !now.actions.on;
  say(by('off'), now.actions.reason);
  by('off').hidden = !off;
  by('evict').disabled = off;
}

function slot(number) {
  const place = {number, lease: null};
  const cell = (className, label, ...children) => {
    const made = element('td', className, ...children);
    made.setAttribute('role', 'cell');
    made.dataset.label = label;
    return made;
  };
  place.id = element('b', 'id');
  place.state = element('span', 'state');
  place.module = element('b', '');
  place.operation = element('span', '');
  place.request = element('span', 'muted mono');
  place.company = element('span', 'muted mono');
  place.what = element('span', 'main mono');
  place.session = element('span', 'muted');
  place.frame = element('summary', 'mono');
  place.frames = element('ol', 'mono');
  place.stack = element('details', '', place.frame, place.frames);
  place.bar = element('span', 'fill');
  place.time = element('span', 'main number');
  place.button = element('button', '', 'Cancel');
  place.button.type = 'button';
  place.button.addEventListener('click', () => askToCancel(place.lease));
  place.button.setAttribute('aria-describedby', 'off');
  place.row = element('tr', '',
      cell('first', 'Lease', place.id, place.state),
      cell('', 'Who', element('span', 'main', place.module, ' ', place.operation), place.request, place.company),
      cell('', 'What', place.what, place.session, place.stack),
      cell('', 'How long', place.time, element('span', 'bar', place.bar)),
      cell('last', 'Action', place.button));
  place.row.setAttribute('role', 'row');
  place.row.tabIndex = -1;
  by('slots').append(place.row);
  return place;
}

function fill(place) {
  const lease = place.lease;
  const share = lease ? lease.heldMs / lease.budgetMs : 0;
  place.row.className = !lease ? 'free' : share > 1 || lease.state === 'late' ? 'late' : share > 0.8 ? 'soon' : '';
  if (!lease && place.row.contains(document.activeElement)) place.row.focus();
  place.button.hidden = !lease;
  place.button.disabled = !now.actions.on;
  say(place.id, lease ? `#${lease.lease}` : '');
  say(place.state, lease ? lease.state : 'free');
  say(place.module, lease ? lease.module : '');
  say(place.operation, lease ? lease.operation : '');
  say(place.request, lease ? `request ${lease.requestId}` : '');
  say(place.company, lease?.company ? `company ${lease.company}` : '');
  say(place.what, lease ? lease.statement || 'no statement yet' : '');
  say(place.session, lease ? [lease.session, `backend ${lease.backendPid}`].filter(Boolean).join(', ') : '');
  const stack = lease?.stack ?? [];
  place.stack.hidden = !stack.length;
  if (!stack.length) place.stack.open = false;
  say(place.frame, topmost(stack));
  if (place.frames.dataset.stack !== stack.join('\n')) {
    place.frames.dataset.stack = stack.join('\n');
    place.frames.replaceChildren(...stack.map(frame => element('li', '', frame)));
  }
  say(place.time, lease ? `${duration(lease.heldMs)} of ${limit(lease.budgetMs)}` : '');
  place.bar.style.width = `${Math.min(100, share * 100)}%`;
  place.button.setAttribute('aria-label', lease ? `Cancel lease ${lease.lease}, ${lease.module} ${lease.operation}` : '');
}

/** Where the holder is in our own code; the frames below it are in the list. */
function topmost(stack) {
  const own = stack.find(frame => frame.includes('showfloor.') && !frame.includes('showfloor.dbapi')) ?? stack[0] ?? '';
  return own.replace(/^(?:[a-z]\w*\.)+(?=[A-Z])/, '');
}

// ---- the other parts

function queue() {
  if (!now.pool.waiting) return [element('p', 'none', 'Nobody waits.')];
  const groups = table([['Module'], ['Priority'], ['Waiting', true], ['Longest', true]],
      now.queueGroups.map(group => [group.module, group.priority, count(group.waiting), duration(group.longestMs)]));
  const first = now.queue[0];
  return [groups, element('p', 'muted', `First in line: ${first.module} ${first.operation}, for ${duration(first.waitedMs)}.`)];
}

function reconciliation() {
  const last = now.reconciliation;
  if (!last) return [element('p', 'none', 'No reconciliation yet.')];
  const agree = !last.differences.length && !last.foreign.length && !last.stale.length;
  return [
    element('p', agree ? 'good' : 'soon', agree ? `Books, pool and server agree (${clock(last.at)}).`
        : `They do not agree (${clock(last.at)}).`),
    ...last.differences.map(text => element('p', '', text)),
    ...sessions('Sessions of this login that no instance owns', last.foreign),
    ...sessions('Sessions of instances that no longer live', last.stale),
    table([['Count of'], ['Then', true]], [
      ['Leases on the books', count(last.held)],
      ['In use, says the pool', count(last.inUse)],
      ['Connections of the pool', count(last.poolConnections)],
      ['Sessions, says the server', last.sessions < 0 ? 'not asked' : count(last.sessions)],
    ]),
  ];
}

function sessions(title, all) {
  return all.length ? [element('h3', '', title), ...all.map(session => element('p', 'mono',
      `process ${session.pid} '${session.applicationName}' from ${session.clientAddress}, ${session.state}`))] : [];
}

function refusals() {
  const reasons = Object.entries(now.totals.refusals).filter(([, number]) => number > 0);
  if (!reasons.length) return [element('p', 'none', 'Nobody was turned away since the start.')];
  return [table([['Reason'], ['Since the start', true]],
      reasons.map(([reason, number]) => [REASONS[reason] ?? reason, count(number)]))];
}

function modules() {
  if (!now.modules.length) return [element('p', 'none', 'No module has asked for a connection yet.')];
  const all = (list, name) => list.filter(one => one.module === name).length;
  const held = now.modules.reduce((sum, module) => sum + module.heldMs, 0) || 1;
  const waiting = name => now.queueGroups.filter(group => group.module === name)
      .reduce((sum, group) => sum + group.waiting, 0);
  return [table([['Module'], ['Holds', true], ['Waits', true], ['Leases', true], ['Share', true], ['Mean wait', true],
    ['Mean lease', true], ['Turned away', true], ['Timed out', true], ['Destroyed', true]],
  now.modules.map(module => [module.module, count(all(now.connections, module.module)), count(waiting(module.module)),
    count(module.leases), `${Math.round(100 * module.heldMs / held)} %`,
    mean(module.waitMs, module.leases), mean(module.heldMs, module.leases),
    count(module.refused), count(module.timedOut), count(module.destroyed)]))];
}

function mean(ms, leases) {
  return leases ? duration(ms / leases) : '-';
}

// ---- actions

let asked = null;

function askToCancel(lease) {
  if (!lease) return;
  ask(`Cancel lease #${lease.lease}?`,
      `${lease.module} ${lease.operation} has held its connection for ${duration(lease.heldMs)} of ${limit(lease.budgetMs)}.`
      + ' Its request fails, its work is undone, and its connection is closed.',
      'Cancel it', true, `connections/${lease.lease}/cancel`, `Lease #${lease.lease} was cancelled.`);
}

by('evict').addEventListener('click', () => ask('Replace all connections?',
    'Idle connections are closed now, held ones when they come back; new ones are opened as they are needed. No request fails.',
    'Replace all', false, 'connections/evict', 'All connections are being replaced.'));

function ask(title, text, yes, grave, path, done) {
  asked = {path, done};
  say(by('ask-title'), title);
  say(by('ask-text'), text);
  say(by('ask-yes'), yes);
  by('ask-yes').className = grave ? 'grave' : 'strong';
  say(by('ask-wrong'), '');
  askForToken();
  by('ask').showModal();
}

function askForToken() {
  by('ask-token').hidden = !now.actions.token || sessionStorage.getItem('token') !== null;
}

by('ask-no').addEventListener('click', () => by('ask').close());

by('ask').addEventListener('submit', async event => {
  event.preventDefault();
  if (!by('ask-token').hidden) sessionStorage.setItem('token', by('token').value);
  by('token').value = '';
  by('ask-yes').disabled = true;
  try {
    const problem = await act(asked.path);
    if (problem) {
      say(by('ask-wrong'), problem);
      askForToken();
    } else {
      by('ask').close();
      say(by('done'), asked.done);
      setTimeout(() => say(by('done'), ''), 8000);
    }
  } finally {
    by('ask-yes').disabled = false;
  }
});

/** What went wrong, empty when all went well. */
async function act(path) {
  const token = sessionStorage.getItem('token');
  const headers = {'Content-Type': 'application/json', 'X-Showfloor-Action': 'console'};
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    const answer = await fetch(path, {method: 'POST', headers, body: '{}'});
    if (answer.ok) return '';
    if (answer.status === 401) sessionStorage.removeItem('token');
    const problem = await answer.json();
    return answer.status === 401 ? 'That token is not the one.' : problem.detail || problem.title;
  } catch (error) {
    return 'The server does not answer.';
  }
}

by('pause').addEventListener('click', () => {
  paused = !paused;
  by('pause').setAttribute('aria-pressed', String(paused));
  say(by('pause'), paused ? 'Go on' : 'Pause');
  live();
  if (!paused && now) draw();
});

build();
connect();
