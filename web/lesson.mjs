// A lesson beside its playground: a link to try something opens it there, and a guess comes before what there is to see.

const frame = document.getElementById('playground');
const form = document.querySelector('form.guess');
const rest = document.getElementById('rest');
const part = (id) => document.getElementById(id);
let ready = false;

function openGuess() {
  if (!form) return;
  form.hidden = false;
  rest.open = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    part('outcome-guess').textContent = part('guess').value.trim() || '…';
    rest.open = true;
    rest.querySelector('h2').scrollIntoView({ block: 'center' });
    rest.querySelector('summary').focus({ preventScroll: true });
  });
}

// In the frame where it is open already, else by opening it.
function tryOut(query, link) {
  for (const one of document.querySelectorAll('a.try[aria-current]')) one.removeAttribute('aria-current');
  link.setAttribute('aria-current', 'true');
  if (ready) {
    frame.contentWindow.postMessage({ to: 'interleave', v: 1, id: 1, type: 'set', query }, location.origin);
  } else {
    const address = new URL(frame.src);
    const lang = address.searchParams.get('lang');
    frame.src = new URL(`?${query}&lang=${lang}&start=1`, address).href;
  }
  if (innerWidth < 1100) frame.scrollIntoView({ block: 'center' });
}

function hear({ source, data }) {
  if (source !== frame.contentWindow || data?.source !== 'interleave' || data.v !== 1) return;
  if (data.type === 'poster') ready = false;
  if (data.type === 'ready') ready = true;
  if (data.type !== 'outcome') return;
  part('outcome-guess').textContent = part('guess')?.value.trim() || '…';
  part('outcome-headline').textContent = data.headline;
  part('outcome-sentence').textContent = data.sentence;
  part('outcome').hidden = false;
}

if (frame) {
  openGuess();
  addEventListener('message', hear);
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a.try');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    tryOut(link.dataset.query, link);
  });
  // On paper everything can be read.
  addEventListener('beforeprint', () => {
    rest.open = true;
  });
}
