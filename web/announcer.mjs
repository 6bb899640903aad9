// Speaks what happens in the canvas: a live region for the status, another for the outcome.

const status = document.getElementById('status');
const outcome = document.getElementById('outcome');

function speak(region, sentence) {
  if (sentence && region.textContent !== sentence) region.textContent = sentence;
}

// From the app's state. Both regions keep their text, so that it can also be read later.
export function announce(state) {
  speak(status, [...(state.problems ?? []), state.status].filter(Boolean).join(' '));
  if (state.outcome) speak(outcome, [state.outcome.headline, state.outcome.sentence].filter(Boolean).join(' '));
}
