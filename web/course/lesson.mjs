// A lesson beside its playground: a guess comes before what there is to see, and a link to try something opens it
// there.

const part = (id) => document.getElementById(id);
const frame = part('playground');
const rest = part('rest');
const form = document.querySelector('form.guess');

// What the reader chose, and whether it is so; from then on the rest is open.
function tell(chosen) {
  const answer = form.querySelector('.answer');
  const summary = answer.querySelector('summary');
  const right = form.querySelector('label[data-right]');
  chosen.classList.add('chosen');
  right.classList.add('right');
  right.querySelector('.mark').hidden = false;
  form.querySelector('fieldset').disabled = true;
  form.querySelector('button').hidden = true;
  // It is marked among the answers already.
  form.querySelector('.is-right').hidden = true;
  summary.textContent = chosen === right ? summary.dataset.right : summary.dataset.wrong;
  answer.hidden = false;
  answer.open = true;
  rest.open = true;
  part('guessed').textContent = chosen.querySelector('.choice').textContent;
  summary.focus({ preventScroll: true });
}

function askFirst() {
  rest.open = false;
  form.querySelector('.answer').hidden = true;
  form.querySelector('button').hidden = false;
  document.querySelector('.notes').hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    tell(form.querySelector('input:checked').closest('label'));
  });
}

// The frame has a poster, or the app, which says so when it can be asked.
let ready = false;
let asked = 0;

const ask = (type, more = {}) => {
  asked += 1;
  frame.contentWindow.postMessage({ to: 'interleave', v: 1, id: asked, type, ...more }, location.origin);
};

// Where the app is not there yet, the poster opens it with this and runs it at once; so it is run here, too.
function tryOut({ dataset: { query } }) {
  if (ready) {
    ask('set', { query });
    ask('run');
  } else {
    const address = new URL(frame.src);
    const lang = address.searchParams.get('lang');
    frame.src = new URL(`?${query}&lang=${lang}&theme=auto&start=1`, address).href;
  }
  // Below each other the playground is out of sight.
  const { top, bottom } = frame.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) frame.scrollIntoView({ block: 'center' });
}

function made(tag, text) {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

// The poster has a shape of its own.
function seeWhatIsThere() {
  const isPoster = frame.contentWindow.location.pathname.endsWith('/v1/embed.html');
  frame.parentElement.classList.toggle('open', !isPoster);
}

// `like this`, as the app says it.
const withCode = (text) => text.split('`').map((piece, at) => (at % 2 ? made('code', piece) : piece));

function hear({ source, origin, data }) {
  if (source !== frame.contentWindow || origin !== location.origin || data?.source !== 'interleave' || data.v !== 1) return;
  if (data.type === 'poster') ready = false;
  if (data.type === 'ready') ready = true;
  if (data.type === 'outcome') part('this-run').replaceChildren(made('strong', data.headline), ' ', ...withCode(data.sentence));
}

function follow(event) {
  const link = event.target.closest('a.try');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  for (const one of document.querySelectorAll('a.try[aria-current]')) one.removeAttribute('aria-current');
  link.setAttribute('aria-current', 'true');
  tryOut(link);
}

// On paper nothing can be unfolded, and no link followed.
function openForPaper() {
  const link = document.querySelector('.elsewhere a');
  link.dataset.address = link.href;
  const closed = [...document.querySelectorAll('details:not([open])')];
  for (const one of closed) one.open = true;
  addEventListener('afterprint', () => {
    for (const one of closed) one.open = false;
  }, { once: true });
}

if (frame) {
  askFirst();
  addEventListener('message', hear);
  frame.addEventListener('load', seeWhatIsThere);
  document.addEventListener('click', follow);
  addEventListener('beforeprint', openForPaper);
}
