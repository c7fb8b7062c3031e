// The page: three forms, a list of rows, and the address that remembers what was asked. All texts come
// from articles and go into the page as text, never as markup.
'use strict';

const step = 50;
const $ = (id) => document.getElementById(id);
let shown = 0; // rows of the present answer
let asked = 0; // number of the latest question; late answers to earlier ones are dropped

async function ask(path, parameters) {
  const reply = await fetch(`${path}?${parameters}`);
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.error || reply.statusText);
  return body;
}

function fields(form) {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) parameters.set(name, value.trim());
  return parameters;
}

function put(node, selector, text) {
  node.querySelector(selector).textContent = text || '';
}

// An address that a browser may follow; anything else stays text.
function link(address, text) {
  const a = document.createElement('a');
  a.textContent = text;
  if (/^https?:\/\//i.test(address || '')) {
    a.href = address;
    a.rel = 'noreferrer noopener';
    a.target = '_blank';
  }
  return a;
}

// Words between what stands around them; marks stand close.
function putInContext(node, selector, words, row) {
  const before = row.context_before || '', after = row.context_after || '';
  put(node, '.before', before + (/[“‘"'«„(\[]?$/.exec(before)[0] ? '' : ' '));
  put(node, selector, words);
  put(node, '.after', (/^[”’"'»“)\],.;:?!]/.test(after) ? '' : ' ') + after);
}

function putSource(node, row, id) {
  put(node, 'time', row.date);
  const source = [row.outlet, row.title || row.path].filter(Boolean).join(': ');
  node.querySelector('.place').append(link(row.url, `${source}, paragraph ${row.paragraph}`));
  node.querySelector('.place').title = [row.path, id].filter(Boolean).join(', ');
}

function quoteRow(row) {
  const node = $('quote').content.cloneNode(true);
  putInContext(node, 'q', row.quote, row);
  put(node, 'b', row.speaker || (row.speaker_kind === 'unnamed' ? 'unnamed' : 'unknown speaker'));
  const written = row.speaker_as_written && row.speaker_as_written !== row.speaker;
  put(node, '.written', `${written ? `here: ${row.speaker_as_written}, ` : ''}${row.kind}, ` +
      `${Math.round(row.confidence * 100)} % sure (${row.rule || 'no rule'})`);
  putSource(node, row, row.quote_id);
  put(node, '.notes', row.duplicates ? `and ${count(row.duplicates, 'repeat')}` : '');
  return node;
}

function mentionRow(row) {
  const node = $('mention').content.cloneNode(true);
  putInContext(node, 'mark', row.text, row);
  putSource(node, row);
  return node;
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function entityRow(row) {
  const node = $('entity').content.cloneNode(true);
  const name = node.querySelector('b');
  name.append(nameLink(row));
  put(node, '.type', `${row.type}, ${row.id}`);
  put(node, '.variants', row.variants);
  const seen = [row.first, row.last].filter(Boolean).join(' to ');
  put(node, '.source', `${count(row.quotes, 'quotation')}, ${row.reported} reported, `);
  const mentions = document.createElement('a');
  mentions.textContent = count(row.mentions, 'mention');
  mentions.href = `#mentions?${new URLSearchParams({name: row.id})}`;
  node.querySelector('.source').append(mentions, ` in ${count(row.documents, 'article')}${seen && `, ${seen}`}`);
  return node;
}

function nameLink(entity) {
  const a = document.createElement('a');
  a.textContent = entity.name;
  a.href = `#quotes?${new URLSearchParams({[entity.type === 'place' ? 'about' : 'by']: entity.id})}`;
  return a;
}

const views = {
  quotes: {path: '/api/quotes', row: quoteRow, noun: 'quotations'},
  names: {path: '/api/entities', row: entityRow, noun: 'names'},
  mentions: {path: '/api/mentions', row: mentionRow, noun: 'mentions', needs: 'name'},
};

// What the address asks for: "#quotes?by=..." or "#names?match=...".
function wanted() {
  const [name, parameters] = location.hash.slice(1).split(/\?(.*)/s);
  return {name: views[name] ? name : 'quotes', parameters: new URLSearchParams(parameters)};
}

function fill(form, parameters) {
  form.reset();
  for (const [name, value] of parameters) {
    const field = form.elements[name];
    if (field && field.type === 'checkbox') field.checked = true;
    else if (field) field.value = value;
  }
}

function showBearers(answer) {
  const line = $('bearers');
  line.replaceChildren();
  if (answer.bearers.length < 2 && !answer.suggestion) return;
  line.append(answer.suggestion ? 'Nobody of that name. Near are: ' : 'The name fits several: ');
  for (const entity of answer.bearers) {
    line.append(nameLink(entity), ` (${entity.id}) `);
  }
}

async function show(more) {
  const {name, parameters} = wanted(), view = views[name], mine = ++asked;
  if (!more) shown = 0;
  for (const other of Object.keys(views)) {
    $(`form-${other}`).hidden = other !== name;
    $(`tab-${other}`).toggleAttribute('aria-current', other === name);
  }
  if (!more) fill($(`form-${name}`), parameters);
  if (view.needs && !parameters.get(view.needs)) { // nothing is asked yet
    for (const part of ['rows', 'bearers', 'count']) $(part).replaceChildren();
    $('more').hidden = true;
    return;
  }
  const window = new URLSearchParams(parameters);
  window.set('offset', shown);
  window.set('limit', step);
  try {
    const answer = await ask(view.path, window);
    if (mine !== asked) return;
    if (!more) $('rows').replaceChildren();
    $('rows').append(...answer.rows.map(view.row));
    shown += answer.rows.length;
    $('count').textContent = `${shown} of ${answer.total} ${view.noun} `;
    if (name === 'quotes' && answer.total) {
      const csv = document.createElement('a');
      csv.href = `/quotes.csv?${parameters}`;
      csv.textContent = 'all as CSV';
      $('count').append(csv);
    }
    $('more').hidden = shown >= answer.total;
    showBearers(answer);
  } catch (problem) {
    if (mine !== asked) return;
    $('rows').replaceChildren();
    $('bearers').replaceChildren();
    $('more').hidden = true;
    $('count').textContent = problem.message;
  }
}

function suggestInto(field, list) {
  field.addEventListener('input', async () => {
    const typed = field.value.trim();
    if (typed.length < 2) return;
    const answer = await ask('/api/suggest', new URLSearchParams({q: typed})).catch(() => ({rows: []}));
    if (field.value.trim() !== typed) return;
    list.replaceChildren(...answer.rows.map((entity) => {
      const option = document.createElement('option');
      option.value = entity.name;
      option.label = `${entity.name} (${entity.type}, ${entity.quotes} quotations)`;
      return option;
    }));
  });
}

async function start() {
  for (const name of Object.keys(views)) {
    $(`form-${name}`).addEventListener('submit', (event) => {
      event.preventDefault();
      const hash = `#${name}?${fields(event.target)}`;
      if (location.hash === hash) show(false);
      else location.hash = hash;
    });
  }
  suggestInto($('form-quotes').elements.by, $('speakers'));
  suggestInto($('form-quotes').elements.about, $('subjects'));
  suggestInto($('form-mentions').elements.name, $('mentioned'));
  $('more').addEventListener('click', () => show(true));
  window.addEventListener('hashchange', () => show(false));
  show(false);
  const info = await ask('/api/info', '');
  const days = [info.first, info.last].filter(Boolean).join(' to ');
  $('about').textContent = `${info.documents} articles, ${info.quotes} quotations${days && `, ${days}`}`;
}

start();
