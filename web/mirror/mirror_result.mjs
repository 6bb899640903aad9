// What a run came to, and how far it is: words, a table, and what an exploration found. Nothing here is announced; the
// page's live regions do that.

import { grouped, make, setAttribute, setHidden, setRich, setRows, setText, setTextOrHide } from './mirror_dom.mjs';
import { wordsOf } from './mirror_messages.mjs';
import { words } from '../messages.mjs';
import { lessonOf } from '../share.mjs';
import { TranscriptView } from './mirror_transcript.mjs';

// Where the run is, in words.
function phaseOf(state, messages) {
  const { lang, phase, steps, problem } = state;
  if (problem) return messages.couldNotRun[lang];
  const said = messages[phase][lang];
  if (state.engine !== 'sim' || steps.count === 0 || phase === 'idle' || phase === 'running') return said;
  return words(messages.atStep, lang, { phase: said, cursor: grouped(steps.cursor), count: grouped(steps.count) });
}

// What the canvas says beside the counts; while something else is in the way there, the plain truth.
function proofOf({ exploration, nodes, lang }, messages) {
  const drawn = nodes.find(({ role, key }) => role === 'status' && key === 'story');
  if (drawn) return drawn.label;
  if (!exploration.exhausted) return messages.notExhausted[lang];
  return messages[exploration.failures + exploration.hangs > 0 ? 'exhaustedFailing' : 'exhausted'][lang];
}

// A name and a value in each row.
class FactTable {
  constructor() {
    this.caption = make('caption');
    this.body = make('tbody');
    this.table = make('table', {}, [this.caption, this.body]);
  }

  show(caption, rows) {
    setHidden(this.table, rows.length === 0);
    setText(this.caption, caption);
    const makeRow = () => make('tr', {}, [make('th', { scope: 'row' }), make('td')]);
    setRows(this.body, rows, makeRow, (row, { label, shown }) => {
      setText(row.children[0], label);
      setText(row.children[1], shown);
    });
  }
}

export class ResultView {
  // `watch()` is called when the reader wants to see the explorer's failure step by step.
  constructor(catalogue, app, watch) {
    this.catalogue = catalogue;
    this.words = wordsOf(catalogue);
    this.app = app;
    this.heading = make('h2', { id: 'mirror-result' });
    this.phase = make('p', { class: 'mirror-phase' });
    this.progress = make('progress', { max: 1 });
    this.step = make('p', { class: 'mirror-sentence' });
    this.headline = make('h3', { class: 'mirror-headline' });
    this.sentence = make('p', { class: 'mirror-sentence' });
    this.race = make('p', { class: 'mirror-sentence' });
    this.races = make('ul');
    this.figures = new FactTable();
    this.transcript = new TranscriptView(app);
    this.tryNextHeading = make('h3');
    this.tryNext = make('p');
    this.lesson = make('a', { target: '_blank', rel: 'noopener' });
    this.section = make('section', { 'aria-labelledby': this.heading.id }, [
      this.heading, this.phase, this.progress, this.step, this.headline, this.sentence, this.race, this.races,
      this.figures.table, this.#makeExploration(watch), this.transcript.details,
      make('div', { class: 'mirror-try' }, [this.tryNextHeading, this.tryNext, this.lesson]),
    ]);
  }

  show(state) {
    const { lang, outcome } = state;
    setText(this.heading, this.words.result[lang]);
    setText(this.phase, phaseOf(state, this.words));
    this.#showProgress(state);
    setTextOrHide(this.step, state.problem ?? this.#stepOf(state));
    setTextOrHide(this.headline, outcome?.headline ?? '');
    this.headline.dataset.verdict = outcome?.verdict ?? '';
    setTextOrHide(this.sentence, outcome?.sentence ?? '');
    this.#showRace(state);
    this.figures.show(this.words.figures[lang], Object.values(outcome?.figures ?? {}));
    this.#showExploration(state);
    this.transcript.show(state);
    setText(this.tryNextHeading, this.words.tryNext[lang]);
    setText(this.lesson, this.words.lesson[lang]);
    setHidden(this.lesson, !state.lesson);
    setAttribute(this.lesson, 'href', lessonOf(state.workload, lang));
    setRich(this.tryNext, this.catalogue.workloads.find(({ id }) => id === state.workload).try_next[lang]);
  }

  // What the current step did. Of a run without steps the phase and the outcome say all that the status says.
  #stepOf({ engine, phase, status, lang }) {
    const says = engine === 'sim' && (phase === 'paused' || phase === 'finished') && status !== this.words.running[lang];
    return says ? status ?? '' : '';
  }

