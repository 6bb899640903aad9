// What concerns the page and no run: its language, its theme, and sharing what is set.

import { make, setText } from './mirror_dom.mjs';
import { mirrorMessages as messages } from './mirror_messages.mjs';

// Each language says its own name.
const languages = [['en', { en: 'English', ko: 'English' }], ['ko', { en: '한국어', ko: '한국어' }]];
const themes = [['light', messages.light], ['dark', messages.dark]];

export class LookView {
  // `set(options)` hands on { lang } or { theme }; `share()` is for the button.
  constructor(set, share) {
    this.heading = make('h2', { id: 'mirror-page' });
    this.rows = [['lang', messages.language, languages], ['theme', messages.theme, themes]].map(([key, name, entries]) => {
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
    setText(this.heading, messages.page[lang]);
    setText(this.share, messages.share[lang]);
    setText(this.shareHint, messages.shareHint[lang]);
    for (const { key, name, entries, options, select, label } of this.rows) {
      setText(label, name[lang]);
      entries.forEach(([, pair], at) => setText(options[at], pair[lang]));
      if (select.value !== state[key]) select.value = state[key];
    }
  }
}
