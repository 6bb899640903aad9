// One declared parameter as a real form control, with its label, its hint and, where it is wrong, a sentence.

import { grouped, make, setAttribute, setHidden, setRich, setText } from './mirror_dom.mjs';
import { mirrorMessages as messages } from './mirror_messages.mjs';
import { words } from '../messages.mjs';
import { liesOpen } from './mirror_rules.mjs';

// What all kinds share. A kind makes `row`, and knows how to read and write its control.
class Field {
  wrong = '';
  // What the app says that the value is; the control may be ahead of it.
  value = null;

  // `commit(key, value)` hands a value on, and returns what is wrong with it, or ''.
  constructor(spec, id, commit) {
    this.spec = spec;
    this.id = id;
    this.commitTo = commit;
    this.what = make('span');
    this.option = make('span', { class: 'mirror-option' });
    this.hint = make('p', { id: `${id}-hint`, class: 'mirror-hint' }, [this.what, ' ', this.option]);
    // An alert is read out when its text comes; the description says it again to whoever comes back to the control.
    this.error = make('p', { id: `${id}-error`, class: 'mirror-error', role: 'alert', hidden: true });
  }

  // `unmet` says why the parameter has no effect now, or is null.
  show(value, unmet, lang) {
    this.lang = lang;
    setText(this.label, this.spec.label[lang]);
    this.showOptions?.(lang);
    if (value !== this.value) this.take(value);
    setRich(this.what, unmet ?? this.hintText(lang));
    setRich(this.option, unmet ? '' : this.optionText(lang));
    this.row.classList.toggle('mirror-off', unmet !== null);
    if (this.described.disabled !== (unmet !== null)) this.described.disabled = unmet !== null;
  }

  take(value) {
    this.value = value;
    this.write(value);
    this.tell('');
  }

  // Hands on what the control holds. Returns whether it was taken.
  commit() {
    const given = this.read();
    // What is set already is not asked for: the app would throw the run away.
    const sentence = this.check() || (given === this.value ? '' : this.commitTo(this.spec.key, given));
    this.tell(sentence);
    if (sentence && !this.keepsWrong) this.write(this.value);
    return sentence === '';
  }

  check() {
    return '';
  }

  tell(sentence) {
    this.wrong = sentence;
    setText(this.error, sentence);
    setHidden(this.error, sentence === '');
    setAttribute(this.described, 'aria-describedby', sentence ? `${this.id}-error ${this.id}-hint` : `${this.id}-hint`);
    if (this.keepsWrong) setAttribute(this.described, 'aria-invalid', sentence ? 'true' : null);
  }

  hintText(lang) {
    return this.spec.hint[lang];
  }

  optionText() {
    return '';
  }
}

// A number, or a duration with its unit. What is typed stays, right or wrong, until it is taken or the app has another
// value.
class TypedField extends Field {
  keepsWrong = true;

  constructor(spec, id, commit) {
    super(spec, id, commit);
    this.described = this.makeControl({ id, name: spec.key, autocomplete: 'off' });
    this.label = make('label', { for: id });
    this.row = make('div', { class: 'mirror-field mirror-beside' }, [this.label, this.described, this.hint, this.error]);
    this.described.addEventListener('change', () => this.commit());
    this.tell('');
  }

  makeControl(common) {
    const { kind, min, max } = this.spec;
    const number = { type: 'number', min, max, step: 1, inputmode: 'numeric' };
    const duration = { type: 'text', autocapitalize: 'off', spellcheck: 'false', size: 10 };
    return make('input', { ...common, ...(kind === 'integer' ? number : duration) });
  }

  // Also where it lies in a part that is folded.
  focus() {
    const folded = this.row.closest('details');
    if (folded) folded.open = true;
    this.described.focus();
  }

  get isTyping() {
    return document.activeElement === this.described && this.described.value !== this.written;
  }

  take(value) {
    if (this.isTyping) return;
    super.take(value);
  }

  read() {
    return this.described.value.trim();
  }

  write(value) {
    this.written = value;
    this.described.value = value;
  }

  commit() {
    const taken = super.commit();
    // From here on it counts as written: the app may put it in its own form, 5000us as 5ms.
    if (taken) this.written = this.described.value;
    return taken;
  }

