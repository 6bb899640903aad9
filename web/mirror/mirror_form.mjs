// The controls: what is run, its settings, and the buttons. Each asks the app, and shows what the app says is set.

import { hasFocus, make, setAttribute, setHidden, setRich, setText, setTextOrHide } from './mirror_dom.mjs';
import { makeField } from './mirror_field.mjs';
import { wordsOf } from './mirror_messages.mjs';
import { watchQuery } from './mirror_rules.mjs';

const isRunning = ({ phase }) => phase === 'starting' || phase === 'running';
const isSimulated = ({ engine }) => engine === 'sim';
const ownValues = 'own';

// A labelled select with a hint below it.
function makeSelect(id) {
  const select = make('select', { id, 'aria-describedby': `${id}-hint` });
  const label = make('label', { for: id });
  const hint = make('p', { id: `${id}-hint`, class: 'mirror-hint' });
  return { select, label, hint, row: make('div', { class: 'mirror-field' }, [label, select, hint]) };
}

export class FormView {
  #catalogue;
  #words;
  #ask;
  #texts = [];  // [write, pair]: what is the same for every workload
  #fields = new Map();  // those of the workload and of the engine that are shown, by key
  #built = { workload: null, engine: null };
  #state;

  // `ask(request)` returns what is wrong, or ''.
  constructor(catalogue, ask) {
    this.#catalogue = catalogue;
    this.#words = wordsOf(catalogue);
    this.#ask = ask;
    this.form = make('form', { id: 'mirror-form', novalidate: true }, [
      this.#makeProblems(), this.#makeWorkload(), this.#makeEngines(), this.#makePresets(), this.#makeSettings(),
    ]);
    this.actions = this.#makeActions();
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#runOrStop();
    });
  }

  focusFirst() {
    this.workload.select.focus();
  }

  show(state) {
    this.#state = state;
    const { lang } = state;
    for (const [write, pair] of this.#texts) write(pair[lang]);
    setTextOrHide(this.problems, (state.problems ?? []).join(' '));
    this.#showWorkload(state);
    this.#showEngines(state);
    this.#showPresets(state);
    this.#showSettings(state);
    this.#showActions(state);
  }

  // The run that the explorer found: the simulator takes it again, a step at a time.
  watch() {
    this.#trouble(this.#ask({ configure: watchQuery(this.#state) }));
    // The button that was pressed has gone with the report.
    if (isSimulated(this.#state)) this.forward.focus();
  }

  #text(node, pair) {
    this.#texts.push([(text) => setText(node, text), pair]);
    return node;
  }

  #makeProblems() {
    this.problems = make('p', { class: 'mirror-problems', hidden: true });
    return this.problems;
  }

  #makeWorkload() {
    this.workload = makeSelect('mirror-workload');
    this.#text(this.workload.label, this.#words.workload);
    for (const group of this.#catalogue.groups) {
      const members = this.#catalogue.workloads.filter((workload) => workload.group === group.key);
      const options = members.map(({ id, title }) => this.#text(make('option', { value: id }), title));
      if (options.length === 0) continue;
      const part = make('optgroup', {}, options);
      this.#texts.push([(text) => setAttribute(part, 'label', text), group.title]);
      this.workload.select.append(part);
    }
    this.workload.select.addEventListener('change', ({ target }) => this.#choose({ workload: target.value }));
    return this.workload.row;
  }

  #makeEngines() {
    this.engines = this.#catalogue.engines.map((engine) => {
      const id = `mirror-engine-${engine.key}`;
      const radio = make('input', { type: 'radio', name: 'mirror-engine', value: engine.key, 'aria-describedby': `${id}-hint` });
      const hint = make('p', { id: `${id}-hint`, class: 'mirror-hint' });
      const label = make('label', {}, [radio, this.#text(make('span'), engine.label)]);
      return { key: engine.key, says: engine.hint, radio, hint, label };
    });
    const legend = this.#text(make('legend'), this.#words.engine);
    const group = make('fieldset', {}, [legend, make('div', { class: 'mirror-segments' }, this.engines.map(({ label }) => label))]);
    group.addEventListener('change', ({ target }) => this.#choose({ engine: target.value }));
    return make('div', { class: 'mirror-field' }, [group, ...this.engines.map(({ hint }) => hint)]);
  }

  #makePresets() {
    this.preset = makeSelect('mirror-preset');
    this.#text(this.preset.label, this.#words.preset);
    this.preset.select.addEventListener('change', ({ target: { value } }) => {
      // The defaults are those of the engine that is chosen, which is what a workload begins with.
      this.#choose(value === '' ? { workload: this.#state.workload } : { preset: value });
    });
    return this.preset.row;
  }

  #makeSettings() {
    this.params = make('div', { class: 'mirror-fields' });
    this.settings = make('div', { class: 'mirror-fields' });
    this.more = make('details', { class: 'mirror-fold' }, [this.#text(make('summary'), this.#words.more), this.settings]);
    this.nextNote = this.#text(make('p', { class: 'mirror-note' }), this.#words.atNextRun);
    const heading = this.#text(make('h2', { id: 'mirror-settings' }), this.#words.settings);
    return make('section', { 'aria-labelledby': heading.id }, [heading, this.nextNote, this.params, this.more]);
  }

  // They lie outside the form, so that they stay in sight while the results below them are read.
  #makeActions() {
    const button = (pair, act, attributes = {}) => {
      const node = this.#text(make('button', { type: 'button', ...attributes }), pair);
      // A button that is off keeps the focus: whoever steps back to the start is not thrown out of the form.
      node.addEventListener('click', () => node.getAttribute('aria-disabled') || act());
      return node;
    };
    this.run = make('button', { type: 'submit', form: 'mirror-form', class: 'mirror-main' });
    this.reset = button(this.#words.reset, () => this.#do('reset'));
    this.back = button(this.#words.back, () => this.#do('back'));
    this.forward = button(this.#words.step, () => this.#stepOn());
    this.next = makeSelect('mirror-next');
    this.#text(this.next.label, this.#words.nextThread);
    this.#text(this.next.hint, this.#words.nextThreadHint);
    this.trouble = make('p', { class: 'mirror-error', role: 'alert', hidden: true });
    this.group = make('div', { class: 'mirror-buttons', role: 'group' }, [this.run, this.back, this.forward, this.reset]);
    return make('div', { class: 'mirror-actions' }, [this.group, this.trouble, this.next.row]);
  }

  // The choice is for one step, as on the canvas.
  #stepOn() {
    const { value } = this.next.select;
    this.next.select.value = '';
    this.#trouble(this.#ask({ do: 'forward', ...(value === '' ? {} : { thread: Number(value) }) }));
  }

  #showNext({ pending = [], engine, phase, lang, steps }) {
    const choices = engine === 'sim' && phase !== 'finished' && steps.cursor >= steps.count ? pending : [];
    setHidden(this.next.row, choices.length === 0);
    const wanted = [['', this.#words.byPolicy[lang], true], ...choices.map(({ thread, name, enabled }) => [String(thread), name, enabled])];
    const { select } = this.next;
    const chosen = select.value;
    if (JSON.stringify(wanted) !== this.shownNext) {
      select.replaceChildren(...wanted.map(([value, text, enabled]) => {
        const option = make('option', { value }, text);
        option.disabled = !enabled;
        return option;
      }));
      this.shownNext = JSON.stringify(wanted);
      select.value = wanted.some(([value, , enabled]) => value === chosen && enabled) ? chosen : '';
    }
  }

  // A change of what is run. Where it is refused, the controls go back to what is set, and a sentence says why.
  #choose(values) {
    this.#trouble(this.#ask({ set: values }));
    this.#showWorkload(this.#state);
    this.#showEngines(this.#state);
    this.#showPresets(this.#state);
  }

  #do(what) {
    this.#trouble(this.#ask({ do: what }));
  }

  #trouble(sentence) {
    setTextOrHide(this.trouble, sentence);
  }

  // Enter in a field runs, and never stops what runs.
  #runOrStop() {
    const typing = document.activeElement?.matches('#mirror-form input');
    if (isRunning(this.#state)) return typing ? undefined : this.#do('stop');
    const wrong = [...this.#fields.values()].filter((field) => field.keepsWrong && !field.commit());
    return wrong.length > 0 ? wrong[0].focus() : this.#do('run');
  }

  #workloadOf(state) {
    return this.#catalogue.workloads.find(({ id }) => id === state.workload);
  }

  #showWorkload(state) {
    if (this.workload.select.value !== state.workload) this.workload.select.value = state.workload;
    setRich(this.workload.hint, this.#workloadOf(state).summary[state.lang]);
  }

  #showEngines(state) {
    for (const { key, says, radio, hint, label } of this.engines) {
      const told = state.engines?.find((engine) => engine.key === key) ?? { enabled: true };
      const enabled = told.enabled || key === state.engine;
      if (radio.disabled === enabled) radio.disabled = !enabled;
      label.classList.toggle('mirror-off', !enabled);
      radio.checked = key === state.engine;
      setText(hint, enabled ? says[state.lang] : told.reason);
      // The chosen one says what it is, and one that is off says why; the third would only take room.
      hint.classList.toggle('mirror-unseen', enabled && key !== state.engine);
    }
  }

  #showPresets(state) {
    const workload = this.#workloadOf(state);
    const { lang } = state;
    const { select, hint } = this.preset;
    const rows = [{ key: '', label: this.#words.defaults }, ...workload.presets];
    const made = `${workload.id} ${lang}`;
    if (select.dataset.made !== made) {
      select.dataset.made = made;
      // What is set otherwise is no preset: it can be seen, and not chosen.
      const own = make('option', { value: ownValues, hidden: true, disabled: true }, this.#words.ownValues[lang]);
      select.replaceChildren(own, ...rows.map(({ key, label }) => make('option', { value: key }, label[lang])));
    }
    if (!state.presets.includes(select.value)) select.value = state.presets[0] ?? ownValues;
    setTextOrHide(hint, rows.find(({ key }) => key === select.value)?.hint?.[lang] ?? '');
  }

  // Only what belongs to another workload or engine is made anew.
  #showSettings(state) {
    const engine = this.#catalogue.engines.find(({ key }) => key === state.engine);
    const workload = this.#workloadOf(state);
    if (this.#built.workload !== state.workload) this.#rebuild(this.params, 'param', workload.params);
    if (this.#built.engine !== state.engine) this.#rebuild(this.settings, 'setting', engine.settings);
    this.#built = { workload: state.workload, engine: state.engine };
    this.#showFields('param', workload.params, state.params);
    this.#showFields('setting', engine.settings, state.settings);
    setHidden(this.more, engine.settings.length === 0);
    setHidden(this.nextNote, !state.setForNext);
  }

  #rebuild(parent, kind, specs) {
    for (const key of this.#fields.keys()) if (key.startsWith(`${kind}.`)) this.#fields.delete(key);
    for (const spec of specs) {
      const commit = (key, value) => this.#ask({ set: { [key]: value } });
      this.#fields.set(`${kind}.${spec.key}`, makeField(spec, `mirror-${kind}-${spec.key}`, commit));
    }
    parent.replaceChildren(...specs.map(({ key }) => this.#fields.get(`${kind}.${key}`).row));
  }

  #showFields(kind, specs, values) {
    const { unmet, lang } = this.#state;
    for (const { key } of specs) this.#fields.get(`${kind}.${key}`).show(values[key], unmet[key] ?? null, lang);
  }

  #showActions(state) {
    const { lang, steps } = state;
    setText(this.run, this.#words[isRunning(state) ? 'stop' : 'run'][lang]);
    setAttribute(this.group, 'aria-label', this.#words.actions[lang]);
    // There is room for the canvas's short word; the name says more, and begins with it.
    setAttribute(this.forward, 'aria-label', this.#words.forward[lang]);
    this.#showNext(state);
    const over = state.phase === 'finished' && steps.cursor >= steps.count;
    setAttribute(this.back, 'aria-disabled', steps.cursor > 0 ? null : 'true');
    setAttribute(this.forward, 'aria-disabled', over ? 'true' : null);
    for (const node of [this.back, this.forward]) {
      if (!isSimulated(state) && hasFocus(node)) this.run.focus();
      setHidden(node, !isSimulated(state));
    }
  }
}
