// What concerns the page and no run: its language, its theme, and sharing what is set.

import { make, setText } from './mirror_dom.mjs';
import { wordsOf } from './mirror_messages.mjs';
import { themes } from '../reader.mjs';

export class LookView {
  // `set(options)` hands on { lang } or { theme }; `share()` is for the button.
  constructor(catalogue, set, share) {
    this.words = wordsOf(catalogue);
    // Each language says its own name.
    const languages = catalogue.languages.map(({ key, name }) => [key, () => name]);
    const looks = themes.map((key) => [key, (lang) => this.words[key][lang]]);
    this.heading = make('h2', { id: 'mirror-page' });
    this.rows = [['lang', this.words.language, languages], ['theme', this.words.theme, looks]].map(([key, name, entries]) => {
      const id = `mirror-${key}`;
      const options = entries.map(([value]) => make('option', { value, lang: key === 'lang' ? value : null }));
      const select = make('select', { id }, options);
      select.addEventListener('change', () => set({ [key]: select.value }));
      return { key, name, entries, options, select, label: make('label', { for: id }) };
    });
    const fields = this.rows.map(({ label, select }) => make('div', { class: 'mirror-field mirror-beside' }, [label, select]));
    this.shareHint = make('p', { id: 'mirror-share-hint', class: 'mirror-hint' });
    this.share = make('button', { type: 'button', 'aria-describedby': this.shareHint.id });
    this.share.addEventListener('click', share);
    const sharing = make('div', { class: 'mirror-field mirror-beside' }, [this.shareHint, this.share]);
    this.section = make('section', { 'aria-labelledby': this.heading.id }, [
      this.heading, make('div', { class: 'mirror-fields' }, [...fields, sharing]),
    ]);
  }

  show(state) {
    const { lang } = state;
    setText(this.heading, this.words.page[lang]);
    setText(this.share, this.words.share[lang]);
    setText(this.shareHint, this.words.shareHint[lang]);
    for (const { key, name, entries, options, select, label } of this.rows) {
      setText(label, name[lang]);
      entries.forEach(([, say], at) => setText(options[at], say(lang)));
      if (select.value !== state[key]) select.value = state[key];
    }
  }
}