  // The browser gives no value where the letters make none, and its own sentence may be in another language.
  check() {
    if (!this.described.validity.badInput) return '';
    return words(messages.wholeNumber, this.lang, { label: this.spec.label[this.lang], ...this.bounds() });
  }

  bounds() {
    const [min, max] = this.spec.range ?? [this.spec.min, this.spec.max].map(grouped);
    return { min, max };
  }

  hintText(lang) {
    const pair = this.spec.kind === 'duration' ? messages.duration : messages.range;
    return `${this.spec.hint[lang]} ${words(pair, lang, this.bounds())}`;
  }
}

// A text: a line, or as many as it may have. What is typed stays, as a number's does, and its spaces with it.
class TextField extends TypedField {
  constructor(spec, id, commit) {
    super(spec, id, commit);
    this.row.classList.replace('mirror-beside', 'mirror-text');
  }

  makeControl(common) {
    const letters = { ...common, autocapitalize: 'off', spellcheck: 'false' };
    const { lines } = this.spec;
    return lines > 1 ? make('textarea', { ...letters, rows: lines, wrap: 'off' }) : make('input', { ...letters, type: 'text' });
  }

  read() {
    return this.described.value;
  }

  check() {
    const bytes = new TextEncoder().encode(this.read()).length;
    if (bytes <= this.spec.max) return '';
    return words(messages.tooLong, this.lang, { label: this.spec.label[this.lang], bytes: grouped(bytes), max: grouped(this.spec.max) });
  }

  hintText(lang) {
    return `${this.spec.hint[lang]} ${words(messages.bytes, lang, { max: grouped(this.spec.max) })}`;
  }
}

// One of the declared options.
class ChoiceField extends Field {
  showOptions(lang) {
    this.spec.options.forEach(({ label }, at) => setText(this.texts[at], label[lang]));
  }

  // What the chosen one means.
  optionText(lang) {
    return this.spec.options.find(({ key }) => key === this.value)?.hint?.[lang] ?? '';
  }
}

class SelectField extends ChoiceField {
  constructor(spec, id, commit) {
    super(spec, id, commit);
    this.texts = spec.options.map(({ key }) => make('option', { value: key }));
    this.described = make('select', { id, name: spec.key }, this.texts);
    this.label = make('label', { for: id });
    this.row = make('div', { class: 'mirror-field mirror-beside' }, [this.label, this.described, this.hint, this.error]);
    this.described.addEventListener('change', () => this.commit());
    this.tell('');
  }

  read() {
    return this.described.value;
  }

  write(value) {
    this.described.value = value;
  }
}

class RadioField extends ChoiceField {
  constructor(spec, id, commit) {
    super(spec, id, commit);
    this.label = make('legend');
    this.texts = spec.options.map(() => make('span'));
    this.radios = spec.options.map(({ key }) => make('input', { type: 'radio', name: id, value: key }));
    const labels = this.radios.map((radio, at) => make('label', {}, [radio, this.texts[at]]));
    const segments = make('div', { class: 'mirror-segments' }, labels);
    this.described = make('fieldset', { id }, [this.label, segments]);
    this.row = make('div', { class: 'mirror-field' }, [this.described, this.hint, this.error]);
    this.described.addEventListener('change', () => this.commit());
    this.tell('');
  }

  read() {
    return this.radios.find(({ checked }) => checked)?.value ?? this.value;
  }

  write(value) {
    for (const radio of this.radios) radio.checked = radio.value === value;
  }
}

class ToggleField extends Field {
  constructor(spec, id, commit) {
    super(spec, id, commit);
    this.described = make('input', { id, type: 'checkbox', name: spec.key });
    this.label = make('label', { for: id });
    this.row = make('div', { class: 'mirror-field mirror-beside' }, [this.label, this.described, this.hint, this.error]);
    this.described.addEventListener('change', () => this.commit());
    this.tell('');
  }

  read() {
    return this.described.checked ? 'on' : 'off';
  }

  write(value) {
    this.described.checked = value === 'on';
  }
}

// By kind, as the catalogue names them.
const fields = {
  integer: TypedField,
  duration: TypedField,
  choice: null,
  toggle: ToggleField,
  text: TextField,
};

export function makeField(spec, id, commit) {
  const Kind = fields[spec.kind] ?? (liesOpen(spec) ? RadioField : SelectField);
  return new Kind(spec, id, commit);
}