  #showProgress({ phase, progress, lang }) {
    const known = Math.max(0, Math.min(1, progress ?? 0));
    setHidden(this.progress, phase !== 'running' && phase !== 'starting');
    if (this.progress.value !== known) this.progress.value = known;
    this.progress.setAttribute('aria-label', this.words.progress[lang]);
  }

  #showRace({ race, lang }) {
    setTextOrHide(this.race, race?.sentence ?? '');
    // The sentence tells of the first one.
    const first = race?.first.length > 1 ? race.first : [];
    setHidden(this.races, first.length === 0);
    setRows(this.races, first, () => make('li'), (row, { variable, accesses: [one, two] }) => {
      const values = { variable, first: one.thread, second: two.thread, firstStep: one.step, secondStep: two.step };
      setText(row, words(this.words.race, lang, values));
    });
  }

  #makeExploration(watch) {
    this.counts = new FactTable();
    this.proof = make('p', { class: 'mirror-sentence' });
    this.outcomesCaption = make('caption');
    this.outcomesHead = make('tr', {}, [0, 1, 2, 3].map(() => make('th', { scope: 'col' })));
    this.outcomesBody = make('tbody');
    this.outcomes = make('table', {}, [this.outcomesCaption, make('thead', {}, this.outcomesHead), this.outcomesBody]);
    this.storyHeading = make('h3');
    this.story = make('ol');
    this.scheduleName = make('span');
    this.schedule = make('code');
    this.watch = make('button', { type: 'button' });
    this.watch.addEventListener('click', watch);
    // Buttons of the canvas: there where they are there, with its words.
    this.actions = ['remedy', 'search-on'].map((key) => {
      const button = make('button', { type: 'button' });
      button.addEventListener('click', () => this.app.perform('button', key));
      return { key, button };
    });
    this.failure = make('div', { class: 'mirror-part' }, [
      this.storyHeading, this.story, make('p', { class: 'mirror-schedule' }, [this.scheduleName, ' ', this.schedule]), this.watch,
    ]);
    this.exploration = make('div', { class: 'mirror-part' }, [
      this.counts.table, this.proof, ...this.actions.map(({ button }) => button), this.outcomes, this.failure,
    ]);
    return this.exploration;
  }

  #showExploration(state) {
    const { exploration: found, lang } = state;
    setHidden(this.exploration, !found);
    if (!found) return;
    const count = (key) => ({ label: this.words[key][lang], shown: grouped(found[key]) });
    // At its end they are among the figures.
    const counts = state.outcome ? [] : ['executions', 'failures', 'hangs'];
    this.counts.show(this.words.search[lang], counts.map(count));
    setText(this.proof, proofOf(state, this.words));
    for (const { key, button } of this.actions) {
      const node = state.nodes.find((one) => one.role === 'button' && one.key === key && one.enabled);
      setHidden(button, !node);
      setText(button, node?.label ?? '');
    }
    this.#showOutcomes(state);
    setHidden(this.failure, found.story.length === 0 && !found.schedule);
    setText(this.storyHeading, this.words.shortest[lang]);
    setRows(this.story, found.story, () => make('li'), (row, step) => setRich(row, step));
    setText(this.scheduleName, this.words.schedule[lang]);
    setText(this.schedule, found.schedule);
    setText(this.watch, this.words.watch[lang]);
    setHidden(this.watch, !found.schedule);
  }

  #showOutcomes({ exploration: { histogram }, chances, lang }) {
    setHidden(this.outcomes, histogram.length === 0);
    setText(this.outcomesCaption, this.words.outcomes[lang]);
    ['value', 'howOften', 'atRandom', 'judged'].forEach((key, at) => setText(this.outcomesHead.children[at], this.words[key][lang]));
    // Known once every state has been seen.
    const known = chances.length > 0;
    setHidden(this.outcomesHead.children[2], !known);
    const makeRow = () => make('tr', {}, [make('th', { scope: 'row' }), ...[1, 2, 3].map(() => make('td'))]);
    setRows(this.outcomesBody, histogram, makeRow, (row, { value, executions, failure }, at) => {
      setText(row.children[0], grouped(value));
      setText(row.children[1], grouped(executions));
      setText(row.children[2], chances[at] ?? '');
      setHidden(row.children[2], !known);
      setText(row.children[3], this.words[failure ? 'wrong' : 'right'][lang]);
      row.dataset.verdict = failure ? 'failure' : 'ok';
    });
  }
}
